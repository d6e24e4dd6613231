// The first thing of a list opens by itself when there is room, so that the right half is never empty.
import { useEffect, useRef } from 'react'
import type { PageName } from './route.ts'
import { go, routeOf, useRoute } from './route.ts'

/** Narrower windows show either the list or the detail. */
const roomPx = 1200

/** [PAGE-5] The address may be a press ahead of the screen: who has gone elsewhere is not fetched back. */
export const isInFront = (hash: string, page: PageName): boolean => {
  const front = routeOf(hash).page
  return front === page || front === null
}

export const useFirstOpen = (page: PageName, first: string | undefined): void => {
  const { rest } = useRoute()
  const opened = useRef(false)
  useEffect(() => {
    if (opened.current || rest !== '' || !first || window.innerWidth < roomPx) return
    opened.current = true
    if (isInFront(window.location.hash, page)) go(page, first)
  }, [page, rest, first])
}
