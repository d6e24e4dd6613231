// What is half written in a field of a page: there again after another page or a reload, gone once it is sent. Law: PAGE-8
import { useCallback, useEffect, useState } from 'react'
import type { Kind } from '../adapters/halfWritten.ts'
import { useWorkplace } from '../workplace.ts'

type Writing<T> = {
  readonly draft: T
  write(draft: T): void
  /** The centre has it. `rest`: what the fields begin with now. */
  sent(rest?: T): void
}

/** Whoever uses it is drawn anew for another `id`. */
export const useHalfWritten = <T>(kind: Kind<T>, id: string): Writing<T> => {
  const { halfWritten } = useWorkplace()
  const [draft, setDraft] = useState(kind.empty)
  useEffect(() => {
    let current = true
    void halfWritten.read(kind, id).then((kept) => {
      // Who has begun to type goes on.
      if (current) setDraft((typed) => (typed === kind.empty ? kept : typed))
    })
    return () => {
      current = false
    }
  }, [halfWritten, kind, id])
  // Kept at once and not by an effect: the page may be gone before the centre has answered.
  const write = useCallback(
    (next: T) => {
      setDraft(next)
      void halfWritten.keep(kind, id, next)
    },
    [halfWritten, kind, id],
  )
  const sent = useCallback(
    (rest: T = kind.empty) => {
      setDraft(rest)
      void halfWritten.keep(kind, id, kind.empty)
    },
    [halfWritten, kind, id],
  )
  return { draft, write, sent }
}
