// Characters the database cannot hold in text: NUL and half a surrogate pair (an emoji cut in two).

const bad = (text: string): boolean => text.includes('\0') || !text.isWellFormed()

/** Path of the first field that holds one, null when none does. */
export const unstorableField = (value: unknown, path = ''): string | null => {
  if (typeof value === 'string') return bad(value) ? path : null
  if (typeof value !== 'object' || value === null) return null
  for (const [key, inner] of Object.entries(value)) {
    if (bad(key)) return path
    const found = unstorableField(inner, path === '' ? key : `${path}.${key}`)
    if (found !== null) return found
  }
  return null
}
