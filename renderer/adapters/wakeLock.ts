// Keeps a browser seat's screen and computer awake while somebody is on the line; the desktop has its own way.
// A browser takes the lock away from a page that is hidden: it is asked for again when the page is back in front.

type Page = {
  readonly document: Pick<Document, 'visibilityState' | 'addEventListener'>
  readonly navigator: { readonly wakeLock?: Pick<WakeLock, 'request'> }
}

/** The answer switches it on and off. */
export const keepAwake = (page: Page): ((wanted: boolean) => void) => {
  let wanted = false
  let asking = false
  let lock: Pick<WakeLockSentinel, 'release' | 'addEventListener'> | null = null

  const release = () => {
    lock?.release().catch(() => {})
    lock = null
  }
  const ask = async () => {
    if (!wanted || asking || lock !== null || page.document.visibilityState !== 'visible') return
    asking = true
    // Refused on an empty battery, or unknown here: the call goes on all the same.
    const got = (await page.navigator.wakeLock?.request('screen').catch(() => null)) ?? null
    asking = false
    lock = got
    got?.addEventListener('release', () => {
      if (lock === got) lock = null
    })
    if (!wanted) release()
  }
  page.document.addEventListener('visibilitychange', () => void ask())
  return (next) => {
    wanted = next
    if (wanted) void ask()
    else release()
  }
}
