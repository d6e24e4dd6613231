// Work that may wait until the screen shows what just happened. At a ring every millisecond before that is one the
// agent waits; the 180, sound, form, journal and answer have whole seconds. A page nobody sees draws nothing, and its
// timers may be held back by the browser for a minute: there the work is done at once.
const longestMs = 60

let waiting: (() => void)[] | null = null

/** Runs once, after the next frame is drawn or after 60 ms; in a hidden page before anything else happens. */
export const afterPaint = (run: () => void): void => {
  if (document.hidden) return queueMicrotask(run)
  // One frame for all that waits: asking for one costs as much as some of the work.
  if (waiting !== null) return void waiting.push(run)
  const mine = [run]
  waiting = mine
  const runAll = () => {
    if (waiting !== mine) return
    waiting = null
    // Each by itself: one that fails takes no other with it.
    mine.forEach((each) => queueMicrotask(each))
  }
  requestAnimationFrame(() => setTimeout(runAll, 0))
  setTimeout(runAll, longestMs)
}
