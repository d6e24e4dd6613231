// The desktop's own log: one line per event under <data>/logs, three files of 1 MB at most, readable by this user
// only. Nothing personal gets in: the event is a fixed English sentence, and whatever comes with it loses digits
// and Chinese characters first.
import { appendFileSync, chmodSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

const maxBytes = 1_000_000
const kept = 3

let file: string | null = null

/** Digits that could be a telephone, an ID card or a bank card, Chinese words that could be a name, and secrets. */
export function redacted(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cc}/gu, ' ')
    .replace(
      /\b(authorization|bearer|digest|password|secret|token|nonce|response)\b(["']?\s*[:=]?\s*)\S+/gi,
      '$1$2***',
    )
    .replace(/[\w.+-]+@[\w.-]+/g, '***@***')
    .replace(/\d(?:[-. ()]?[\dXx]){4,}/g, '***')
    .replace(/[A-Za-z0-9+/_=-]{24,}/g, '***')
    .replace(/\p{Script=Han}+/gu, '*')
    .slice(0, 500)
}

export function openLog(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    file = join(folder, 'desk.log')
  } catch {
    // A full disk: without a log the seat works all the same.
    file = null
  }
}

function rotate(path: string): void {
  if (!existsSync(path) || statSync(path).size < maxBytes) return
  for (let age = kept - 1; age > 0; age -= 1) {
    const from = age === 1 ? path : `${path}.${age - 1}`
    if (existsSync(from)) renameSync(from, `${path}.${age}`)
  }
}

/** `event`: fixed words. A log that cannot be written must not stop a call, so it falls silent. */
export function note(event: string, facts: Readonly<Record<string, string | number | boolean>> = {}): void {
  if (file === null) return
  const told = Object.entries(facts).map(([name, fact]) => `${name}=${redacted(String(fact))}`)
  try {
    rotate(file)
    const isNew = !existsSync(file)
    appendFileSync(file, `${[new Date().toISOString(), event, ...told].join(' ')}\n`, { mode: 0o600 })
    if (isNew) chmodSync(file, 0o600)
  } catch {
    file = null
  }
}
