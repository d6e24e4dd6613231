// Passwords: scrypt with a salt per account; parameters stand in the stored text so they can grow later.
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

const cost = { N: 1 << 15, r: 8, p: 1 }

const derive = (password: string, salt: Buffer, { N, r, p }: typeof cost, length: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // Two spellings of the same characters (composed, decomposed) are one password.
    scrypt(password.normalize('NFKC'), salt, length, { N, r, p, maxmem: 256 * N * r }, (error, key) => {
      if (error === null) resolve(key)
      else reject(error)
    })
  })

export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(16)
  const key = await derive(password, salt, cost, 32)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), key.toString('base64')].join('$')
}

export const checkPassword = async (password: string, stored: string): Promise<boolean> => {
  const [scheme, N, r, p, salt = '', key = ''] = stored.split('$')
  if (scheme !== 'scrypt') return false
  const expected = Buffer.from(key, 'base64')
  const parameters = { N: Number(N), r: Number(r), p: Number(p) }
  const found = await derive(password, Buffer.from(salt, 'base64'), parameters, expected.length)
  return timingSafeEqual(found, expected)
}

let nobody: Promise<string> | null = null
/** Takes as long as a real check, so that an unknown account cannot be told from a wrong password. */
export const checkNobody = async (password: string): Promise<false> => {
  nobody ??= hashPassword(randomBytes(16).toString('base64'))
  await checkPassword(password, await nobody)
  return false
}
