// The fields of the form that choose: member, union, category, topic, people, secrecy, urgency, disposition.
// What there is to choose comes from the reference data.
import { Cascader, InputNumber, Switch } from 'antd'
import { useMemo } from 'react'
import type { Union } from '../../contract/reference.ts'
import { topicsOf } from '../../core/wrapup/form.ts'
import { Choice } from '../kit/Choice.tsx'
import { LabelledSelect } from '../kit/LabelledSelect.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { Field, errorId } from './Field.tsx'
import { fieldId, useForm, useMarks, useSession } from './sessionContext.ts'
import styles from './ChoiceFields.module.css'

type Sorted = { readonly code: string; readonly zh: string; readonly active: boolean; readonly sort: number }

/** Rows in force, and a retired one that this form already has, so that it does not show as a bare code. */
const choices = (rows: readonly Sorted[], chosen: string | null) =>
  rows
    .filter((row) => row.active || row.code === chosen)
    .sort((one, other) => one.sort - other.sort)
    .map((row) => ({ value: row.code, label: row.zh }))

const described = (field: string, invalid: boolean) => (invalid ? errorId(field) : undefined)

export const MemberField = () => {
  const { wrapup } = useText()
  const session = useSession()
  const value = useForm((state) => state.form.member)
  const marks = useMarks('member')
  const options = (['yes', 'no', 'unknown'] as const).map((each) => ({
    value: each,
    label: wrapup.member[each],
  }))
  return (
    <Field field="member" label={wrapup.fields.member} points={false} {...marks}>
      <Choice
        id={fieldId('member')}
        label={wrapup.fields.member}
        options={options}
        value={value}
        onChange={(member) => session.change({ member })}
        describedBy={described('member', marks.invalid)}
        {...marks}
      />
    </Field>
  )
}

export const CategoryField = () => {
  const { wrapup } = useText()
  const { reference } = useWorkplace()
  const session = useSession()
  const value = useForm((state) => state.form.category)
  const marks = useMarks('category')
  const options = useMemo(() => choices(reference.categories, value), [reference, value])
  return (
    <Field field="category" label={wrapup.fields.category} points={false} {...marks}>
      <Choice
        id={fieldId('category')}
        label={wrapup.fields.category}
        options={options}
        value={value}
        onChange={(category) => session.change({ category })}
        describedBy={described('category', marks.invalid)}
        {...marks}
      />
    </Field>
  )
}

export const UrgencyField = () => {
  const { wrapup } = useText()
  const session = useSession()
  const value = useForm((state) => state.form.urgency)
  const options = (['normal', 'urgent', 'critical'] as const).map((each) => ({
    value: each,
    label: wrapup.urgency[each],
  }))
  return (
    <Field field="urgency" label={wrapup.fields.urgency} points={false}>
      <Choice
        id={fieldId('urgency')}
        label={wrapup.fields.urgency}
        options={options}
        value={value}
        onChange={(urgency) => session.change({ urgency })}
      />
    </Field>
  )
}

export const TopicField = () => {
  const { wrapup } = useText()
  const { reference } = useWorkplace()
  const session = useSession()
  const value = useForm((state) => state.form.topic)
  const category = useForm((state) => state.form.category)
  const marks = useMarks('topic')
  const options = useMemo(() => {
    const fitting = topicsOf(reference, category)
    const kept = reference.topics.filter((topic) => topic.code === value && !fitting.includes(topic))
    return [...fitting, ...kept].map((topic) => ({ value: topic.code, label: topic.zh }))
  }, [reference, category, value])
  return (
    <Field field="topic" label={wrapup.fields.topic} {...marks}>
      <LabelledSelect
        id={fieldId('topic')}
        className={styles.wide ?? ''}
        options={options}
        value={value}
        onChange={(topic) => session.change({ topic })}
        placeholder={wrapup.placeholders.topic}
        showSearch
        allowClear
        aria-required={marks.required}
        aria-invalid={marks.invalid}
        {...(marks.invalid ? { status: 'error' as const } : {})}
      />
    </Field>
  )
}

