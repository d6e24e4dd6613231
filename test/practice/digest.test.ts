// Who may register: digest authentication with nonces of one use.
import { describe, expect, test } from 'vitest'
import { digestFields, digestResponse, openDigestGate } from '../../practice/digest.ts'

const passwordOf = (user: string) => (user === '1001' ? 'secret' : null)

function authorization(challenge: string, password: string, user = '1001') {
  const nonce = digestFields(challenge).get('nonce') ?? ''
  const input = { user, realm: 'practice', password, method: 'REGISTER', uri: 'sip:practice', nonce }
  const response = digestResponse({ ...input, nc: '00000001', cnonce: 'abc', isQop: true })
  return `Digest algorithm=MD5, username="${user}", realm="practice", nonce="${nonce}", uri="sip:practice", response="${response}", qop=auth, cnonce="abc", nc=00000001`
}

describe('digest', () => {
  test('the example of RFC 2617 section 3.5 comes out right', () => {
    expect(
      digestResponse({
        user: 'Mufasa',
        realm: 'testrealm@host.com',
        password: 'Circle Of Life',
        method: 'GET',
        uri: '/dir/index.html',
        nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
        nc: '00000001',
        cnonce: '0a4f113b',
        isQop: true,
      }),
    ).toBe('6629fae49393a05397450978507c4ef1')
  })

  test('[PRACTICE-2] the right password is accepted once per challenge, and stale the second time', () => {
    const gate = openDigestGate('practice')
    const answer = authorization(gate.challenge(false), 'secret')
    expect(gate.judge('REGISTER', answer, passwordOf)).toBe('accepted')
    expect(gate.judge('REGISTER', answer, passwordOf)).toBe('stale')
  })

  test('[PRACTICE-2] a wrong password, an unknown extension and another realm are wrong', () => {
    const gate = openDigestGate('practice')
    const judge = (header: string) => gate.judge('REGISTER', header, passwordOf)
    expect(judge(authorization(gate.challenge(false), 'guess'))).toBe('wrong')
    expect(judge(authorization(gate.challenge(false), 'secret', '1009'))).toBe('wrong')
    expect(
      judge(authorization(gate.challenge(false), 'secret').replace('realm="practice"', 'realm="x"')),
    ).toBe('wrong')
    expect(judge('Basic MTAwMTpzZWNyZXQ=')).toBe('wrong')
    expect(judge('')).toBe('wrong')
  })

  test('a nonce the exchange never gave is stale, even with the right password', () => {
    const gate = openDigestGate('practice')
    expect(gate.judge('REGISTER', authorization('Digest nonce="made-up"', 'secret'), passwordOf)).toBe(
      'stale',
    )
  })

  test('a flood of challenges forgets the oldest ones only', () => {
    const gate = openDigestGate('practice')
    const first = authorization(gate.challenge(false), 'secret')
    for (let count = 0; count < 1000; count += 1) gate.challenge(false)
    const recent = authorization(gate.challenge(false), 'secret')
    expect(gate.judge('REGISTER', first, passwordOf)).toBe('stale')
    expect(gate.judge('REGISTER', recent, passwordOf)).toBe('accepted')
  })
})
