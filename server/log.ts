// The centre's log: one JSON object per line, to a file in the data folder or to stderr.
// The one place where names, numbers and secrets are kept out: no request or answer body ever comes here.
import fs from 'node:fs'

export type LogLevel = 'info' | 'warn' | 'error'
export type LogFields = Readonly<Record<string, string | number | boolean | null>>
export interface Log {
  (level: LogLevel, what: string, fields?: LogFields): void
}

const secretKey = /pass|token|secret|authorization|name|number|phone/i

/** Digits that could be a telephone or identity number are blotted out, line breaks cannot forge a line. */
export const redact = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .replaceAll(/(?<![0-9a-fA-F-])\+?\d[\d -]{5,}\d[Xx]?(?![0-9a-fA-F-])/g, '***')
    .replaceAll(/\p{Script=Han}{2,}/gu, '*')
    .slice(0, 500)

export const line = (level: LogLevel, what: string, fields: LogFields, at: number): string =>
  JSON.stringify({
    at: new Date(at).toISOString(),
    level,
    what: redact(what),
    ...Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [
        key,
        secretKey.test(key) ? '***' : typeof value === 'string' ? redact(value) : value,
      ]),
    ),
  })

export const openLog = (file: string | null, now: () => number): Log => {
  const write = file === null ? (text: string) => process.stderr.write(text) : appendTo(file)
  return (level, what, fields = {}) => {
    write(`${line(level, what, fields, now())}\n`)
  }
}

const appendTo = (file: string): ((text: string) => void) => {
  const stream = fs.createWriteStream(file, { flags: 'a', mode: 0o600 })
  // A full disk must not end the service; what could not be logged goes to stderr.
  stream.on('error', (error) => process.stderr.write(`log: ${error.name}\n`))
  return (text) => {
    stream.write(text)
  }
}
