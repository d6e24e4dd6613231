// Practice (练习): simulated callers to choose from, and how far a newcomer has come. Only there where the centre
// is the practice centre; nothing of it ever reaches a real one.
import { Unplug } from 'lucide-react'
import { Button } from 'antd'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { lineIsFree, liveCalls, phoneIsUp } from '../../core/workstation.ts'
import { composes } from '../app/keys.ts'
import { useKeys } from '../app/useKeys.ts'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { KeyCap } from '../kit/KeyCap.tsx'
import { Late } from '../kit/Late.tsx'
import { InHead } from '../kit/PageHead.tsx'
import { useLoaded } from '../sync/useSync.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import { CallerTile } from './CallerTile.tsx'
import { PracticeAside } from './PracticeAside.tsx'
import styles from './PracticePage.module.css'

export const PracticePage = () => {
  const { practice } = useText()
  const keys = useKeys()
  const { centre, session, store, reference } = useWorkplace()
  const load = useCallback(() => centre.call('practice.callers', {}), [centre])
  const [callers, again] = useLoaded(load)
  const [ordering, setOrdering] = useState(false)
  /** What became of the last order; a call in hand says more. */
  const [said, setSaid] = useState<string | null>(null)
  const up = useWorkstation(phoneIsUp)
  const calls = useWorkstation((state) => liveCalls(state).length)
  const free = useWorkstation(lineIsFree)
  // [PRACTICE-18] Another caller may ring in a call, where the rules of the house let one through.
  const takesSecond = calls === 1 && free && reference.policy.secondCall === 'show'
  const list = useMemo(() => (callers.is === 'ready' ? callers.value : []), [callers])
  const may = up && !ordering && (calls === 0 || takesSecond)
  // [PRACTICE-17] Said until what it is about has come or gone: the call, or the line that is back.
  const [seen, setSeen] = useState({ up, calls })
  if (seen.up !== up || seen.calls !== calls) {
    setSeen({ up, calls })
    if (up || seen.calls !== calls) setSaid(null)
  }

  const order = useCallback(
    async (what: Parameters<typeof centre.call<'practice.order'>>[1], done: string) => {
      setOrdering(true)
      const before = liveCalls(store.read()).length
      const answer = await centre.call('practice.order', what)
      setOrdering(false)
      // The caller may ring before the centre has said that it will.
      const rings = what.do === 'ring' && liveCalls(store.read()).length > before
      setSaid(answer.ok ? (rings ? null : done) : practice.notOrdered(answer.problem.text))
    },
    [centre, practice, store],
  )
  const ring = useCallback(
    (code: string, name: string) => {
      if (may) void order({ do: 'ring', caller: code }, practice.ordered(name, keys.answer))
    },
    [may, order, practice, keys],
  )
  const cut = useCallback(() => void order({ do: 'cut' }, practice.cutDone), [order, practice])

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || composes(event) || !/^[0-9]$/.test(event.key)) return
      const caller = list[Number(event.key) - 1]
      if (event.key === '0' ? !up : !caller) return
      event.preventDefault()
      if (caller) ring(caller.code, caller.name)
      else cut()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [list, ring, cut, up])

  if (!session.centre.practice)
    return (
      <div className={styles.alone}>
        <ErrorNote what={practice.notPractice} />
      </div>
    )
  return (
    <div className={styles.page}>
      <InHead>
        <output>
          {said ??
            (!up ? practice.lineDown : practice.head[calls === 0 ? 'idle' : takesSecond ? 'inCall' : 'busy'])}
        </output>
      </InHead>
      <div className={styles.main}>
        {callers.is === 'failed' ? (
          <ErrorNote
            what={practice.failed}
            todo={callers.text}
            action={
              <Button size="small" onClick={again}>
                {practice.retry}
              </Button>
            }
          />
        ) : callers.is === 'loading' ? (
          <Late label={practice.reading} rows={8} />
        ) : (
          <ul className={styles.callers} aria-label={practice.callers}>
            {list.map((caller, at) => (
              <CallerTile
                key={caller.code}
                caller={caller}
                first={at === 0}
                keys={at < 9 ? `Alt+${at + 1}` : null}
                tone={at}
                disabled={!may}
                second={takesSecond}
                onOrder={() => ring(caller.code, caller.name)}
              />
            ))}
          </ul>
        )}
        <section className={styles.cut} aria-label={practice.cut}>
          <Unplug size={18} aria-hidden="true" />
          <p>
            <strong>{practice.cut}</strong>
            <span>{practice.cutSays}</span>
          </p>
          <Button disabled={!up || ordering} aria-keyshortcuts="Alt+0" onClick={cut}>
            {practice.start}
            <KeyCap keys="Alt+0" />
          </Button>
        </section>
      </div>
      <PracticeAside />
    </div>
  )
}
