// [F29] Looks at the TLS certificates of the PBX when the centre starts and every six hours, for the seats cannot: a
// browser that refuses one tells the page nothing. What follows from it is the seat's (core/softphone/certificate.ts).
import tls from 'node:tls'
import type { PbxCertificate } from '../contract/softphone.ts'
import { certificateTrouble } from '../core/certificateTrouble.ts'
import { certificateState } from '../core/softphone/certificate.ts'
import type { Log } from './log.ts'

const everyMs = 6 * 3_600_000
const limitMs = 5_000

/** null: no TLS there, or nobody. `options`: more authorities to trust. */
export const lookAtCertificate = (
  url: string,
  options: Pick<tls.ConnectionOptions, 'ca'> = {},
): Promise<PbxCertificate | null> => {
  const { protocol, hostname, port } = new URL(url)
  if (protocol !== 'wss:') return Promise.resolve(null)
  const host = hostname.replace(/^\[|\]$/g, '')
  return new Promise((resolve) => {
    const servername = /^[\d.:]+$/.test(host) ? '' : host
    const socket = tls.connect({ host, port: Number(port || 443), servername, timeout: limitMs, ...options })
    const settle = (seen: PbxCertificate | null) => {
      socket.destroy()
      resolve(seen)
    }
    socket.once('secureConnect', () => {
      const expiresAt = Date.parse(socket.getPeerCertificate().valid_to)
      settle({ trouble: null, expiresAt: Number.isNaN(expiresAt) ? null : expiresAt })
    })
    socket.once('timeout', () => settle(null))
    socket.on('error', (error) => {
      const trouble = certificateTrouble(error)
      settle(trouble === null ? null : { trouble, expiresAt: null })
    })
  })
}

/** The one that needs a person first. */
const worse = (a: PbxCertificate | null, b: PbxCertificate | null): PbxCertificate | null => {
  if (a === null || b === null) return a ?? b
  if (a.trouble !== null || b.trouble !== null) return a.trouble === null ? b : a
  return (a.expiresAt ?? Infinity) <= (b.expiresAt ?? Infinity) ? a : b
}

export const watchCertificates = (
  servers: readonly string[],
  now: () => number,
  log: Log,
): { worst(): PbxCertificate | null; stop(): void } => {
  let worst: PbxCertificate | null = null
  const look = async () => {
    const seen = await Promise.all(servers.map((server) => lookAtCertificate(server)))
    worst = seen.reduce(worse, null)
    const state = certificateState(worst, now())
    if (state.is === 'refused') log('error', 'pbx.certificate', { trouble: state.why })
    if (state.is === 'expiring') log('warn', 'pbx.certificate', { daysLeft: state.days })
  }
  if (servers.some((server) => server.startsWith('wss:'))) void look()
  const timer = setInterval(() => void look(), everyMs)
  timer.unref()
  return { worst: () => worst, stop: () => clearInterval(timer) }
}
