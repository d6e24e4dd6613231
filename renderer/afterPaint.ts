// Work that may wait until the screen shows what just happened. At a ring every millisecond before that is one the
// agent waits; sound, form and answer have whole seconds.
const hiddenMs = 60

/** Runs once, after the next frame is drawn; a hidden page draws none and waits no longer than 60 ms. */
export const afterPaint = (run: () => void): void => {
  let isDone = false
  const once = () => {
    if (isDone) return
    isDone = true
    run()
  }
  requestAnimationFrame(() => setTimeout(once, 0))
  setTimeout(once, hiddenMs)
}
