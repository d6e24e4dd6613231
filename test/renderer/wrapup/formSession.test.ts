// A form that saves itself, on a clock that is told when to move.
import { expect, test } from 'vitest'
import { failed } from '../../../contract/answer.ts'
import type { Draft } from '../../../contract/wrapup.ts'
import type { SessionWorld } from '../../../renderer/wrapup/formSession.ts'
import { openSession } from '../../../renderer/wrapup/formSession.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { aForm } from '../../makers/forms.ts'
import { aReference } from '../../makers/reference.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { settled } from './deskSeat.ts'

const aSession = (saveDraft?: SessionWorld['records']['saveDraft']) => {
  const clock = manualClock(morning)
  const saved: Draft[] = []
  const keep: SessionWorld['records']['saveDraft'] = async (draft) => {
    saved.push(draft)
    return { ok: true, value: null }
  }
  const session = openSession({ clock, records: { saveDraft: saveDraft ?? keep } }, () => aReference(), {
    callId: callId(1),
    form: aForm({ cause: '' }),
    facts: {
      direction: 'inbound',
      number: '13800008000',
      name: null,
      place: null,
      offeredAt: morning,
      over: false,
    },
    openedAt: morning,
    savedAt: morning,
    wrapupMs: 0,
    refusal: null,
  })
  const pass = async (ms: number) => {
    clock.advance(ms)
    await settled()
  }
  return { clock, session, saved, pass }
}

test('[WRAP-14] what is typed is saved 300 ms after the last letter', async () => {
  const { session, saved, pass } = aSession()
  session.change({ cause: '欠' })
  await pass(200)
  session.change({ cause: '欠薪' })
  await pass(299)
  expect(saved).toEqual([])
  await pass(1)
  expect(saved.map((draft) => draft.form.cause)).toEqual(['欠薪'])
  expect(session.read().save).toEqual({ is: 'saved', at: morning + 500 })
})

test('[WARN-17] when a risk was heard, and what the agent said no to, is kept with the draft', async () => {
  const { session, saved, pass } = aSession()
  session.change({ cause: '要裁员 60 人' })
  await pass(300)
  expect(saved.at(-1)).not.toHaveProperty('risk')
  const heard = [{ rule: 'CY41', level: 'yellow', at: morning + 600 }] as const
  session.hear({ heard })
  session.hear({ dismissed: [{ rule: 'CY41', level: 'yellow' }] })
  await pass(300)
  expect(saved.at(-1)?.risk).toEqual({
    heardAt: morning + 600,
    heard,
    dismissed: [{ rule: 'CY41', level: 'yellow' }],
  })
})

test('[WRAP-14] somebody who never pauses is saved 1.5 s after the first letter', async () => {
  const { session, saved, pass } = aSession()
  for (let letter = 1; letter <= 16; letter += 1) {
    session.change({ cause: '欠'.repeat(letter) })
    await pass(100)
  }
  expect(saved.map((draft) => draft.form.cause.length)).toEqual([15])
})

test('[WRAP-14] nothing is saved in the middle of a composition, everything after it', async () => {
  const { session, saved, pass } = aSession()
  session.composing(true)
  session.change({ cause: 'qian xin' })
  await pass(5_000)
  expect(saved).toEqual([])
  session.change({ cause: '欠薪' })
  session.composing(false)
  await pass(300)
  expect(saved.map((draft) => draft.form.cause)).toEqual(['欠薪'])
})

test('[WRAP-14] leaving the form saves at once', async () => {
  const { session, saved } = aSession()
  session.change({ cause: '停' })
  expect(await session.flush()).toBe(true)
  expect(saved.map((draft) => draft.form.cause)).toEqual(['停'])
})

test('[WRAP-15] a save that fails is said in words and tried again until it succeeds', async () => {
  let full = true
  const tries: string[] = []
  const { session, pass } = aSession(async (draft) => {
    tries.push(draft.form.cause)
    return full ? failed('failed', '本机磁盘已满，内容未保存，请清理磁盘后再试') : { ok: true, value: null }
  })
  session.change({ cause: '欠薪' })
  await pass(300)
  expect(session.read().save).toEqual({ is: 'failed', text: '本机磁盘已满，内容未保存，请清理磁盘后再试' })
  await pass(1_000)
  await pass(2_000)
  await pass(5_000)
  full = false
  await pass(5_000)
  expect(tries).toEqual(Array.from({ length: 5 }, () => '欠薪'))
  expect(session.read().save.is).toBe('saved')
})

test('[WRAP-14] letters typed while a save is under way are saved by the next one', async () => {
  let finish = (): void => undefined
  const saved: string[] = []
  const { session, pass } = aSession((draft) => {
    saved.push(draft.form.cause)
    return new Promise((resolve) => {
      finish = () => resolve({ ok: true, value: null })
    })
  })
  session.change({ cause: '一' })
  await pass(300)
  session.change({ cause: '一二' })
  await pass(300)
  expect(saved).toEqual(['一'])
  finish()
  await settled()
  await pass(300)
  expect(saved).toEqual(['一', '一二'])
})

test('[WRAP-12] the draft carries the after-call work so far', async () => {
  const { session, saved, pass } = aSession()
  session.count(true)
  await pass(40_000)
  session.change({ cause: '欠薪' })
  await pass(300)
  expect(saved.at(-1)?.wrapupMs).toBe(40_300)
})

test('[WRAP-14] a filed form is not saved as a draft again', async () => {
  const { session, saved, pass } = aSession()
  session.change({ cause: '欠薪' })
  session.close()
  await pass(5_000)
  expect(saved).toEqual([])
})

test('[JRNL-11] [F59] what is typed after the clock was set back is the later one of its drafts, and says the time of now', async () => {
  const { clock, session, saved, pass } = aSession()
  session.change({ cause: '欠薪' })
  await pass(300)
  clock.jump(-3 * 86_400_000)
  session.change({ cause: '欠薪三个月' })
  await pass(300)
  const [earlier, later] = saved
  expect(later?.form.cause).toBe('欠薪三个月')
  expect(later?.savedAt).toBeGreaterThan(earlier?.savedAt ?? Infinity)
  expect(session.read().save).toEqual({ is: 'saved', at: clock.now() })
})

test('[WRAP-14] [SEAT-10] all is saved only when it is: not in a composition, and what is typed meanwhile too', async () => {
  const { session, saved } = aSession(async (draft) => {
    if (draft.form.cause === '一') session.change({ cause: '一二' })
    saved.push(draft)
    return { ok: true, value: null }
  })
  session.composing(true)
  session.change({ cause: 'yi' })
  expect(await session.flush()).toBe(false)
  session.change({ cause: '一' })
  session.composing(false)
  expect(await session.flush()).toBe(true)
  expect(saved.map((draft) => draft.form.cause)).toEqual(['一', '一二'])
})
