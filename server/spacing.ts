// [SERVER-46] What is wanted again and again is done at once and then at most so often: the last wish is never left out.

export type Spacing<Key extends object> = (key: Key, run: () => void) => void

export const openSpacing = <Key extends object>(gapMs: () => number): Spacing<Key> => {
  const last = new WeakMap<Key, { at: number; isPlanned: boolean }>()
  return (key, run) => {
    const state = last.get(key) ?? { at: -Infinity, isPlanned: false }
    last.set(key, state)
    if (state.isPlanned) return
    const act = (): void => {
      state.at = performance.now()
      state.isPlanned = false
      run()
    }
    const left = state.at + gapMs() - performance.now()
    if (left <= 0) return act()
    state.isPlanned = true
    setTimeout(act, left).unref()
  }
}
