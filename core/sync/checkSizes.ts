// Whether a record, a work order or a draft may be stored at all. Asked before anything is written, so that an
// over-long paste is refused with a number instead of being carried about for ever [F71].
import type { z } from 'zod'
import type { Problem } from '../../contract/answer.ts'
import { CallRecord } from '../../contract/softphone.ts'
import { TicketDispatch } from '../../contract/tickets.ts'
import { WarningReport } from '../../contract/warnings.ts'
import type { Draft } from '../../contract/wrapup.ts'

/** A draft may exceed the form's limits while it is being shortened, but not without end. */
export const maxDraftCharacters = 200_000

const firstProblem = (error: z.ZodError): Problem => {
  const issue = error.issues[0]
  const field = (issue?.path ?? []).join('.').replace(/^form\./, '')
  if (issue?.code === 'too_big' && issue.origin === 'string')
    return { code: 'too_large', text: `内容超过 ${issue.maximum} 字，未保存，请缩短后再提交`, field }
  return { code: 'bad_input', text: '有一项内容不合要求，未提交，请检查后再提交', field }
}

export const recordProblem = (record: CallRecord): Problem | null => {
  const checked = CallRecord.safeParse(record)
  return checked.success ? null : firstProblem(checked.error)
}

export const ticketProblem = (ticket: TicketDispatch): Problem | null => {
  const checked = TicketDispatch.safeParse(ticket)
  return checked.success ? null : firstProblem(checked.error)
}

export const warningProblem = (report: WarningReport): Problem | null => {
  const checked = WarningReport.safeParse(report)
  return checked.success ? null : firstProblem(checked.error)
}

export const draftProblem = (draft: Draft): Problem | null => {
  const fields = Object.entries(draft.form).map(([name, value]) => ({
    name,
    length: typeof value === 'string' ? value.length : 0,
  }))
  const length = fields.reduce((sum, field) => sum + field.length, 0)
  if (length <= maxDraftCharacters) return null
  const longest = fields.reduce((most, next) => (next.length > most.length ? next : most))
  return {
    code: 'too_large',
    text: `内容共 ${length} 字，超过 ${maxDraftCharacters} 字，未保存，请缩短`,
    field: longest.name,
  }
}
