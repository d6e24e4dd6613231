// The desk without a screen: forms from the first ring to the record, on memory records.
import { expect, test } from 'vitest'
import { failed } from '../../../contract/answer.ts'
import { openBook } from '../../../renderer/wrapup/draftBook.ts'
import { aForm, aRecord } from '../../makers/forms.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { aDesk, settled } from './deskSeat.ts'

const typed = { ...aForm(), callerName: '王女士' }

test('[WRAP-16] a form is there and on disk from the first ring, with what the call tells', async () => {
  const desk = aDesk()
  desk.rings(1)
  expect(desk.form(callId(1))?.form.contactNumber).toBe('13800008000')
  desk.clock.advance(300)
  await settled()
  expect((await desk.drafts()).map((draft) => draft.callId)).toEqual([callId(1)])
})

test('[WRAP-4] the caller’s last call fills the form while it rings', async () => {
  const desk = aDesk()
  await desk.records.finish(aRecord(9, { form: aForm(), offeredAt: morning - 86_400_000 }))
  desk.rings(1)
  await settled()
  expect(desk.form(callId(1))?.form).toMatchObject({ callerName: '王建平', member: 'yes' })
})

test('[WRAP-4] each field takes the newest that any earlier call knew; what was emptied by hand stays empty', async () => {
  const desk = aDesk()
  const nameOnly = aForm({ callerName: '王师傅', employer: '', member: null })
  await desk.records.finish(aRecord(8, { form: nameOnly, offeredAt: morning - 3_600_000 }))
  await desk.records.finish(aRecord(9, { form: aForm(), offeredAt: morning - 86_400_000 }))
  desk.rings(1)
  await settled()
  const session = desk.book.session(callId(1))
  expect(session?.read().form).toMatchObject({
    callerName: '王师傅',
    employer: '恒泽电子（示例）有限公司',
    member: 'yes',
  })
  session?.change({ employer: '' })
  session?.fill({ callerName: '别人', employer: '恒泽电子（示例）有限公司', member: 'no' })
  expect(session?.read().form).toMatchObject({ callerName: '王师傅', employer: '', member: 'yes' })
})

test('[WRAP-16] a name written while nobody answered is kept, one that was only filled in is not', async () => {
  const desk = aDesk()
  await desk.records.finish(aRecord(9, { form: aForm(), offeredAt: morning - 86_400_000 }))
  desk.rings(1)
  await settled()
  desk.callerLeaves(callId(1))
  await settled()
  expect(desk.book.list()).toEqual([])
  desk.rings(2, '13700002046')
  desk.book.session(callId(2))?.change({ callerName: '刘师傅' })
  desk.callerLeaves(callId(2))
  await settled()
  expect(desk.form(callId(2))?.form.callerName).toBe('刘师傅')
})

test('[F70] a second call opens its form behind the one being typed in, and answering brings it to front', async () => {
  const desk = aDesk()
  desk.rings(1)
  desk.answered(callId(1))
  desk.book.session(callId(1))?.change({ course: '正在说' })
  desk.rings(2, '13700002046')
  expect(desk.store.read().openForm).toBe(callId(1))
  expect(desk.book.list().map((session) => session.callId)).toEqual([callId(1), callId(2)])
  desk.answered(callId(2))
  expect(desk.store.read().openForm).toBe(callId(2))
  expect(desk.form(callId(1))?.form.course).toBe('正在说')
})

test('[WRAP-16] the untouched form of a call nobody answered goes away with it', async () => {
  const desk = aDesk()
  desk.rings(1)
  desk.clock.advance(300)
  await settled()
  desk.callerLeaves(callId(1))
  await settled()
  expect(desk.book.list()).toEqual([])
  expect(await desk.drafts()).toEqual([])
})

test('[WRAP-16] words written about a call nobody answered are kept as a draft', async () => {
  const desk = aDesk()
  desk.rings(1)
  desk.book.session(callId(1))?.change({ cause: '来电人又挂了，昨天问过社保' })
  desk.callerLeaves(callId(1))
  await settled()
  desk.clock.advance(300)
  await settled()
  expect((await desk.drafts()).map((draft) => draft.form.cause)).toEqual(['来电人又挂了，昨天问过社保'])
})

test('[F49] after a reload the draft is opened again with every word, its call over', async () => {
  const desk = aDesk()
  desk.rings(1)
  desk.answered(callId(1))
  desk.book.session(callId(1))?.change({ course: '上周五下午部门开会' })
  await desk.book.flushAll()
  desk.callerLeaves(callId(1))
  desk.tell({ type: 'readyPressed' })
  const reloaded = openBook(desk)
  expect(await reloaded.open(callId(1))).toBe(true)
  expect(reloaded.session(callId(1))?.read()).toMatchObject({
    facts: { over: true, number: '13800008000' },
    form: { course: '上周五下午部门开会' },
    refusal: null,
  })
})

test('[STORE-3] [F58] a form filed while the clock was a day ahead can be corrected, and every word is kept', async () => {
  const desk = aDesk()
  desk.clock.jump(86_400_000)
  desk.rings(1)
  desk.answered(callId(1))
  desk.book.session(callId(1))?.change(typed)
  desk.callerLeaves(callId(1))
  expect(await desk.file(callId(1))).toBe(true)
  desk.clock.jump(-86_400_000)
  expect(await desk.book.open(callId(1))).toBe(true)
  desk.book.session(callId(1))?.change({ course: '补充的经过' })
  expect(await desk.book.flushAll()).toBe(true)
  expect((await desk.drafts()).map(({ form }) => form.course)).toEqual(['补充的经过'])
})

test('a form that is nowhere is not opened', async () => {
  expect(await aDesk().book.open(callId(77))).toBe(false)
})

test('calls between seats have no form', () => {
  const desk = aDesk()
  desk.tell({
    type: 'offered',
    call: { ...emptyCall, callId: callId(1), number: '1002', internal: true },
  })
  expect(desk.book.list()).toEqual([])
})

const emptyCall = { name: null, place: null, queue: null, callRef: null, legId: null, queuedMs: null }

test('[SEAT-10] [WRAP-15] words the disk does not take are known before the seat is left', async () => {
  let full = true
  const desk = aDesk((records) => ({
    saveDraft: async (draft) => (full ? failed('failed', '本机磁盘已满') : records.saveDraft(draft)),
  }))
  desk.rings(1)
  desk.clock.advance(0)
  desk.book.session(callId(1))?.change({ course: '刚打的字' })
  expect(await desk.book.flushAll()).toBe(false)
  full = false
  expect(await desk.book.flushAll()).toBe(true)
  expect((await desk.drafts())[0]?.form.course).toBe('刚打的字')
})

test('[STORE-3] a draft that cannot be read opens nothing, and is there again, untouched, when it can', async () => {
  let broken = false
  const desk = aDesk((records) => ({
    drafts: async () => (broken ? failed('failed', '本机存储 5 秒没有响应') : records.drafts()),
  }))
  await desk.records.finish(aRecord(1))
  const draft = { openedAt: morning, savedAt: morning, wrapupMs: 4_000 }
  await desk.records.saveDraft({ callId: callId(1), form: typed, ...draft })
  const before = await desk.drafts()
  broken = true
  expect(await desk.book.open(callId(1))).toBe(false)
  expect(desk.book.list()).toEqual([])
  desk.clock.advance(10_000)
  expect(await desk.book.flushAll()).toBe(true)
  broken = false
  expect(await desk.drafts()).toEqual(before)
  expect(await desk.book.open(callId(1))).toBe(true)
  expect(desk.form(callId(1))?.form).toEqual(typed)
})
