// The desk without a screen: a form is submitted, on memory records.
import { expect, test } from 'vitest'
import { done, failed } from '../../../contract/answer.ts'
import { aForm, aRecord } from '../../makers/forms.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { aDesk, settled } from './deskSeat.ts'

const typed = { ...aForm(), callerName: '王女士' }

test('[WRAP-7] the form of an answered call is filed once its caller has left', async () => {
  const desk = aDesk()
  desk.rings(1)
  desk.answered(callId(1))
  desk.book.session(callId(1))?.change(typed)
  desk.clock.advance(60_000)
  desk.callerLeaves(callId(1))
  desk.clock.advance(20_000)
  expect(await desk.file(callId(1))).toBe(true)
  const stored = await desk.records.read(callId(1))
  expect(stored).toMatchObject({
    ok: true,
    value: { rev: 2, wrapupMs: 20_000, talkMs: 60_000, endedBy: 'caller', form: { callerName: '王女士' } },
  })
  expect(desk.book.list()).toEqual([])
  expect(desk.store.read().seat).toMatchObject({ wrapups: [] })
  const sent = await desk.records.tickets(10)
  expect(sent.ok && sent.value.map(({ dispatch }) => dispatch.localNumber)).toEqual(['L1001-1123-001'])
})

test('[F67] pressing submit twice files one record and one work order', async () => {
  const desk = aDesk()
  desk.rings(1)
  desk.answered(callId(1))
  desk.book.session(callId(1))?.change(typed)
  desk.callerLeaves(callId(1))
  const session = desk.book.session(callId(1))
  const both = await Promise.all([desk.file(callId(1)), desk.file(callId(1))])
  expect(both).toEqual([true, false])
  expect(session?.read().problem).toBeNull()
  const rows = await desk.outbox.list(10)
  expect(rows.ok && rows.value.map((row) => [row.kind, row.rev])).toEqual([
    ['call', 2],
    ['ticket', 1],
  ])
})

test('[WRAP-29] what is written while the form is being filed stays, as a correction of what was filed', async () => {
  let disk = () => {}
  const slow = new Promise<void>((resolve) => {
    disk = resolve
  })
  const desk = aDesk((records) => ({
    file: async (...filing) => {
      await slow
      return records.file(...filing)
    },
  }))
  desk.rings(1)
  desk.answered(callId(1))
  desk.book.session(callId(1))?.change(typed)
  desk.callerLeaves(callId(1))
  const filing = desk.file(callId(1))
  await settled()
  expect(desk.form(callId(1))?.filing).toBe(true)
  desk.book.session(callId(1))?.change({ nextStep: '存的时候写的' })
  desk.clock.advance(1)
  disk()
  expect(await filing).toBe(true)
  expect(desk.store.read().openForm).toBe(callId(1))
  const stays = { filing: false, ordered: true, refusal: '', form: { nextStep: '存的时候写的' } }
  expect(desk.form(callId(1))).toMatchObject({ ...stays, wroteOn: true, filed: { nextStep: '' } })
  // It is a draft like any other, and goes in as the next revision of the same work order.
  expect(await desk.book.flushAll()).toBe(true)
  expect((await desk.drafts()).map(({ form }) => form.nextStep)).toEqual(['存的时候写的'])
  expect(await desk.file(callId(1))).toBe(true)
  expect(desk.book.list()).toEqual([])
  const rows = await desk.outbox.list(10)
  expect(rows.ok && rows.value.map((row) => [row.kind, row.rev])).toEqual([
    ['call', 3],
    ['ticket', 2],
  ])
})

test('[WRAP-15] a form that cannot be stored stays open and says why', async () => {
  const desk = aDesk(() => ({
    file: async () => failed('failed', '本机磁盘已满，内容未保存，请清理磁盘后再试'),
  }))
  desk.rings(1)
  desk.answered(callId(1))
  desk.book.session(callId(1))?.change(typed)
  desk.callerLeaves(callId(1))
  expect(await desk.file(callId(1))).toBe(false)
  expect(desk.form(callId(1))).toMatchObject({
    filing: false,
    problem: '本机磁盘已满，内容未保存，请清理磁盘后再试',
    form: { callerName: '王女士' },
  })
})

test('[WRAP-7] a refused form is opened with the centre’s words, corrected and sent as the next revision', async () => {
  const desk = aDesk()
  desk.rings(1)
  desk.answered(callId(1))
  desk.book.session(callId(1))?.change(typed)
  desk.callerLeaves(callId(1))
  await desk.file(callId(1))
  const rows = await desk.outbox.list(10)
  const ticket = rows.ok ? rows.value.find((row) => row.kind === 'ticket') : undefined
  if (!ticket) throw new Error('the work order was not put into the outbox')
  const { seq, id, kind } = ticket
  await desk.outbox.settle([
    { seq, id, kind, fate: 'park', text: '承办单位不存在', field: 'plan', at: desk.clock.now() },
  ])
  expect(await desk.book.open(callId(1))).toBe(true)
  expect(desk.form(callId(1))).toMatchObject({ refusal: '承办单位不存在', form: { callerName: '王女士' } })
  desk.book.session(callId(1))?.change({ topic: 'wages' })
  expect(await desk.file(callId(1))).toBe(true)
  const again = await desk.outbox.list(10)
  expect(again.ok && again.value.map((row) => [row.kind, row.rev, row.state])).toEqual([
    ['call', 3, 'waiting'],
    ['ticket', 2, 'waiting'],
  ])
})

test('[WRAP-24] a form whose work order is on its way stays one that dispatches; one whose order was refused need not', async () => {
  const desk = aDesk()
  desk.rings(1)
  desk.answered(callId(1))
  desk.book.session(callId(1))?.change(typed)
  expect(desk.form(callId(1))?.ordered).toBe(false)
  desk.callerLeaves(callId(1))
  await desk.file(callId(1))
  await desk.book.open(callId(1))
  expect(desk.form(callId(1))).toMatchObject({ ordered: true, refusal: '' })
  desk.book.close(callId(1))
  const rows = await desk.outbox.list(10)
  const ticket = rows.ok ? rows.value.find((row) => row.kind === 'ticket') : undefined
  if (!ticket) throw new Error('the work order was not put into the outbox')
  const { seq, id, kind } = ticket
  await desk.outbox.settle([
    { seq, id, kind, fate: 'park', text: '承办单位不存在', field: 'plan', at: desk.clock.now() },
  ])
  await desk.book.open(callId(1))
  expect(desk.form(callId(1))?.ordered).toBe(false)
})

test('[WRAP-7] [F43] a draft whose record a wiped store has lost is filed on the record the centre has', async () => {
  let isThere = false
  const desk = aDesk(undefined, () =>
    isThere ? done(aRecord(1)) : failed('unreachable', '连不上中心服务器，恢复后自动上传'),
  )
  const draft = { openedAt: morning, savedAt: morning, wrapupMs: 4_000 }
  await desk.records.saveDraft({ callId: callId(1), form: typed, ...draft })
  expect(await desk.book.open(callId(1))).toBe(true)
  expect(await desk.file(callId(1))).toBe(false)
  // Not the line's sentence: nothing of this goes up by itself.
  expect(desk.form(callId(1))?.problem).toBe('')
  expect(await desk.drafts()).toHaveLength(1)
  isThere = true
  expect(await desk.file(callId(1))).toBe(true)
  expect(await desk.records.read(callId(1))).toMatchObject({
    ok: true,
    value: { rev: 2, callRef: aRecord(1).callRef, form: { callerName: '王女士' } },
  })
  expect(await desk.drafts()).toEqual([])
})
