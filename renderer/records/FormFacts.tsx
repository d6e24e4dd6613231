// The filed form of a call, to be read: codes in words, empty fields left out.
import type { CallRecord } from '../../contract/softphone.ts'
import { go } from '../app/route.ts'
import { useText } from '../text/catalogue.ts'
import { fullWhen } from '../text/when.ts'
import { useWorkplace } from '../workplace.ts'
import { TextButton } from '../kit/TextButton.tsx'
import styles from './CallDetail.module.css'

type Named = { readonly code: string; readonly zh: string }
const nameOf = (rows: readonly Named[], code: string | null): string | null =>
  code === null ? null : (rows.find((row) => row.code === code)?.zh ?? code)

export const FormFacts = ({ record }: { readonly record: CallRecord }) => {
  const { records, wrapup } = useText()
  const { reference, clock } = useWorkplace()
  const { form } = record
  if (!form)
    return (
      <section className={styles.section} aria-label={records.form}>
        <h3>{records.form}</h3>
        <p>{records.noForm}</p>
      </section>
    )
  const words = wrapup.fields
  const rows: readonly (readonly [string, string | null])[] = [
    [words.member, form.member === null ? null : wrapup.member[form.member]],
    [words.employer, form.employer],
    [words.union, form.union.map((code) => nameOf(reference.unions, code)).join(' / ')],
    [words.occurredOn, form.occurredOn],
    [words.address, form.address],
    [words.cause, form.cause],
    [words.course, form.course],
    [words.category, nameOf(reference.categories, form.category)],
    [words.topic, nameOf(reference.topics, form.topic)],
    [words.peopleInvolved, form.peopleInvolved === null ? null : `${form.peopleInvolved} ${wrapup.people}`],
    [words.urgency, wrapup.urgency[form.urgency]],
    [words.confidential, form.confidential ? wrapup.confidentialYes : null],
    [words.disposition, nameOf(reference.dispositions, form.disposition)],
    [wrapup.lead, form.dispatch?.departmentName ?? null],
    [words.toldCaller, form.toldCaller],
    [words.nextStep, form.nextStep],
    [words.callBackAt, form.callBackAt ? fullWhen(form.callBackAt, clock.now()) : null],
  ]
  return (
    <section className={styles.section} aria-label={records.form}>
      <h3>
        {records.form}
        {record.filedAt === null ? null : `·${records.filed(fullWhen(record.filedAt, clock.now()))}`}
      </h3>
      <dl>
        {rows.map(([label, value]) =>
          value === null || value === '' ? null : (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
        {record.ticketId === null ? null : (
          <div>
            <dt>{records.ticket}</dt>
            <dd>
              <TextButton onClick={() => go('tickets', record.ticketId ?? '')}>
                {form.cause.slice(0, 24) || records.ticket}
              </TextButton>
            </dd>
          </div>
        )}
      </dl>
    </section>
  )
}
