// When it happened, in the caller's own words; the calendar beside it writes a day for those who know the day.
import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react'
import { Button, Calendar, Input, Popover } from 'antd'
import type { Dayjs } from 'dayjs'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { useState } from 'react'
import { dayNumber, dayOf } from '../../core/tickets/workdays.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { Field, errorId } from './Field.tsx'
import styles from './OccurredField.module.css'
import inner from './TextField.module.css'
import { useTyping } from './TextField.tsx'
import { fieldId, focusField, useForm, useMarks, useSession } from './sessionContext.ts'

type MonthProps = { readonly value: Dayjs; readonly onChange: (month: Dayjs) => void }

const MonthHead = ({ value, onChange }: MonthProps) => {
  const { wrapup } = useText()
  return (
    <div className={styles.month}>
      <Button
        type="text"
        size="small"
        icon={<ChevronLeft size={16} />}
        aria-label={wrapup.monthBefore}
        onClick={() => onChange(value.subtract(1, 'month'))}
      />
      <strong>{value.format('YYYY-MM')}</strong>
      <Button
        type="text"
        size="small"
        icon={<ChevronRight size={16} />}
        aria-label={wrapup.monthAfter}
        onClick={() => onChange(value.add(1, 'month'))}
      />
    </div>
  )
}
const drawMonth = (props: MonthProps) => <MonthHead value={props.value} onChange={props.onChange} />

export const OccurredField = () => {
  const { wrapup } = useText()
  const { clock } = useWorkplace()
  const session = useSession()
  const value = useForm((state) => state.form.occurredOn)
  const { required, invalid } = useMarks('occurredOn')
  const typing = useTyping('occurredOn')
  const [picks, setPicks] = useState(false)

  const write = (number: number) => {
    const day = dayOf(number)
    session.change({ occurredOn: wrapup.day(day.iso, day.weekday) })
    setPicks(false)
    focusField('occurredOn')
  }
  const today = dayNumber(clock.now())
  const quick = [
    { label: wrapup.today, number: today },
    { label: wrapup.yesterday, number: today - 1 },
  ]

  return (
    <Field field="occurredOn" label={wrapup.fields.occurredOn} required={required} invalid={invalid}>
      <Input
        id={fieldId('occurredOn')}
        value={value}
        placeholder={wrapup.placeholders.occurredOn}
        autoComplete="off"
        aria-required={required}
        aria-invalid={invalid}
        aria-describedby={invalid ? errorId('occurredOn') : undefined}
        {...(invalid ? { status: 'error' as const } : {})}
        {...typing}
        suffix={
          <Popover
            open={picks}
            onOpenChange={setPicks}
            trigger="click"
            placement="bottomRight"
            destroyOnHidden
            content={
              <div className={styles.picker}>
                <div className={styles.quick}>
                  {quick.map((each) => (
                    <Button key={each.number} size="small" onClick={() => write(each.number)}>
                      {each.label}
                    </Button>
                  ))}
                </div>
                <Calendar
                  fullscreen={false}
                  headerRender={drawMonth}
                  onSelect={(day, { source }) => {
                    if (source === 'date')
                      write(dayNumber(Date.parse(`${day.format('YYYY-MM-DD')}T12:00+08:00`)))
                  }}
                  disabledDate={(day) => day.isAfter(dayjs(clock.now()), 'day')}
                />
              </div>
            }
          >
            <Button
              type="text"
              size="small"
              className={inner.inside ?? ''}
              icon={<CalendarDays size={15} />}
              aria-label={wrapup.pickDay}
            />
          </Popover>
        }
      />
    </Field>
  )
}
