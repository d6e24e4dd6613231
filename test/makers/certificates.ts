// TLS certificates for tests, made by OpenSSL in a folder of the test's own.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Certificate = { readonly cert: Buffer; readonly key: Buffer }

const openssl = (dir: string, args: string) =>
  execFileSync('openssl', args.split(' '), { cwd: dir, stdio: 'ignore' })
const made = (dir: string, name: string): Certificate => ({
  cert: readFileSync(join(dir, `${name}.crt`)),
  key: readFileSync(join(dir, `${name}.key`)),
})
const newKey = '-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'
const named = (host: string) => `-subj /CN=${host} -addext subjectAltName=DNS:${host}`

/** Vouched for by nobody but itself. */
export const selfSigned = (dir: string, name: string, host = 'localhost'): Certificate => {
  openssl(dir, `req -x509 ${newKey} -keyout ${name}.key -out ${name}.crt -days 2 ${named(host)}`)
  return made(dir, name)
}

/** An authority of the test's own. `issue`: a certificate that is good for so many days; -1: until yesterday. */
export const openAuthority = (dir: string) => {
  openssl(dir, `req -x509 ${newKey} -keyout ca.key -out ca.crt -days 400 -subj /CN=authority`)
  return {
    ...made(dir, 'ca'),
    issue(name: string, { days = 100, host = 'localhost' } = {}): Certificate {
      openssl(dir, `req ${newKey} -keyout ${name}.key -out ${name}.csr ${named(host)}`)
      const by = '-CA ca.crt -CAkey ca.key -CAcreateserial'
      openssl(dir, `x509 -req -in ${name}.csr ${by} -out ${name}.crt -days ${days} -copy_extensions copyall`)
      return made(dir, name)
    },
  }
}
