// [STORE-25] Is what an older program kept here being brought to this one's version? The door says so: it may take minutes.
export type Tidying = {
  told(isGoing: boolean): void
  /** For useSyncExternalStore. */
  read(): boolean
  subscribe(listener: () => void): () => void
}

export const createTidying = (): Tidying => {
  let going = false
  const listeners = new Set<() => void>()
  return {
    told(isGoing) {
      going = isGoing
      for (const listener of listeners) listener()
    },
    read: () => going,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
