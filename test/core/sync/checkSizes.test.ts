// What is refused before anything is written, with the limit and the field.
import { describe, expect, test } from 'vitest'
import type { Draft } from '../../../contract/wrapup.ts'
import {
  draftProblem,
  maxDraftCharacters,
  recordProblem,
  ticketProblem,
} from '../../../core/sync/checkSizes.ts'
import { pasteInto } from '../../../core/wrapup/paste.ts'
import { aForm, aRecord } from '../../makers/forms.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { aDispatch } from '../../makers/traffic.ts'

const aDraft = (over: Partial<Draft['form']>): Draft =>
  ({
    callId: callId(1),
    openedAt: morning,
    savedAt: morning,
    form: { ...aForm({}), ...over },
  }) as unknown as Draft
const written = (draft: Draft): number =>
  Object.values(draft.form).reduce<number>(
    (sum, value) => sum + (typeof value === 'string' ? value.length : 0),
    0,
  )

describe('over-long content', () => {
  test('[STORE-5] [F56] a note of twenty million characters is refused by its length, without a copy', () => {
    const huge = Buffer.alloc(40_000_000, '长', 'utf16le').toString('utf16le')
    expect(huge.length).toBe(20_000_000)
    const before = process.memoryUsage().rss
    expect(draftProblem(aDraft({ course: huge }))?.code).toBe('too_large')
    expect(recordProblem(aRecord(1, { form: aForm({ course: huge }) }))).toMatchObject({
      code: 'too_large',
      field: 'course',
    })
    expect(pasteInto('course', '', { start: 0, end: 0 }, huge).cut).toBeGreaterThan(19_900_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(20_000_000)
  })

  test('[STORE-5] [F71] a record and a work order are refused with the limit and the field', () => {
    expect(recordProblem(aRecord(1, { form: aForm() }))).toBeNull()
    const long = recordProblem(aRecord(1, { form: aForm({ cause: '长'.repeat(100_000) }) }))
    expect(long).toMatchObject({ code: 'too_large', field: 'cause' })
    expect(long?.text).toMatch(/超过 \d+ 字/)
    const wrong = recordProblem(aRecord(1, { talkMs: -1 }))
    expect(wrong).toMatchObject({ code: 'bad_input', field: 'talkMs' })
    expect(ticketProblem(aDispatch(1))).toBeNull()
    expect(ticketProblem(aDispatch(1, { title: '长'.repeat(121) }))).toMatchObject({
      code: 'too_large',
      field: 'title',
    })
    expect(ticketProblem(aDispatch(1, { title: '' }))).toMatchObject({ code: 'bad_input', field: 'title' })
  })

  test('[STORE-5] a draft may hold so much and not one character more; the longest field is named', () => {
    const rest = written(aDraft({ course: '', cause: '' }))
    const most = maxDraftCharacters - rest
    expect(draftProblem(aDraft({ course: '长'.repeat(most), cause: '' }))).toBeNull()
    expect(draftProblem(aDraft({ course: '长'.repeat(most), cause: '多' }))).toMatchObject({
      code: 'too_large',
      field: 'course',
      text: `内容共 ${maxDraftCharacters + 1} 字，超过 ${maxDraftCharacters} 字，未保存，请缩短`,
    })
    expect(draftProblem(aDraft({ cause: '长'.repeat(most), course: '多多' }))).toMatchObject({
      field: 'cause',
    })
  })
})
