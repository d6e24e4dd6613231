// An exported list: whole, as it is seen on screen, harmless in a spreadsheet, and stopped when told to.
import papa from 'papaparse'
import { expect, test } from 'vitest'
import type { Answer } from '../../../contract/answer.ts'
import { done, failed } from '../../../contract/answer.ts'
import { csvLines, csvMark } from '../../../renderer/adapters/csv.ts'
import type { Part } from '../../../renderer/export/gather.ts'
import { gather, sheetOf } from '../../../renderer/export/gather.ts'
import { callRow, callWords } from '../../../renderer/records/callWords.ts'
import { texts } from '../../../renderer/text/catalogue.ts'
import { ticketRow } from '../../../renderer/tickets/ticketSheet.ts'
import { aReference } from '../../makers/reference.ts'
import { morning } from '../../makers/stamps.ts'
import { aTicket } from '../../makers/tickets.ts'
import { aSummary } from '../../makers/traffic.ts'

const text = texts['zh-CN']
const reference = aReference()
const read = (csv: string): readonly string[][] =>
  papa.parse(csv.replace(csvMark, ''), { skipEmptyLines: true }).data

test('[EXPORT-3] no cell is a formula to a spreadsheet, of one line or several; all else is as it was written', () => {
  const evil = [
    '=1+1',
    '+86 1',
    '-2',
    '@sum',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1',
    '＋1',
    '－1',
    '＠a',
    '=HYPERLINK("x")\n第二行',
  ]
  expect(read(csvLines(evil.map((cell) => [cell])))).toEqual(evil.map((cell) => [`'${cell}`]))
  const good = ['王建平', '138****8000', '逗号，,引号"和\n换行', '', ' 前面有空格', '1=1', '派单-1']
  expect(read(csvLines([good]))).toEqual([good])
  expect(csvMark).toBe('\uFEFF')
  expect(csvLines([['a', 'b']])).toBe('a,b\r\n')
  expect(csvLines([])).toBe('')
})

test('[EXPORT-1] a call is in the file as on screen: the number masked, nothing else of it', () => {
  const call = aSummary(3, { number: '13812345678', callerName: '王建平' })
  const row = callRow(call, text, reference)
  expect(row).toHaveLength(text.exporting.callHead.length)
  expect(row[3]).toBe(callWords(call, text, reference).number)
  expect(row[3]).toBe('138****5678')
  expect(row.join()).not.toContain('12345678')
  expect(row[0]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d$/)
  expect(callRow({ ...call, number: '' }, text, reference)[3]).toBe(text.records.withheld)
  const nobody = { ...call, outcome: 'failed', endCause: { protocol: 'SIP', code: 404 } } as const
  expect(callRow(nobody, text, reference)[6]).toBe('空号')
})

test('[EXPORT-2] a work order is in the file with state, unit and limit, and no telephone number', () => {
  const centre = aTicket(1, { state: 'signed' })
  const row = ticketRow(
    { dispatch: centre.dispatch, number: centre.number, centre, unsent: null },
    text,
    reference,
  )
  expect(row).toHaveLength(text.exporting.ticketHead.length)
  expect(row.slice(0, 2)).toEqual([centre.number, '办理中'])
  expect(row).toContain(centre.dispatch.plan.departmentName)
  expect(row.join()).not.toContain(centre.dispatch.contactNumber)
})

/** So many items in parts of 10, as a store hands them out. */
const store =
  (count: number) =>
  async (last: number | null): Promise<Answer<Part<number>>> => {
    const from = (last ?? 0) + 1
    const items = Array.from({ length: Math.max(0, Math.min(10, count - from + 1)) }, (_, at) => from + at)
    return done({ items, isLast: items.length < 10 })
  }
const row = (item: number) => [String(item)]

test('[EXPORT-1] all that fits is gathered once, part by part, and how far it is is told', async () => {
  for (const count of [0, 1, 10, 25]) {
    const told: number[] = []
    const answer = await gather(store(count), row, (so) => told.push(so), new AbortController().signal)
    if (!answer?.ok) throw new Error('it was not gathered')
    expect(answer.value.count).toBe(count)
    expect(read(answer.value.pieces.join(''))).toEqual(
      Array.from({ length: count }, (_, at) => [String(at + 1)]),
    )
    expect(told.at(-1)).toBe(count)
  }
  expect(sheetOf([['a']])).toEqual({ count: 1, pieces: ['a\r\n'] })
})

test('[EXPORT-5] stopped in the middle there is no file, and what fails says why', async () => {
  const job = new AbortController()
  const stop = (count: number) => {
    if (count === 20) job.abort()
  }
  expect(await gather(store(1_000), row, stop, job.signal)).toBeNull()
  const broken = async () => failed('failed', '本机数据库没有回答')
  expect(await gather(broken, row, () => undefined, new AbortController().signal)).toMatchObject({
    ok: false,
    problem: { text: '本机数据库没有回答' },
  })
})

test('[EXPORT-1] the day of a call is Beijing’s', () => {
  expect(callRow(aSummary(1, { offeredAt: morning }), text, reference)[0]).toMatch(/^2026-11-\d\d /)
})
