// [E21] What a failed connection says of the certificate it was shown, in the words of both who may have made it.
import { describe, expect, test } from 'vitest'
import { certificateTrouble } from '../../core/certificateTrouble.ts'

/** As Node's tls gives it, and as its fetch does. */
const ofNode = (code: string) => Object.assign(new Error('certificate'), { code })
const ofNodeFetch = (code: string) => new TypeError('fetch failed', { cause: ofNode(code) })
/** As Electron's net.fetch gives it. */
const ofElectron = (code: string) => new Error(`net::${code}`)

// Node's documentation, "X.509 certificate error codes", and its own for the name.
const nodes = {
  expired: ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'],
  wrongHost: ['ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH'],
  untrusted: [
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_CRL',
    'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
    'UNABLE_TO_DECRYPT_CRL_SIGNATURE',
    'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
    'CERT_SIGNATURE_FAILURE',
    'CRL_SIGNATURE_FAILURE',
    'CRL_NOT_YET_VALID',
    'CRL_HAS_EXPIRED',
    'ERROR_IN_CERT_NOT_BEFORE_FIELD',
    'ERROR_IN_CERT_NOT_AFTER_FIELD',
    'ERROR_IN_CRL_LAST_UPDATE_FIELD',
    'ERROR_IN_CRL_NEXT_UPDATE_FIELD',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'CERT_CHAIN_TOO_LONG',
    'CERT_REVOKED',
    'INVALID_CA',
    'PATH_LENGTH_EXCEEDED',
    'INVALID_PURPOSE',
    'CERT_UNTRUSTED',
    'CERT_REJECTED',
  ],
} as const

// Chromium's net_error_list.h: -200 to -219, and what it says of certificates elsewhere.
const chromiums = {
  expired: ['ERR_CERT_DATE_INVALID'],
  wrongHost: ['ERR_CERT_COMMON_NAME_INVALID'],
  untrusted: [
    'ERR_CERT_AUTHORITY_INVALID',
    'ERR_CERT_CONTAINS_ERRORS',
    'ERR_CERT_NO_REVOCATION_MECHANISM',
    'ERR_CERT_UNABLE_TO_CHECK_REVOCATION',
    'ERR_CERT_REVOKED',
    'ERR_CERT_INVALID',
    'ERR_CERT_WEAK_SIGNATURE_ALGORITHM',
    'ERR_CERT_NON_UNIQUE_NAME',
    'ERR_CERT_WEAK_KEY',
    'ERR_CERT_NAME_CONSTRAINT_VIOLATION',
    'ERR_CERT_VALIDITY_TOO_LONG',
    'ERR_CERTIFICATE_TRANSPARENCY_REQUIRED',
    'ERR_CERT_SYMANTEC_LEGACY',
    'ERR_CERT_KNOWN_INTERCEPTION_BLOCKED',
    'ERR_CERT_SELF_SIGNED_LOCAL_NETWORK',
    'ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN',
    'ERR_SSL_SERVER_CERT_BAD_FORMAT',
    'ERR_SSL_KEY_USAGE_INCOMPATIBLE',
    'ERR_ECH_FALLBACK_CERTIFICATE_INVALID',
  ],
} as const

describe.each(['expired', 'wrongHost', 'untrusted'] as const)('[E21] %s', (trouble) => {
  test.each(nodes[trouble])('is what Node means by %s', (code) => {
    expect([ofNode(code), ofNodeFetch(code)].map(certificateTrouble)).toEqual([trouble, trouble])
  })
  test.each(chromiums[trouble])('is what Chromium means by %s', (code) => {
    expect(certificateTrouble(ofElectron(code))).toBe(trouble)
  })
})

test.each([
  ofNode('ECONNREFUSED'),
  ofNode('ENOTFOUND'),
  ofNodeFetch('ECONNRESET'),
  // A handshake that broke off before any certificate was judged.
  ofNodeFetch('ERR_SSL_WRONG_VERSION_NUMBER'),
  ofElectron('ERR_CONNECTION_REFUSED'),
  ofElectron('ERR_SSL_PROTOCOL_ERROR'),
  // Of the page's own computer, not of who answers.
  ofElectron('ERR_CERT_DATABASE_CHANGED'),
  ofElectron('ERR_SSL_CLIENT_AUTH_CERT_NEEDED'),
  new Error('the certificate ERR_CERT_DATE_INVALID'),
  new DOMException('timed out', 'TimeoutError'),
  new SyntaxError('not JSON'),
  'CERT_HAS_EXPIRED',
  null,
])('[E21] %o says nothing of a certificate', (error) => {
  expect(certificateTrouble(error)).toBeNull()
})
