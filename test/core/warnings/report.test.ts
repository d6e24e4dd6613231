// What is reported of a form, and how it is changed afterwards.
import { expect, test } from 'vitest'
import type { AccountId } from '../../../contract/ids.ts'
import { WarningReport } from '../../../contract/warnings.ts'
import { emptyForm } from '../../../contract/wrapup.ts'
import { actionsOn } from '../../../core/warnings/event.ts'
import {
  changedReport,
  editedReport,
  graverReport,
  isSaidIn,
  newReport,
  phonedReport,
  wordOn,
} from '../../../core/warnings/report.ts'
import { aForm } from '../../makers/forms.ts'
import { aReport, aTold, warningId } from '../../makers/reports.ts'
import { callId, morning } from '../../makers/stamps.ts'

const call = { id: callId(1), agent: '1001' as AccountId, practice: false }
const quotes = [{ field: 'cause', text: '裁员', start: 12, end: 14 }]
const later = morning + 30 * 60_000
const raising = { id: warningId(1), call, level: 'yellow', rule: 'CY41', quotes, people: 60 } as const

test('[WARN-16] one key raises it with what the form knows, the form’s own number before the text’s', () => {
  const report = newReport({ ...raising, form: aForm(), people: 99, heardAt: morning, at: morning + 5_000 })
  expect(WarningReport.parse(report)).toEqual(report)
  expect(report).toMatchObject({
    rev: 1,
    employer: '恒泽电子（示例）有限公司',
    people: 60,
    quotes: ['裁员'],
    cause: '公司通知产线调整，要裁员。先让大家签“自愿离职”。',
    acts: '上周五下午部门开会口头通知，名单上有 60 多人。',
    heardAt: morning,
    raisedAt: morning + 5_000,
  })
})

test('[WARN-16] a form with nothing but words is enough, however long they are', () => {
  const form = { ...emptyForm, course: '裁'.repeat(8_000) }
  const report = newReport({ ...raising, form, heardAt: morning + 9_000, at: morning })
  expect(WarningReport.safeParse(report).success).toBe(true)
  expect([report.cause.length, report.acts.length, report.people]).toEqual([200, 2_000, 60])
  // A clock set back meanwhile does not make it heard after it was raised.
  expect(report.heardAt).toBe(morning)
})

test('[WARN-16] what is added is one revision on, graver if need be and never milder; nothing new changes nothing', () => {
  const report = aReport(1, { level: 'yellow' })
  expect(changedReport(report, { demands: report.demands }, later)).toBe(null)
  expect(changedReport(report, { level: 'blue' }, later)).toBe(null)
  expect(changedReport(report, { level: 'red', staff: 900 }, later)).toEqual({
    ...report,
    rev: 2,
    level: 'red',
    staff: 900,
    graverHeardAt: later,
  })
})

test('[WARN-16] what was left alone in the dialog overwrites nothing that was told since it was opened', () => {
  const opened = aReport(1, { level: 'yellow', people: 60, acts: '名单上有 60 多人。', quotes: ['裁员'] })
  const quoted = [{ field: 'course', text: '400 多人', start: 3, end: 9 }]
  const form = aForm({ course: '工人把路堵了。', peopleInvolved: 400 })
  const lifted =
    graverReport(opened, { level: 'red', form, quotes: quoted, people: 400, heardAt: later }) ?? opened
  const present = phonedReport(lifted, { code: 'ZBS', name: '值班室', at: morning, reached: true })
  expect(editedReport(opened, opened, present, later + 1)).toBe(null)
  expect(editedReport(opened, { ...opened, demands: '当面答复' }, present, later + 1)).toEqual({
    ...present,
    rev: 4,
    demands: '当面答复',
  })
  // Typed in the same field: both stay, and the number is not made smaller.
  const edited = { ...opened, level: 'orange' as const, people: 80, acts: '名单上有 80 多人。' }
  expect(editedReport(opened, edited, present, later + 1)).toEqual({
    ...present,
    rev: 4,
    people: 400,
    acts: '名单上有 80 多人。\n工人把路堵了。',
  })
  // Nothing was told meanwhile: what is typed is what counts.
  expect(editedReport(opened, { ...opened, people: 30, acts: '名单。' }, opened, later + 1)).toMatchObject({
    people: 30,
    acts: '名单。',
  })
})

