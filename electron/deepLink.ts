// Reads a tel: or sip: link that the system handed us. Yields the bare number or nothing: no host, no parameter
// and no display name of a link ever gets further than this file.
import { z } from 'zod'

const Number = z.string().regex(/^\+?[0-9*#]{2,32}$/)

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** null: not a link of ours, or one whose number cannot be dialled. */
export function numberOfLink(word: string): string | null {
  const link = /^(tel|sips?):(?:\/\/)?([^\s?;]{1,200})$/i.exec(word.replace(/[;?].*$/s, ''))
  if (!link) return null
  const body = decoded(link[2] ?? '')
  if (body === null) return null
  const user = link[1]?.toLowerCase() === 'tel' ? body : (body.split('@')[0] ?? '')
  // Browsers put a slash after the host part of tel://12351/.
  const number = Number.safeParse(user.replace(/[-.()\s]/g, '').replace(/\/$/, ''))
  return number.success ? number.data : null
}
