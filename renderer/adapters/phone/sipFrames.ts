// What one WebSocket message brings: RFC 7118 says one SIP message, but some exchanges put two into a frame, count
// wrong, or write names in GBK. Whoever counts wrong must not cost a caller.
import { MAX_LENGTH } from './sipRepair.ts'

const START = /^(?:[A-Z]{3,12} \S.* SIP\/2\.0|SIP\/2\.0 \d{3}\b.*)\r?$/
const LENGTH = /^(?:content-length|l)[ \t]*:[ \t]*(.*?)[ \t]*\r?$/im

const utf8 = new TextDecoder('utf-8', { fatal: true })
const encoder = new TextEncoder()
/** Keeps every letter: for measuring. */
const letters = new TextDecoder('utf-8', { ignoreBOM: true })

/** Bytes that are no UTF-8 are read as the national encoding; every byte pair means something there. */
export function frameText(bytes: ArrayBuffer): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** The messages in a frame, each with a body as long as it says. */
export function messagesIn(frame: string): string[] {
  if (frame.length > MAX_LENGTH) return [frame]
  const blank = /\r?\n\r?\n/.exec(frame.replace(/^[\r\n]+/, (lead) => ' '.repeat(lead.length)))
  if (blank === null) return [frame]
  const head = frame.slice(0, blank.index)
  const rest = frame.slice(blank.index + blank[0].length)
  const [, said = ''] = LENGTH.exec(head) ?? []
  const cut = /^\d+$/.test(said) ? bodyEnd(rest, Number(said)) : null
  const end = cut !== null && isNext(rest.slice(cut)) ? cut : (nextStart(rest, cut ?? 0) ?? rest.length)
  const body = rest.slice(0, end)
  const bytes = encoder.encode(body).length
  // Left out is well: then the frame's end is the body's.
  const told = said === '' || Number(said) === bytes ? head : head.replace(LENGTH, `Content-Length: ${bytes}`)
  const message = `${told}${blank[0]}${body}`
  const following = rest.slice(end)
  return following.trim() === '' ? [message] : [message, ...messagesIn(following)]
}

/** Where the body ends that is `bytes` long, to the end of a letter; null: there is not so much. */
function bodyEnd(text: string, bytes: number): number | null {
  const all = encoder.encode(text)
  if (bytes >= all.length) return bytes === all.length ? text.length : null
  let end = bytes
  while (((all[end] ?? 0) & 0xc0) === 0x80) end += 1
  return letters.decode(all.subarray(0, end)).length
}

/** A start line with a Via under it: a report in a body (message/sipfrag) has none. */
function isNext(text: string): boolean {
  const [first = '', ...lines] = text.replace(/^[\r\n]+/, '').split('\n')
  const end = lines.findIndex((line) => line.trim() === '')
  const head = end < 0 ? lines : lines.slice(0, end)
  return START.test(first) && head.some((line) => /^(?:via|v)[ \t]*:/i.test(line))
}

/** Where the next message begins, for whoever did not count; null: nowhere. */
function nextStart(text: string, from: number): number | null {
  let at = from
  for (const line of text.slice(from).split(/(?<=\n)/)) {
    if (START.test(line.replace(/\n$/, '')) && isNext(text.slice(at))) return at
    at += line.length
  }
  return null
}
