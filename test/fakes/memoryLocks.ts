// Web Locks in memory, exclusive ones only, granted without waiting for the event loop. A window that dies lets go
// of its lock at once: `crash` does that.
export type MemoryLocks = LockManager & {
  /** Whoever holds this lock is gone. */
  crash(name: string): void
  /** Names of the locks held now. */
  names(): readonly string[]
}

type Waiting = { readonly run: () => void; readonly signal: AbortSignal | undefined }

export const memoryLocks = (): MemoryLocks => {
  const queues = new Map<string, Waiting[]>()
  const held = new Map<string, symbol>()

  const grant = (name: string): void => {
    const queue = queues.get(name) ?? []
    while (!held.has(name)) {
      const next = queue.shift()
      if (!next) return
      if (!next.signal?.aborted) next.run()
    }
  }
  const request = <T>(
    name: string,
    given: LockOptions | LockGrantedCallback<T>,
    last?: LockGrantedCallback<T>,
  ): Promise<Awaited<T>> =>
    new Promise((resolve, reject) => {
      const options = typeof given === 'function' ? {} : given
      const callback = typeof given === 'function' ? given : last
      if (!callback) throw new TypeError('no callback')
      const run = () => {
        const mine = Symbol(name)
        held.set(name, mine)
        const letGo = () => {
          if (held.get(name) === mine) held.delete(name)
          grant(name)
        }
        Promise.resolve(callback({ name, mode: 'exclusive' }))
          .then((value) => resolve(value), reject)
          .finally(letGo)
      }
      options.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
      queues.set(name, [...(queues.get(name) ?? []), { run, signal: options.signal }])
      grant(name)
    })
  return {
    request,
    query: async () => ({ held: [], pending: [] }),
    names: () => [...held.keys()],
    crash(name) {
      held.delete(name)
      grant(name)
    },
  }
}
