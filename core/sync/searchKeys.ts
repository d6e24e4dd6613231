// The keys under which a stored call is found again: the end of its number, and every end of the caller's name.
// Both seat and centre take the last 11 digits of a number as the caller: 013812345678 is +86 138 1234 5678.

const callerDigits = 11
const longestName = 12

/** Last 11 digits backwards, so that "ends with 5678" is "begins with 8765"; '' for a withheld number. */
export const tailKey = (number: string): string =>
  Array.from(number.normalize('NFKC').replaceAll(/\D/g, '')).slice(-callerDigits).reverse().join('')

const plainName = (name: string): string => name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '')

/** 王建国 → 王建国, 建国, 国: any part of a name is then the beginning of a key. */
export const nameKeys = (name: string | null): readonly string[] => {
  const letters = Array.from(plainName(name ?? '')).slice(0, longestName)
  return [...new Set(letters.map((_, at) => letters.slice(at).join('')))]
}

/** What a person typed into the search field: a number's end, part of a name, or nothing. */
export type SearchText = { readonly by: 'tail' | 'name'; readonly key: string } | null

export const searchText = (text: string): SearchText => {
  const typed = text.normalize('NFKC').trim()
  if (typed === '') return null
  return /^[+\d\s()-]+$/.test(typed) && /\d/.test(typed)
    ? { by: 'tail', key: tailKey(typed) }
    : { by: 'name', key: Array.from(plainName(typed)).slice(0, longestName).join('') }
}