test('[WARN-20] what becomes graver says why, and loses nothing that was told', () => {
  const first = newReport({ ...raising, form: aForm(), people: 60, heardAt: morning, at: morning })
  const told = changedReport(first, { address: '北门', demands: '当面答复' }, later) ?? first
  const now = {
    level: 'red' as const,
    people: 400,
    quotes: [{ field: 'course', text: '400 多人', start: 3, end: 9 }] as const,
    heardAt: later,
  }
  const grown = `${first.acts}又来了一批，有 400 多人。`
  const graver = graverReport(told, { ...now, form: aForm({ course: grown, peopleInvolved: null }) })
  expect(graver).toEqual({
    ...told,
    rev: 3,
    level: 'red',
    people: 400,
    quotes: ['裁员', '400 多人'],
    acts: grown,
    graverHeardAt: later,
  })
  expect(graver && isSaidIn(told, graver)).toBe(true)
  // Words typed anew stand beside the old ones; a smaller number in the form takes no people away.
  const anew = graverReport(told, {
    ...now,
    people: null,
    form: aForm({ course: '堵了厂门', peopleInvolved: 20 }),
  })
  expect(anew).toMatchObject({ people: 60, acts: `${told.acts}\n堵了厂门` })
  expect(anew && isSaidIn(told, anew)).toBe(true)
  // As long as may be.
  const full = { ...told, acts: '长'.repeat(2_000), quotes: Array.from({ length: 8 }, (_, at) => `词${at}`) }
  const fits = graverReport(full, { ...now, form: aForm({ course: '堵了厂门' }) })
  expect(WarningReport.safeParse(fits).success).toBe(true)
  expect(fits?.quotes).toContain('400 多人')
})

test('[WARN-19] what a later report holds longer, graver or further is said in it; what it lacks is not', () => {
  const phoned = [{ code: 'ZBS', name: '值班室', at: morning, reached: true }]
  const late = aReport(1, { level: 'yellow', people: 60, demands: '补发工资', staff: null })
  const later = {
    ...late,
    rev: 3,
    level: 'red' as const,
    people: 90,
    demands: '补发工资，当面答复',
    staff: 900,
    phoned,
    graverHeardAt: morning + 1,
  }
  expect(isSaidIn(late, later)).toBe(true)
  // Order of fields and time of saving say nothing.
  expect(isSaidIn({ ...late, phoned, graverHeardAt: morning }, later)).toBe(true)
  const says = [
    { demands: '要求见总经理' },
    { level: 'red' as const },
    { people: 61 },
    { staff: 800 },
    { congress: 'yes' as const },
    { phoned: [{ ...phoned[0], at: morning + 1 }] },
    { quotes: ['停工'] },
  ]
  const calm = { ...late, rev: 3, phoned }
  for (const more of says)
    expect(isSaidIn({ ...late, ...more } as typeof late, calm), JSON.stringify(more)).toBe(false)
})

test('[WARN-8] who was phoned, when, and whether they answered stands in the report, in order', () => {
  const first = { code: 'ZBS', name: '值班室', at: morning, reached: false }
  const second = { ...first, at: morning + 60_000, reached: true }
  const report = phonedReport(phonedReport(aReport(1), first), second)
  expect([report.rev, report.phoned]).toEqual([3, [first, second]])
})

test('[WARN-12] what may be done to an event depends on where it stands', () => {
  expect((['open', 'signed', 'closed'] as const).map(actionsOn)).toEqual([
    ['sign'],
    ['order', 'progress', 'close'],
    [],
  ])
})

test('[WARN-18] what the centre told holds for what is here unless that is graver than it has heard', () => {
  const signed = aTold(1, { report: aReport(1, { level: 'yellow' }), level: 'yellow', state: 'signed' })
  const here = (rev: number, level: WarningReport['level']) => wordOn(aReport(1, { rev, level }), signed)
  expect(here(1, 'yellow')).toBe(signed)
  expect(here(2, 'yellow')).toBe(signed)
  expect(here(2, 'red')).toBeNull()
  // A colleague's report has made the event as grave as that.
  expect(wordOn(aReport(1, { rev: 2, level: 'red' }), { ...signed, level: 'red' })).not.toBeNull()
  expect(wordOn(aReport(1), null)).toBeNull()
})
