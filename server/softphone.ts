// Which telephone an extension has: from the practice exchange in a practice centre, otherwise from the PBX
// addresses and the seats' secrets of the configuration. The secrets live in memory only.
import { Extension } from '../contract/ids.ts'
import type { PbxCertificate, SipAccount } from '../contract/softphone.ts'
import type { Exchange } from './practice.ts'

export interface Pbx {
  readonly servers: readonly string[]
  readonly domain: string
  readonly queueCodes: SipAccount['queueCodes']
  readonly echoNumber: string | null
  readonly recordingCodes: SipAccount['recordingCodes']
  /** SIP secret by extension. */
  readonly secrets: Readonly<Record<string, string>>
}

export const sipAccounts = (
  pbx: Pbx | null,
  exchange: Exchange | null,
  certificate: () => PbxCertificate | null = () => null,
): { of: (extension: string) => SipAccount | null; servers: () => readonly string[] } => {
  if (exchange !== null)
    return {
      of: (extension) => exchange.sipOf(extension),
      servers: () => exchange.servers(),
    }
  return {
    of: (extension) => {
      const password = pbx?.secrets[extension]
      if (pbx === null || password === undefined) return null
      return {
        extension: Extension.parse(extension),
        servers: [...pbx.servers],
        domain: pbx.domain,
        password,
        queueCodes: pbx.queueCodes,
        practice: false,
        echoNumber: pbx.echoNumber,
        recordingCodes: pbx.recordingCodes,
        certificate: certificate(),
      }
    },
    servers: () => pbx?.servers ?? [],
  }
}
