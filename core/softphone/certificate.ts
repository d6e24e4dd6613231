// When the PBX's certificate becomes somebody's business: two weeks before it expires, and when it is refused.
import type { CertificateTrouble } from '../../contract/certificate.ts'
import type { PbxCertificate } from '../../contract/softphone.ts'

export const WARN_DAYS = 14
const DAY_MS = 86_400_000

export type CertificateState =
  | { readonly is: 'fine' }
  /** Whole days left, today being 0. */
  | { readonly is: 'expiring'; readonly days: number }
  | { readonly is: 'refused'; readonly why: CertificateTrouble }

/** [PHONE-40] `certificate` null: nothing is known, so nothing is said. */
export const certificateState = (certificate: PbxCertificate | null, now: number): CertificateState => {
  if (certificate === null) return { is: 'fine' }
  if (certificate.trouble !== null) return { is: 'refused', why: certificate.trouble }
  if (certificate.expiresAt === null) return { is: 'fine' }
  const left = certificate.expiresAt - now
  if (left <= 0) return { is: 'refused', why: 'expired' }
  return left <= WARN_DAYS * DAY_MS ? { is: 'expiring', days: Math.floor(left / DAY_MS) } : { is: 'fine' }
}
