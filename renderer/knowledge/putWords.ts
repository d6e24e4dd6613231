// An article's words on their way into 告知职工, and back out again. The caret stays where it is, also inside that field.
import { useCallback, useState, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import type { Article } from '../../contract/knowledge.ts'
import { putIntoForm, wordsOf } from '../../core/knowledge/intoForm.ts'
import type { FormSession } from '../wrapup/formSession.ts'
import { fieldId } from '../wrapup/sessionContext.ts'

/** A controlled field that is written from elsewhere sends its caret to the end. */
const keepingCaret = (write: () => void): void => {
  const box = document.getElementById(fieldId('toldCaller'))
  if (!(box instanceof HTMLInputElement) || document.activeElement !== box) return write()
  const { selectionStart, selectionEnd } = box
  flushSync(write)
  box.setSelectionRange(selectionStart, selectionEnd)
}

type Done =
  | { readonly is: 'put'; readonly code: string; readonly before: string; readonly after: string }
  | { readonly is: 'full'; readonly code: string }
  | { readonly is: 'takenBack'; readonly code: string }

export type PutWords = {
  /** What was done last, for whoever watches and listens. */
  readonly done: Done | null
  put(article: Article): void
  isThere(article: Article): boolean
  /** null: there is nothing to take back, or it was written on since. */
  readonly takeBack: (() => void) | null
}

export const usePutWords = (session: FormSession): PutWords => {
  const [done, setDone] = useState<Done | null>(null)
  const told = useSyncExternalStore(session.subscribe, () => session.read().form.toldCaller)
  const put = useCallback(
    (article: Article) => {
      const before = session.read().form.toldCaller
      const words = putIntoForm(before, article)
      if (words.is === 'there') return
      if (words.is === 'full') return setDone({ is: 'full', code: article.code })
      keepingCaret(() => session.change({ toldCaller: words.toldCaller }))
      setDone({ is: 'put', code: article.code, before, after: words.toldCaller })
    },
    [session],
  )
  return {
    done,
    put,
    isThere: (article) => told.includes(wordsOf(article)),
    takeBack:
      done?.is === 'put' && done.after === told
        ? () => {
            keepingCaret(() => session.change({ toldCaller: done.before }))
            setDone({ is: 'takenBack', code: done.code })
          }
        : null,
  }
}
