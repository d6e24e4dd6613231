// Reads SIP texts. SIP.js's grammar throws whole messages away for a name without quotes or a tel: address, and a
// thrown-away INVITE is a lost caller: so what it refuses is put right and read again. Well-formed texts pay nothing.
import { Grammar } from 'sip.js/lib/grammar/index.js'
import {
  IncomingRequestMessage,
  IncomingResponseMessage,
  LoggerFactory,
  Parser,
} from 'sip.js/lib/core/index.js'

/** Longer than any honest message with SDP; the parser would block the page on it. */
export const MAX_LENGTH = 65_536
const NAME_HEADERS = /^(from|f|to|t|contact|m|refer-to|r)$/i
const NO_CONTACT = 'Contact: <sip:unknown@unknown.invalid;transport=ws>'
const NEEDED = ['from', 'to', 'call-id', 'cseq', 'via']

const logger = (() => {
  const factory = new LoggerFactory()
  factory.builtinEnabled = false
  return factory.getLogger('sip.parser')
})()

/** null: cannot be read, not even after repair. */
export function readMessage(text: string): IncomingRequestMessage | IncomingResponseMessage | null {
  if (text.length > MAX_LENGTH) return null
  const message = parse(text) ?? readRepaired(text)
  if (message === null) return null
  if (NEEDED.some((name) => !message.hasHeader(name))) return null
  if (message instanceof IncomingRequestMessage) {
    // Numbered for another method: which request it is nobody can tell.
    if (!new RegExp(`^\\s*\\d+\\s+${message.method}\\s*$`).test(message.getHeader('CSeq') ?? '')) return null
    // What we say in the call goes over this connection whatever the address; SIP.js only wants to see one.
    if (message.method === 'INVITE' && !message.hasHeader('contact'))
      return readMessage(text.trimStart().replace(/\r?\n/, (end) => `${end}${NO_CONTACT}${end}`))
  }
  return message
}

function parse(text: string): IncomingRequestMessage | IncomingResponseMessage | null {
  try {
    const message = Parser.parseMessage(text, logger) ?? null
    // A Via or CSeq the grammar refused leaves the message without the fields everything else relies on.
    return message && message.via && message.callId && message.from && message.to ? message : null
  } catch {
    return null
  }
}

function readRepaired(text: string): IncomingRequestMessage | IncomingResponseMessage | null {
  const { repaired, originals } = repair(text)
  if (repaired === text) return null
  const message = parse(repaired)
  if (message === null) return null
  // Our replies must repeat these headers as they came (RFC 3261 section 8.2.6.2); the parsed form stays cached.
  for (const [name, value] of originals) {
    const header = message.headers[name]?.[0]
    if (header) header.raw = value
  }
  return message
}

type Repaired = { repaired: string; originals: Map<string, string> }

function repair(text: string): Repaired {
  const originals = new Map<string, string>()
  const trimmed = text.replace(/^[\r\n]+/, '')
  const unified = trimmed.includes('\r\n') ? trimmed : trimmed.replaceAll('\n', '\r\n')
  const headEnd = unified.indexOf('\r\n\r\n')
  const head = headEnd < 0 ? unified.replace(/[\r\n]+$/, '') : unified.slice(0, headEnd)
  const body = headEnd < 0 ? '' : unified.slice(headEnd + 4)
  const [first = '', ...lines] = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  const repairedLines = lines.flatMap((line) => {
    const colon = line.indexOf(':')
    // A line that is no header at all cannot be kept: the parser would read it as one.
    if (colon <= 0) return []
    const name = line.slice(0, colon).trim()
    const value = line.slice(colon + 1).trim()
    if (NAME_HEADERS.test(name)) {
      const better = repairAddress(value)
      if (better !== value && /^(from|f|to|t)$/i.test(name))
        originals.set(/^f/i.test(name) ? 'From' : 'To', value)
      return [`${name}: ${better}`]
    }
    if (/^(content-type|c)$/i.test(name) && !readable(value, 'Content_Type'))
      return ['Content-Type: application/sdp']
    if (/^max-forwards$/i.test(name) && !/^\d+$/.test(value)) return ['Max-Forwards: 70']
    if (/^(content-length|l)$/i.test(name) && !/^\d+$/.test(value)) return []
    return [`${name}: ${value}`]
  })
  return { repaired: [repairFirst(first), ...repairedLines, '', body].join('\r\n'), originals }
}

