// More about a warning, for the event file: opened by the agent only, kept short, every field optional.
import { Button, Input, InputNumber } from 'antd'
import { Fragment, useEffect, useId, useState } from 'react'
import type { WarningReport } from '../../contract/warnings.ts'
import { WarningLevel, WarningReport as Report, WarningSource } from '../../contract/warnings.ts'
import { isGraver } from '../../core/warnings/levels.ts'
import { editedReport } from '../../core/warnings/report.ts'
import { maskNumber } from '../../core/privacy/mask.ts'
import { ariaKeys, useKeys } from '../app/useKeys.ts'
import { Choice } from '../kit/Choice.tsx'
import { KeyCap } from '../kit/KeyCap.tsx'
import { DeskDialog } from '../softphone/DeskDialog.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './FileDialog.module.css'
import { useLevelName } from './useLevelName.ts'
import type { Risk } from './useRisk.ts'

type Props = { readonly risk: Risk; readonly report: WarningReport; readonly onClose: () => void }

type TextName = 'employer' | 'address' | 'cause' | 'acts' | 'demands' | 'contactName'
const known = ['congress', 'unionHeard', 'registered', 'hasUnion'] as const
const counts = ['people', 'staff'] as const
const most = (field: TextName): number => Report.shape[field].maxLength ?? 0

export const FileDialog = ({ risk, report, onClose }: Props) => {
  const { warnings: words } = useText()
  const keys = useKeys()
  const nameOf = useLevelName()
  const id = useId()
  const { onCommand, clock } = useWorkplace()
  const [opened] = useState(report)
  const [file, setFile] = useState(opened)
  const set = (change: Partial<WarningReport>) => setFile((now) => ({ ...now, ...change }))
  const save = () => {
    const next = editedReport(opened, file, report, clock.now())
    if (next) void risk.change(next).then((kept) => (kept ? onClose() : undefined))
    else onClose()
  }
  // While it is open the key of 提交 is its own.
  useEffect(() => onCommand('submit', save))
  const text = (field: TextName, lines?: { readonly hint: string }) => {
    const common = {
      id: `${id}-${field}`,
      className: styles.wide ?? '',
      value: file[field],
      maxLength: most(field),
      autoComplete: 'off',
      onChange: (event: { target: { value: string } }) => set({ [field]: event.target.value }),
    }
    return (
      <>
        <label htmlFor={common.id} className={styles.label}>
          {words.fields[field]}
        </label>
        {lines ? (
          <Input.TextArea {...common} placeholder={lines.hint} autoSize={{ minRows: 2, maxRows: 4 }} />
        ) : (
          <Input {...common} />
        )}
      </>
    )
  }
  const choice = <V extends string>(
    label: string,
    options: readonly { readonly value: V; readonly label: string }[],
    value: V | null,
    onChange: (value: V) => void,
    wide: boolean,
  ) => (
    <>
      <span className={styles.label} aria-hidden="true">
        {label}
      </span>
      <div className={wide ? styles.wide : ''}>
        <Choice size="small" label={label} options={options} value={value} onChange={onChange} />
      </div>
    </>
  )
  const answers = (['yes', 'no', 'unknown'] as const).map((value) => ({ value, label: words.known[value] }))
  const sources = WarningSource.options.map((value) => ({ value, label: words.source[value] }))
  const levels = WarningLevel.options
    .filter((level) => !isGraver(report.level, level))
    .map((value) => ({ value, label: nameOf(value) }))
  return (
    <DeskDialog
      title={words.fileTitle(nameOf(report.level))}
      width={720}
      onClose={onClose}
      footer={[
        <Button key="cancel" onClick={onClose}>
          {words.cancel}
        </Button>,
        <Button key="save" type="primary" aria-keyshortcuts={ariaKeys(keys.submit)} onClick={save}>
          {words.fileSave}
          <KeyCap keys={keys.submit} />
        </Button>,
      ]}
    >
      <div className={styles.rows}>
        {text('employer')}
        {text('address')}
        {counts.map((field) => (
          <Fragment key={field}>
            <label htmlFor={`${id}-${field}`} className={styles.label}>
              {words.fields[field]}
            </label>
            <InputNumber
              id={`${id}-${field}`}
              className={styles.number ?? ''}
              value={file[field]}
              min={1}
              max={1_000_000}
              precision={0}
              controls={false}
              suffix={words.people}
              onChange={(value) => set({ [field]: typeof value === 'number' ? value : null })}
            />
          </Fragment>
        ))}
        {text('cause')}
        {text('acts', { hint: words.fileHint.acts })}
        {text('demands', { hint: words.fileHint.demands })}
        <label htmlFor={`${id}-contactName`} className={styles.label}>
          {words.fields.contactName}
        </label>
        <Input
          id={`${id}-contactName`}
          value={file.contactName}
          maxLength={most('contactName')}
          autoComplete="off"
          onChange={(event) => set({ contactName: event.target.value })}
        />
        <span className={styles.label}>{words.fields.contactNumber}</span>
        <span>{file.contactNumber === '' ? '—' : maskNumber(file.contactNumber)}</span>
        {choice(words.fields.source, sources, file.source, (source) => set({ source }), true)}
        {known.map((field) => (
          <Fragment key={field}>
            {choice(words.fields[field], answers, file[field], (value) => set({ [field]: value }), false)}
          </Fragment>
        ))}
        {choice(words.level, levels, file.level, (level) => set({ level }), true)}
        {risk.problem === null ? null : (
          <strong className={styles.problem} role="alert">
            {words.notSaved(risk.problem)}
          </strong>
        )}
      </div>
    </DeskDialog>
  )
}
