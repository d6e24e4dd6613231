// Reads from an INVITE who is calling, from where and through which queue. Everything a stranger may have written
// is cleaned here, once: no control or direction-changing characters, at most 64.
import type { IncomingRequestMessage } from 'sip.js/lib/core/index.js'
import type { CallId } from '../../../contract/ids.ts'
import type { OfferedCall } from '../../../core/softphone/phoneEvent.ts'

const NOBODY = /^(anonymous|unavailable|unknown|restricted|private|withheld|invalid)$/i

/** C0 and C1 controls, zero-width and bidi marks, line separators, lone surrogates, the byte order mark. */
const HARMFUL =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

export function cleanText(text: string, limit = 64): string {
  const cleaned = text.replace(HARMFUL, ' ').replace(/\s+/g, ' ').trim()
  if (cleaned.length <= limit) return cleaned
  // Not in the middle of a character that takes two code units.
  const cut = cleaned.slice(0, limit)
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut
}

export type Party = { readonly number: string; readonly name: string | null }

/** The asserted identity where the PBX gives one (it also knows withheld and transferred callers), else From. */
export function partyOf(message: IncomingRequestMessage): Party {
  const asserted = message.getHeaders('P-Asserted-Identity').map(readAddress)
  const from = readAddress(message.getHeader('From') ?? '')
  const best = asserted.find(({ number }) => number !== '') ?? from
  return { number: best.number, name: best.name ?? (best.number === from.number ? from.name : null) }
}

/** The party a re-INVITE asserts, without a number where that one withholds it; null: it says nothing about it. */
export function assertedParty(message: IncomingRequestMessage): Party | null {
  const values = message.getHeaders('P-Asserted-Identity')
  const known = values.map(readAddress).find(({ number }) => number !== '')
  return known ?? (values.some(isWithheld) ? { number: '', name: null } : null)
}

/** Said to be somebody who does not say who; what cannot be read says nothing. */
const isWithheld = (value: string): boolean => NOBODY.test(readUser(splitAddress(value).uri))

/** `"name" <sip:number@host>`, `name <tel:number>`, `sip:number@host;tag=1`. Never fails: unreadable is nobody. */
function readAddress(value: string): Party {
  const { display, uri } = splitAddress(value)
  const isAddressOfHost = /^sips?:/i.test(uri) && !uri.includes('@')
  const user = isAddressOfHost ? '' : readUser(uri)
  const number = NOBODY.test(user) ? '' : user
  const name = cleanText(unquoted(display))
  return { number, name: name === '' || name === number || NOBODY.test(name) ? null : name }
}

function splitAddress(value: string): { readonly display: string; readonly uri: string } {
  // A name may hold brackets of its own: the address is the pair with one in it.
  const quoted = /^\s*"(?:[^"\\]|\\.)*"/s.exec(value)?.[0] ?? ''
  const rest = value.slice(quoted.length)
  const found = /^(.*?)<((?:sips?|tel):[^>]*)>/is.exec(rest) ?? /^(.*?)<([^>]*)>/s.exec(rest)
  const angle = found ? [found[0], quoted + (found[1] ?? ''), found[2]] : null
  const uri = (angle ? (angle[2] ?? '') : (value.split(';')[0] ?? '')).trim()
  return { display: (angle?.[1] ?? '').trim(), uri }
}

/** Also of quotes that were never escaped: the outer pair goes, what is left is the name. */
function unquoted(display: string): string {
  if (!display.startsWith('"')) return display
  return display.replace(/^"|"$/g, '').replace(/\\(.?)/gs, '$1')
}

function readUser(uri: string): string {
  const user = /^(?:sips?|tel):([^@;?]*)/i.exec(uri)?.[1] ?? ''
  return cleanText(decoded(user)).replace(/[\s\-().]/g, '')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function textOf(message: IncomingRequestMessage, name: string, limit: number): string | null {
  const text = cleanText(decoded(message.getHeader(name) ?? ''), limit)
  return text === '' ? null : text
}

/** The PBX does not say it: a number shaped like our own extension. */
export function isInternal(number: string, ownExtension: string): boolean {
  return /^\d+$/.test(number) && number.length === ownExtension.length
}

export function readOffer(
  message: IncomingRequestMessage,
  callId: CallId,
  ownExtension: string,
): OfferedCall {
  const { number, name } = partyOf(message)
  const queue = textOf(message, 'X-Queue', 64)
  const waited = Number(message.getHeader('X-Queue-Waited') ?? Number.NaN)
  return {
    callId,
    number,
    name,
    place: textOf(message, 'X-Place', 40),
    queue,
    callRef: textOf(message, 'X-Call-Ref', 128),
    legId: textOf(message, 'X-Leg-Id', 128),
    queuedMs: Number.isFinite(waited) && waited >= 0 ? Math.round(waited * 1000) : null,
    internal: queue === null && isInternal(number, ownExtension),
  }
}
