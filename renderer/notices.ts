// Sentences for the agent that no single field owns: shown in the page head, never over the form or the bar.
export type Notice = { readonly id: number; readonly text: string; readonly urgent: boolean }

export type Notices = {
  tell(text: string, urgent?: boolean): void
  dismiss(id: number): void
  /** For useSyncExternalStore. */
  read(): readonly Notice[]
  subscribe(listener: () => void): () => void
}

/** At most three at a time; the same sentence is not repeated while it is still there. */
export const createNotices = (): Notices => {
  let list: readonly Notice[] = []
  let last = 0
  const listeners = new Set<() => void>()
  const set = (next: readonly Notice[]) => {
    list = next
    for (const listener of listeners) listener()
  }
  return {
    tell(text, urgent = false) {
      if (list.some((notice) => notice.text === text)) return
      last += 1
      set([...list, { id: last, text, urgent }].slice(-3))
    },
    dismiss: (id) => set(list.filter((notice) => notice.id !== id)),
    read: () => list,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