export const DispositionField = () => {
  const { wrapup } = useText()
  const { reference } = useWorkplace()
  const session = useSession()
  const value = useForm((state) => state.form.disposition)
  const marks = useMarks('disposition')
  // [WRAP-24] What a department has on its desk is not taken back by a change of words here.
  const ordered = useForm((state) => state.ordered)
  const options = useMemo(() => {
    const rows = reference.dispositions.filter((row) => !ordered || row.dispatches || row.code === value)
    return choices(rows, value)
  }, [reference, value, ordered])
  return (
    <Field field="disposition" label={wrapup.fields.disposition} {...marks}>
      <LabelledSelect
        id={fieldId('disposition')}
        className={styles.wide ?? ''}
        options={options}
        value={value}
        onChange={(disposition) => session.change({ disposition })}
        placeholder={wrapup.placeholders.disposition}
        showSearch
        listHeight={330}
        aria-required={marks.required}
        aria-invalid={marks.invalid}
        {...(marks.invalid ? { status: 'error' as const } : {})}
      />
    </Field>
  )
}

type Node = { value: string; label: string; children?: Node[] }

const tree = (unions: readonly Union[], parent: string | null): Node[] =>
  unions
    .filter((union) => union.active && union.parent === parent)
    .sort((one, other) => one.sort - other.sort)
    .map((union) => {
      const children = tree(unions, union.code)
      return { value: union.code, label: union.zh, ...(children.length > 0 ? { children } : {}) }
    })

export const UnionField = () => {
  const { wrapup } = useText()
  const { reference } = useWorkplace()
  const session = useSession()
  const value = useForm((state) => state.form.union)
  const marks = useMarks('union')
  const options = useMemo(() => tree(reference.unions, null), [reference])
  return (
    <Field field="union" label={wrapup.fields.union} {...marks}>
      <Cascader
        id={fieldId('union')}
        className={styles.wide ?? ''}
        options={options}
        value={value}
        onChange={(path: (string | null)[] | undefined) =>
          session.change({ union: (path ?? []).flatMap((code) => (code === null ? [] : [code])) })
        }
        changeOnSelect
        showSearch
        placeholder={wrapup.placeholders.union}
        displayRender={(labels) => labels.join(' / ')}
        aria-required={marks.required}
        aria-invalid={marks.invalid}
        {...(marks.invalid ? { status: 'error' as const } : {})}
      />
    </Field>
  )
}

export const PeopleField = () => {
  const { wrapup } = useText()
  const session = useSession()
  const value = useForm((state) => state.form.peopleInvolved)
  const marks = useMarks('peopleInvolved')
  return (
    <Field field="peopleInvolved" label={wrapup.fields.peopleInvolved} {...marks}>
      <InputNumber
        id={fieldId('peopleInvolved')}
        className={styles.wide ?? ''}
        value={value}
        min={1}
        max={1_000_000}
        precision={0}
        controls={false}
        suffix={wrapup.people}
        onChange={(next) => session.change({ peopleInvolved: typeof next === 'number' ? next : null })}
        aria-required={marks.required}
        aria-invalid={marks.invalid}
        {...(marks.invalid ? { status: 'error' as const } : {})}
      />
    </Field>
  )
}

export const ConfidentialField = () => {
  const { wrapup } = useText()
  const session = useSession()
  const value = useForm((state) => state.form.confidential)
  return (
    <Field field="confidential" label={wrapup.fields.confidential}>
      <span className={styles.switch}>
        <Switch
          id={fieldId('confidential')}
          size="small"
          checked={value}
          onChange={(confidential) => session.change({ confidential })}
        />
        <span aria-hidden="true">{value ? wrapup.confidentialYes : wrapup.confidentialNo}</span>
      </span>
    </Field>
  )
}
