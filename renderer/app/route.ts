// Which page is in front, kept in the address as #/word/rest, so that reload and the browser's back key work.
import { useMemo, useSyncExternalStore } from 'react'

const names = [
  'desk',
  'tickets',
  'warnings',
  'knowledge',
  'records',
  'wallboard',
  'outward',
  'keeping',
  'practice',
  'sync',
  'settings',
] as const
export type PageName = (typeof names)[number]

export type Route = {
  /** null: the address names none; the frame shows the role's first page. */
  readonly page: PageName | null
  /** What follows the page's word, e.g. a work order's id; '' when nothing does. */
  readonly rest: string
}

const isPage = (word: string): word is PageName => names.some((name) => name === word)

export const routeOf = (hash: string): Route => {
  const [word = '', ...rest] = hash.replace(/^#\/?/, '').split('/')
  let decoded = ''
  try {
    decoded = decodeURIComponent(rest.join('/'))
  } catch {
    // A mistyped address opens the page itself.
  }
  return isPage(word) ? { page: word, rest: decoded } : { page: null, rest: '' }
}

export const hashOf = (page: PageName, rest = ''): string =>
  `#/${page}${rest === '' ? '' : `/${encodeURIComponent(rest)}`}`

export const go = (page: PageName, rest = ''): void => {
  window.location.hash = hashOf(page, rest)
}

/** [PAGE-7] Whoever comes next finds no page open, and nothing that was open on it. */
export const leavePage = (): void => {
  const { pathname, search } = window.location
  window.history.replaceState(null, '', pathname + search)
}

const subscribe = (listener: () => void) => {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}

export const useRoute = (): Route => {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash)
  return useMemo(() => routeOf(hash), [hash])
}
