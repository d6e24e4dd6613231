// Why a TLS certificate is refused: the PBX's as the centre sees it, the centre's as the desktop sees it.
import { z } from 'zod'

export const CertificateTrouble = z.enum([
  'expired', // or not valid yet; the clock of whoever looks may be wrong
  'untrusted', // signed by itself or by nobody known, withdrawn, too weak
  'wrongHost', // another address's
])
export type CertificateTrouble = z.infer<typeof CertificateTrouble>
