// What a failed connection says of the certificate it was shown: in Node's words (OpenSSL's) or Chromium's.
import type { CertificateTrouble } from '../contract/certificate.ts'

const words: Readonly<Record<CertificateTrouble, string>> = {
  expired: 'CERT_HAS_EXPIRED CERT_NOT_YET_VALID ERR_CERT_DATE_INVALID',
  wrongHost: 'ERR_TLS_CERT_ALTNAME_INVALID HOSTNAME_MISMATCH ERR_CERT_COMMON_NAME_INVALID',
  untrusted: `
    DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_GET_ISSUER_CERT
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY UNABLE_TO_VERIFY_LEAF_SIGNATURE UNABLE_TO_DECRYPT_CERT_SIGNATURE
    UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY CERT_SIGNATURE_FAILURE ERROR_IN_CERT_NOT_BEFORE_FIELD
    ERROR_IN_CERT_NOT_AFTER_FIELD CERT_CHAIN_TOO_LONG CERT_REVOKED INVALID_CA PATH_LENGTH_EXCEEDED INVALID_PURPOSE
    CERT_UNTRUSTED CERT_REJECTED UNABLE_TO_GET_CRL UNABLE_TO_DECRYPT_CRL_SIGNATURE CRL_SIGNATURE_FAILURE
    CRL_NOT_YET_VALID CRL_HAS_EXPIRED ERROR_IN_CRL_LAST_UPDATE_FIELD ERROR_IN_CRL_NEXT_UPDATE_FIELD
    ERR_CERT_AUTHORITY_INVALID ERR_CERT_CONTAINS_ERRORS ERR_CERT_NO_REVOCATION_MECHANISM
    ERR_CERT_UNABLE_TO_CHECK_REVOCATION ERR_CERT_REVOKED ERR_CERT_INVALID ERR_CERT_WEAK_SIGNATURE_ALGORITHM
    ERR_CERT_NON_UNIQUE_NAME ERR_CERT_WEAK_KEY ERR_CERT_NAME_CONSTRAINT_VIOLATION ERR_CERT_VALIDITY_TOO_LONG
    ERR_CERTIFICATE_TRANSPARENCY_REQUIRED ERR_CERT_SYMANTEC_LEGACY ERR_CERT_KNOWN_INTERCEPTION_BLOCKED
    ERR_CERT_SELF_SIGNED_LOCAL_NETWORK ERR_ECH_FALLBACK_CERTIFICATE_INVALID ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN
    ERR_SSL_SERVER_CERT_BAD_FORMAT ERR_SSL_KEY_USAGE_INCOMPATIBLE`,
}

const troubles = new Map<unknown, CertificateTrouble>(
  (['expired', 'wrongHost', 'untrusted'] as const).flatMap((trouble) =>
    words[trouble].split(/\s+/).map((word) => [word, trouble] as const),
  ),
)

/** null: it failed for another reason. Node hands its word on as `code`, in fetch's cause; Electron in the message. */
export const certificateTrouble = (error: unknown): CertificateTrouble | null => {
  if (!(error instanceof Error)) return null
  const word = 'code' in error ? error.code : /^net::(\w+)/.exec(error.message)?.[1]
  return troubles.get(word) ?? certificateTrouble(error.cause)
}
