// Why there is no line to the PBX, in the words of who knows it.
import type { Clock } from '../../../core/ports.ts'
import { certificateState } from '../../../core/softphone/certificate.ts'
import type { PhoneLink } from '../../../core/softphone/phoneEvent.ts'
import { phoneTexts } from './phoneTexts.ts'
import type { UserAgent } from './userAgent.ts'

/** A browser does not say why it will not connect; the centre has looked at the certificate. */
export function explained(link: PhoneLink, ua: UserAgent, clock: Clock): PhoneLink {
  if (link.link !== 'disconnected') return link
  const state = certificateState(ua.account().certificate ?? null, clock.now())
  if (state.is !== 'refused') return link
  return { link: 'notRegistered', why: 'untrusted', text: phoneTexts.certificate[state.why] }
}
