// Lets only encrypted voice through: a description that offers plain RTP, or no fingerprint to check the other side by,
// is refused before the browser sees it (T01). Signalling must be encrypted too, save on this computer.
import type { CallMedia } from './media.ts'

const SECURE_PROFILE = /^(?:UDP|TCP)\/TLS\/RTP\/SAVPF?$/i
/** SHA-1 and MD5 can be forged. */
const FINGERPRINT = /^a=fingerprint:sha-(?:256|384|512) (?:[\da-f]{2}:){31,}[\da-f]{2}\s*$/im

/** Every audio line encrypted by DTLS, with a fingerprint of its own or of the whole description. */
export function isSecureVoice(sdp: string): boolean {
  const [session = '', ...media] = sdp.split(/^(?=m=)/m)
  if (media.length === 0) return false
  return media.every((section) => {
    const [, port = '', profile = ''] = /^m=\S+ (\d+)\S* (\S+)/.exec(section) ?? []
    // Refused by the other side: nothing will flow.
    if (port === '0') return true
    return SECURE_PROFILE.test(profile) && (FINGERPRINT.test(section) || FINGERPRINT.test(session))
  })
}

export function secured(media: CallMedia): CallMedia {
  const check = (sdp: string): Promise<void> =>
    isSecureVoice(sdp) ? Promise.resolve() : Promise.reject(new Error('not encrypted'))
  return {
    ...media,
    accept: (answer, early) => check(answer).then(() => media.accept(answer, early)),
    answer: (offer, direction) => check(offer).then(() => media.answer(offer, direction)),
  }
}

export function isSecureServer(server: string): boolean {
  const url = URL.parse(server)
  if (url?.protocol === 'wss:') return true
  return url?.protocol === 'ws:' && /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/.test(url.hostname)
}
