// One SIP message as the diagnostics remember it: what kind, which call, how big. Nothing of its text is kept.

export type SipTrace = {
  readonly at: number
  readonly way: 'out' | 'in'
  readonly what: string
  readonly of: string
  readonly cseq: number | null
  /** SIP Call-ID as it is; hashed before it leaves the computer. */
  readonly callId: string | null
  readonly bytes: number
}

/** Headers stand at the beginning; a message may be a megabyte. */
const headLength = 8_192

/** null: a keep-alive without content. Never throws. */
export const traceOf = (way: SipTrace['way'], text: string, at: number): SipTrace | null => {
  const head = text.slice(0, headLength)
  if (head.trim() === '') return null
  const first = /^\s*(?:SIP\/2\.0 ([1-6]\d\d)\b|([A-Z]{3,12}) \S)/.exec(head)
  const cseq = /^CSeq[ \t]*:[ \t]*(\d{1,9})[ \t]+([A-Z]{3,12})\b/im.exec(head)
  const callId = /^(?:Call-ID|i)[ \t]*:[ \t]*(\S{1,200})/im.exec(head)?.[1] ?? null
  const method = first?.[2]
  return {
    at,
    way,
    what: first?.[1] ?? method ?? '?',
    of: cseq?.[2]?.toUpperCase() ?? method ?? '?',
    cseq: cseq ? Number(cseq[1]) : null,
    callId,
    bytes: text.length,
  }
}
