// Notices in a browser that the computer has slept: its clock is suddenly far ahead of our timer. A hidden page whose
// timers run only once a minute does not look like sleep.
const LOOK_MS = 10_000
const SLEPT_MS = 90_000

type Page = Pick<Window, 'setInterval' | 'clearInterval'>

/** Until the answer is called. */
export const watchSleep = (page: Page, now: () => number, woke: () => void): (() => void) => {
  let last = now()
  const timer = page.setInterval(() => {
    const passed = now() - last
    last = now()
    if (passed > SLEPT_MS) woke()
  }, LOOK_MS)
  return () => page.clearInterval(timer)
}
