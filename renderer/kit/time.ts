// How instants and spans are written on screen. Instants are shown in Beijing time whatever this computer thinks.
const zone = 'Asia/Shanghai'

const two = (value: number): string => String(value).padStart(2, '0')

/** 00:06 · 04:37 · 1:02:03. Never negative. */
export const span = (ms: number): string => {
  const all = Math.max(0, Math.floor(ms / 1000))
  const hours = Math.floor(all / 3600)
  const rest = `${two(Math.floor(all / 60) % 60)}:${two(all % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}

/** 3:52, for totals: minutes without a leading zero. */
export const shortSpan = (ms: number): string => {
  const all = Math.max(0, Math.round(ms / 1000))
  return `${Math.floor(all / 60)}:${two(all % 60)}`
}

const formats = new Map<string, Intl.DateTimeFormat>()
const format = (locale: string, key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const name = `${locale} ${key}`
  const known = formats.get(name)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options })
  formats.set(name, made)
  return made
}

/** 14:32:08 */
export const clockTime = (at: number): string =>
  format('en-GB', 'hms', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at)

/** 14:32 */
export const hourMinute = (at: number): string =>
  format('en-GB', 'hm', { hour: '2-digit', minute: '2-digit' }).format(at)

/** 2026-11-23 */
export const isoDay = (at: number): string =>
  format('en-CA', 'iso', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)

/** 11-23 */
export const monthDay = (at: number): string => isoDay(at).slice(5)

/** 11-23 14:32, or only 14:32 on the day of `now`. */
export const dayAndTime = (at: number, now: number): string =>
  isoDay(at) === isoDay(now) ? hourMinute(at) : `${monthDay(at)} ${hourMinute(at)}`

/** 11月23日 周一 */
export const dayAndWeekday = (at: number, locale: string): string => {
  const day = format(locale, 'md', { month: locale === 'zh-CN' ? 'long' : 'short', day: 'numeric' }).format(
    at,
  )
  return `${day} ${format(locale, 'wd', { weekday: 'short' }).format(at)}`
}
