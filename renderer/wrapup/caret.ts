// Where the caret was, for the time of a reload: this window only, and only names of fields.
const key = 'desk.caret'

export const keepCaret = (callId: string, field: string): void => {
  try {
    sessionStorage.setItem(key, JSON.stringify([callId, field]))
  } catch {
    // A browser that keeps nothing only costs the caret.
  }
}

/** The field that held the caret in this form; it is told once. */
export const caretLeft = (callId: string): string | null => {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null')
    if (!Array.isArray(kept) || kept[0] !== callId || typeof kept[1] !== 'string') return null
    return kept[1]
  } catch {
    return null
  }
}
