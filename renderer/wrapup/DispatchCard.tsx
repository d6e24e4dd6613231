// Where the matter goes (派单): what is suggested or chosen, until when, and the way to change it. In the same place, for
// a form that promises a call, when.
import { Send } from 'lucide-react'
import { Button } from 'antd'
import { useState } from 'react'
import type { DispatchPlan, WrapupForm } from '../../contract/wrapup.ts'
import type { Reference } from '../../contract/reference.ts'
import { dayNumber, dayOf } from '../../core/tickets/workdays.ts'
import { isInUse, planOf } from '../../core/wrapup/dispatch.ts'
import { dispatches, promisesCall } from '../../core/wrapup/form.ts'
import { Tag } from '../kit/Tag.tsx'
import { hourMinute } from '../kit/time.ts'
import type { Text } from '../text/catalogue.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { AgreedField } from './AgreedField.tsx'
import lines from '../kit/rows.module.css'
import styles from './DispatchCard.module.css'
import { PlanDialog } from './PlanDialog.tsx'
import { fieldId, useForm, useMarks } from './sessionContext.ts'

/** "至 12 月 14 日（周一）17:30" */
const deadline = (at: number, { wrapup }: Text): string => {
  const day = dayOf(dayNumber(at))
  return wrapup.until(wrapup.deadline(day.month, day.day, day.weekday, hourMinute(at)))
}

/** [WRAP-2] [TICKET-11] Why there is no plan: what was chosen is out of use since, or nothing is suggested. */
const unplanned = ({ dispatch, topic }: WrapupForm, reference: Reference, { wrapup }: Text): string => {
  if (dispatch && !isInUse(reference, dispatch.department))
    return wrapup.departmentGone(dispatch.departmentName)
  if (dispatch) return wrapup.limitGone
  return topic === null ? wrapup.topicFirst : wrapup.noDepartment
}

export const DispatchCard = () => {
  const text = useText()
  const { wrapup } = text
  const { reference } = useWorkplace()
  const form = useForm((state) => state.form)
  const sentBy = useForm((state) => state.sentBy)
  const { invalid } = useMarks('dispatch')
  const { clock } = useWorkplace()
  const [changing, setChanging] = useState(false)

  if (form.disposition === null) return <p className={styles.hint}>{wrapup.chooseHandlingFirst}</p>
  if (promisesCall(form, reference))
    return (
      <div className={styles.agreed}>
        <AgreedField />
      </div>
    )
  if (!dispatches(form, reference)) return <p className={styles.hint}>{wrapup.noDispatch}</p>
  const plan = planOf(form, reference, clock.now())
  const byWhom = sentBy?.department === form.dispatch?.departmentName ? sentBy : null
  const chosen = byWhom ? wrapup.byLead(byWhom.by) : wrapup.byHand
  const why = form.dispatch ? chosen : form.urgency === 'critical' ? wrapup.byUrgency : wrapup.byTopic
  return (
    <div className={`${styles.card} ${plan ? '' : styles.open} ${invalid ? styles.invalid : ''}`}>
      <Send size={18} aria-hidden="true" className={styles.icon} />
      {plan ? (
        <Plan plan={plan} why={why} reference={reference} />
      ) : (
        <p className={form.dispatch ? styles.gone : undefined}>{unplanned(form, reference, text)}</p>
      )}
      <Button
        size="small"
        id={fieldId('dispatch')}
        aria-invalid={invalid}
        aria-label={plan ? wrapup.changePlan : wrapup.choosePlan}
        onClick={() => setChanging(true)}
      >
        {plan ? wrapup.changePlan : wrapup.choosePlan}
      </Button>
      {changing ? <PlanDialog plan={plan ?? form.dispatch} onClose={() => setChanging(false)} /> : null}
    </div>
  )
}

type PlanProps = { readonly plan: DispatchPlan; readonly why: string; readonly reference: Reference }

const Plan = ({ plan, why, reference }: PlanProps) => {
  const text = useText()
  const { wrapup } = text
  const byHand = useForm((state) => state.form.dispatch !== null)
  const limit = reference.timeLimits.find((row) => row.code === plan.limit)
  return (
    <div className={styles.plan}>
      <p className={styles.to}>
        <strong>
          {byHand ? wrapup.sendTo : wrapup.suggestTo} {plan.departmentName}
        </strong>
        <Tag>{wrapup.lead}</Tag>
        {plan.assisting.length > 0 ? (
          <strong className={styles.assisting}>
            {wrapup.assisting} {plan.assisting.map((each) => each.departmentName).join(wrapup.listJoin)}
          </strong>
        ) : null}
      </p>
      <p className={lines.second}>
        {why}·{limit?.zh ?? plan.limit}，{deadline(plan.dueAt, text)}
        {plan.dueIsFirm ? null : <span className={styles.provisional}>·{wrapup.provisional}</span>}
      </p>
    </div>
  )
}
