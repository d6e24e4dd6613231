// Keeps time for the page: a browser holds back the timers of a page nobody sees, by a second or by a minute, and not
// those of its workers. Asked {id, ms} it says the id when the time is up; ms null takes it back.
export type TimerAsked = { readonly id: number; readonly ms: number | null }

const timers = new Map<number, ReturnType<typeof setTimeout>>()

self.addEventListener('message', ({ data: { id, ms } }: MessageEvent<TimerAsked>) => {
  clearTimeout(timers.get(id))
  timers.delete(id)
  if (ms === null) return
  const told = () => {
    timers.delete(id)
    // A worker has one listener and no target to name.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    self.postMessage(id)
  }
  timers.set(id, setTimeout(told, ms))
})
