// Changing where a matter goes and how long they have. Opened by the agent only; nothing changes until 用这个.
import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import type { DispatchPlan } from '../../contract/wrapup.ts'
import { suggestPlan } from '../../core/wrapup/dispatch.ts'
import { offered, usePlanOptions } from '../app/usePlanOptions.ts'
import { LabelledSelect, LabelledSelects } from '../kit/LabelledSelect.tsx'
import { TextButton } from '../kit/TextButton.tsx'
import { DeskDialog } from '../softphone/DeskDialog.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './PlanDialog.module.css'
import { useForm, useSession } from './sessionContext.ts'

type Props = { readonly plan: DispatchPlan | null; readonly onClose: () => void }

export const PlanDialog = ({ plan, onClose }: Props) => {
  const { wrapup } = useText()
  const words = wrapup.plan
  const { reference, clock } = useWorkplace()
  const session = useSession()
  const form = useForm((state) => state.form)
  const { departments, limits } = usePlanOptions()
  const [department, setDepartment] = useState(offered(departments, plan?.department))
  const [assisting, setAssisting] = useState<readonly string[]>(
    plan?.assisting.flatMap((each) => offered(departments, each.department) ?? []) ?? [],
  )
  const [limit, setLimit] = useState(offered(limits, plan?.limit))
  const [note, setNote] = useState(plan?.note ?? '')
  const id = useId()

  const nameOf = (code: string) => reference.departments.find((row) => row.code === code)?.zh ?? code
  const suggestion = suggestPlan(form, reference, clock.now())

  const use = () => {
    if (department === null || limit === null) return
    session.change({
      dispatch: {
        department,
        departmentName: nameOf(department),
        assisting: assisting
          .filter((code) => code !== department)
          .map((code) => ({ department: code, departmentName: nameOf(code) })),
        limit,
        dueAt: plan?.dueAt ?? 0,
        dueIsFirm: plan?.dueIsFirm ?? false,
        note: note.trim(),
      },
    })
    onClose()
  }

  return (
    <DeskDialog
      title={words.title}
      width={480}
      onClose={onClose}
      footer={
        <div className={styles.footer}>
          {form.dispatch && suggestion ? (
            <TextButton
              onClick={() => {
                session.change({ dispatch: null })
                onClose()
              }}
            >
              {words.suggested}
            </TextButton>
          ) : null}
          <span className={styles.room} />
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button type="primary" disabled={department === null || limit === null} onClick={use}>
            {words.use}
          </Button>
        </div>
      }
    >
      <div className={styles.rows}>
        <label htmlFor={`${id}-department`}>{words.department}</label>
        <LabelledSelect
          id={`${id}-department`}
          options={departments}
          value={department}
          onChange={setDepartment}
          showSearch
          // The moment it opens, not when it has faded in: what a quick hand types belongs here.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
        />
        <label htmlFor={`${id}-assisting`}>{words.assisting}</label>
        <LabelledSelects
          id={`${id}-assisting`}
          options={departments.filter((each) => each.value !== department)}
          value={assisting}
          onChange={setAssisting}
          maxCount={10}
        />
        <label htmlFor={`${id}-limit`}>{words.limit}</label>
        <LabelledSelect id={`${id}-limit`} options={limits} value={limit} onChange={setLimit} />
        <label htmlFor={`${id}-note`}>{words.note}</label>
        <Input.TextArea
          autoComplete="off"
          id={`${id}-note`}
          value={note}
          maxLength={500}
          placeholder={words.noteHint}
          autoSize={{ minRows: 2, maxRows: 5 }}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
    </DeskDialog>
  )
}
