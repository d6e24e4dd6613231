// Work that may wait until the screen shows what just happened. At a ring every millisecond before that is one the
// agent waits; the 180, sound, form, journal and answer have whole seconds. A page nobody sees draws nothing, and its
// timers may be held back by the browser for a minute: there the work is done at once.
const longestMs = 60

/** Runs once, after the next frame is drawn or after 60 ms; in a hidden page before anything else happens. */
export const afterPaint = (run: () => void): void => {
  if (document.hidden) return queueMicrotask(run)
  let isDone = false
  const once = () => {
    if (isDone) return
    isDone = true
    run()
  }
  requestAnimationFrame(() => setTimeout(once, 0))
  setTimeout(once, longestMs)
}
