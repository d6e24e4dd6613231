// 约定回拨: when the caller was promised our call, typed as it is said. What is understood stands beside it at once, and so
// does what speaks against it; only a time that may be kept gets into the form [WRAP-20].
import { CalendarClock } from 'lucide-react'
import { Button, Input, Popover } from 'antd'
import { useState } from 'react'
import type { TimeProblem } from '../../core/wrapup/agreedTime.ts'
import { readTime, timeProblem, timesToOffer } from '../../core/wrapup/agreedTime.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './AgreedField.module.css'
import { agreedWords } from './agreedWords.ts'
import { Field, errorId } from './Field.tsx'
import { useComposition } from './useComposition.ts'
import { fieldId, focusField, useForm, useMarks, useSession } from './sessionContext.ts'
import inner from './TextField.module.css'

type Problem = TimeProblem | { readonly is: 'unread' }

export const AgreedField = () => {
  const text = useText()
  const { wrapup, agreed } = text
  const { clock, reference } = useWorkplace()
  const session = useSession()
  // A draft of before there was such a field has none.
  const value = useForm((state) => state.form.callBackAt ?? null)
  const { required, invalid } = useMarks('callBackAt')
  /** null: nobody is typing, the field says what the form has. */
  const [typed, setTyped] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [picks, setPicks] = useState(false)
  const now = clock.now()

  const composition = useComposition()

  const agree = (at: number | null, unread: boolean): void => {
    const against: Problem | null = at === null ? null : timeProblem(at, clock.now(), reference)
    setProblem(unread ? { is: 'unread' } : against)
    session.change({ callBackAt: against === null ? at : null })
  }
  const write = (next: string): void => {
    setTyped(next)
    const at = readTime(next, clock.now())
    agree(at, at === null && next.trim() !== '')
  }
  const pick = (at: number): void => {
    setTyped(null)
    agree(at, false)
    setPicks(false)
    focusField('callBackAt')
  }
  const shown = typed ?? (value === null ? '' : agreedWords(value, now, text))
  const said = `${fieldId('callBackAt')}-said`
  return (
    <Field field="callBackAt" label={wrapup.fields.callBackAt} required={required} invalid={invalid}>
      <div className={styles.line}>
        <Input
          id={fieldId('callBackAt')}
          className={styles.time ?? ''}
          value={shown}
          placeholder={wrapup.placeholders.callBackAt}
          autoComplete="off"
          maxLength={40}
          aria-required={required}
          aria-invalid={invalid || problem !== null}
          aria-describedby={invalid ? `${errorId('callBackAt')} ${said}` : said}
          {...(invalid || problem !== null ? { status: 'error' as const } : {})}
          onChange={(event) => write(event.target.value)}
          {...composition}
          onBlur={() => {
            if (problem === null) setTyped(null)
          }}
          suffix={
            <Popover
              open={picks}
              onOpenChange={setPicks}
              trigger="click"
              placement="topRight"
              destroyOnHidden
              content={
                <ul className={styles.offers} aria-label={agreed.offers}>
                  {timesToOffer(now, reference).map((at) => (
                    <li key={at}>
                      <Button size="small" onClick={() => pick(at)}>
                        {agreedWords(at, now, text)}
                      </Button>
                    </li>
                  ))}
                </ul>
              }
            >
              <Button
                type="text"
                size="small"
                className={inner.inside ?? ''}
                icon={<CalendarClock size={15} />}
                aria-label={agreed.pick}
              />
            </Popover>
          }
        />
        <output
          id={said}
          className={problem === null ? styles.understood : styles.problem}
          aria-live="polite"
        >
          {problem !== null
            ? agreed.problem(problem)
            : value === null
              ? agreed.none
              : agreed.understood(agreedWords(value, now, text))}
        </output>
      </div>
    </Field>
  )
}
