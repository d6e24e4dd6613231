// [DIAL-15] The favourites of this seat, kept on this computer per person: codes of the reference data, nobody's number.

export type Favourites = {
  read(): readonly string[]
  /** Adds it, or takes it away if it is one already. */
  toggle(code: string): readonly string[]
}

const most = 50

export const keptFavourites = (
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  account: string,
): Favourites => {
  const key = `favourites.${account}`
  const stored = (): readonly string[] => {
    try {
      const value: unknown = JSON.parse(storage.getItem(key) ?? '[]')
      return Array.isArray(value) ? value.filter((code): code is string => typeof code === 'string') : []
    } catch {
      return []
    }
  }
  let now = stored()
  return {
    read: () => now,
    toggle(code) {
      now = now.includes(code) ? now.filter((each) => each !== code) : [...now, code].slice(-most)
      try {
        storage.setItem(key, JSON.stringify(now))
      } catch {
        // A browser that keeps nothing: the star lasts as long as the window.
      }
      return now
    },
  }
}