/** `INVITE sip:a#b@c SIP/2.0` and `SIP/2.0 500 what [ever]`. */
function repairFirst(line: string): string {
  const status = /^(SIP\/2\.0\s+\d{3})\s?(.*)$/i.exec(line)
  if (status) return readable(line, 'Request_Response') ? line : `${status[1]?.replace(/\s+/g, ' ') ?? ''} -`
  const request = /^([A-Z]+)\s+(\S.*?)\s+(SIP\/2\.0)\s*$/i.exec(line)
  if (!request) return line
  const [, method = '', target = ''] = request
  return `${method} ${repairUri(target)} SIP/2.0`
}

function repairAddress(value: string): string {
  if (readable(value, 'From') || readable(value, 'Contact')) return value
  const angle = /^(.*)<([^<>]*)>(.*)$/s.exec(value)
  if (!angle) {
    // Without brackets everything behind the first semicolon belongs to the header, not to the address.
    const [uri = '', ...params] = value.split(';')
    return ['<' + repairUri(uri.trim()) + '>', ...params].join(';')
  }
  const [, display = '', uri = '', params = ''] = angle
  return `${quote(display)}<${repairUri(uri)}>${params.replace(/[^\x21-\x7e]/g, '')}`
}

function quote(display: string): string {
  const bare = display
    .trim()
    .replace(/^"|"$/g, '')
    .replace(/\\(.?)/gs, '$1')
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u001f\u007f]/g, '')
  return bare === '' ? '' : `"${bare.replace(/[\\"]/g, '\\$&')}" `
}

/** tel: becomes sip: (only to be read: replies carry the original); forbidden letters are written as %XX. */
function repairUri(uri: string): string {
  const tel = /^tel:([^;]*)(.*)$/i.exec(uri)
  if (tel) return `sip:${escapeUser(tel[1] ?? '')}@tel.invalid`
  const sip = /^(sips?):(?:(.*)@)?([^@]*)$/is.exec(uri)
  if (!sip) return `sip:${escapeUser(uri)}@unknown.invalid`
  const [, scheme = 'sip', user, host = ''] = sip
  const safeHost = host.replaceAll('_', '-').replace(/[^\w.\-:;=[\]?&%+!~*'()]/g, '')
  return `${scheme.toLowerCase()}:${user === undefined ? '' : `${escapeUser(user)}@`}${safeHost}`
}

function escapeUser(user: string): string {
  return user.replace(/%(?![0-9a-f]{2})|[^\w\-.!~*'()&=+$,;?/%:]/gi, (letter) => encodeURIComponent(letter))
}

function readable(value: string, rule: string): boolean {
  return Grammar.parse(value, rule) !== -1
}

/**
 * A 400 for a request nobody could read, made of its own header lines, so that the PBX need not wait for us.
 * null: an answer is not due (a response, an ACK) or not possible.
 */
export function refusalFor(text: string): string | null {
  if (!/^\s*(?!ACK\b)[A-Z]+ \S.* SIP\/2\.0\r?\n/.test(text.slice(0, 2_000))) return null
  const end = text.search(/\r?\n\r?\n/)
  const head = end < 0 ? text : text.slice(0, end)
  // Looked for one by one: a head of a million letters is not taken apart.
  const pick = (names: string) =>
    head.match(
      new RegExp(`^(?:${names})[ \\t]*:[^\\r\\n]{0,4096}(?:\\r?\\n[ \\t][^\\r\\n]{0,4096})*$`, 'gim'),
    ) ?? []
  const via = pick('via|v').slice(0, 20)
  const rest = ['from|f', 'to|t', 'call-id|i', 'cseq'].map((names) => pick(names)[0])
  if (via.length === 0 || rest.includes(undefined)) return null
  return ['SIP/2.0 400 Bad Request', ...via, ...rest, 'Content-Length: 0', '', ''].join('\r\n')
}
