// Beside the callers: what a newcomer has done so far, the devices, the keys, and the promise behind the end key.
import { CircleCheck, Info } from 'lucide-react'
import { useCallback } from 'react'
import { done } from '../../contract/answer.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import type { FirstSteps } from '../../core/wrapup/firstSteps.ts'
import { firstSteps } from '../../core/wrapup/firstSteps.ts'
import { phoneIsUp } from '../../core/workstation.ts'
import { KeyList } from '../app/KeyList.tsx'
import { go } from '../app/route.ts'
import { useKeys } from '../app/useKeys.ts'
import { Card } from '../kit/Card.tsx'
import { useLoaded, useStoreBeat } from '../sync/useSync.ts'
import { TextButton } from '../kit/TextButton.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import lines from '../kit/rows.module.css'
import styles from './PracticeAside.module.css'

const lastCalls = 60
const nothing: FirstSteps = { answered: false, filed: false, outage: false }

const useFirstSteps = (): FirstSteps => {
  const { records } = useWorkplace()
  const beat = useStoreBeat()
  const load = useCallback(async () => {
    const page = await records.page({
      text: '',
      category: null,
      from: null,
      to: null,
      before: null,
      limit: lastCalls,
    })
    if (!page.ok) return page
    const read = await Promise.all(page.value.map((call) => records.read(call.id)))
    const found = read.flatMap((answer): CallRecord[] => (answer.ok && answer.value ? [answer.value] : []))
    return done(firstSteps(found))
  }, [records])
  const [steps] = useLoaded(load, beat)
  return steps.is === 'ready' ? steps.value : nothing
}

export const PracticeAside = () => {
  const { practice } = useText()
  const keys = useKeys()
  const up = useWorkstation(phoneIsUp)
  const steps = useFirstSteps()
  const things = [
    { name: 'phone', isDone: up },
    { name: 'answered', isDone: steps.answered },
    { name: 'filed', isDone: steps.filed },
    { name: 'outage', isDone: steps.outage },
  ] as const
  const count = things.filter((thing) => thing.isDone).length
  return (
    <aside className={styles.aside} aria-label={practice.four}>
      <Card title={practice.four} aside={`${count} / ${things.length}`} label={practice.four} flush>
        <ol className={`${lines.rows} ${styles.things}`}>
          {things.map(({ name, isDone }, at) => (
            <li key={name}>
              <span className={isDone ? styles.tick : styles.number} aria-hidden="true">
                {isDone ? <CircleCheck size={16} /> : at + 1}
              </span>
              <div>
                <strong>{practice.things[name].title}</strong>
                <p>{practice.things[name].note(keys.answer)}</p>
              </div>
              <span className={isDone ? styles.done : styles.todo}>
                {isDone ? practice.done : practice.todo}
              </span>
            </li>
          ))}
        </ol>
      </Card>
      <Card
        title={practice.device}
        label={practice.device}
        action={<TextButton onClick={() => go('settings')}>{practice.change}</TextButton>}
      >
        <p className={styles.note}>{practice.deviceSays}</p>
      </Card>
      <Card title={practice.keys} aside={practice.keysNote} label={practice.keys}>
        <div className={styles.keys}>
          <KeyList />
        </div>
        <p className={styles.promise}>
          <Info size={14} aria-hidden="true" />
          <span>
            <strong>{practice.promise}</strong>
            {practice.promiseSays}
          </span>
        </p>
      </Card>
    </aside>
  )
}
