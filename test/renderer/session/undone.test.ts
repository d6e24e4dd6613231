import { expect, test } from 'vitest'
import { done } from '../../../contract/answer.ts'
import { watchUndone } from '../../../renderer/session/undone.ts'
import { aForm } from '../../makers/forms.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { aDesk, settled } from '../wrapup/deskSeat.ts'

test('[DESK-8] [DESK-19] forms left for later and of earlier days count as not filed, and attachments as not sent', async () => {
  const desk = aDesk()
  const draft = { form: aForm(), openedAt: morning, savedAt: morning, wrapupMs: 0 }
  await desk.records.saveDraft({ callId: callId(9), ...draft })
  let files = 2
  const listeners = new Set<() => void>()
  const attachments = {
    waiting: async () => done(files),
    listen: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  let changes = 0
  const undone = watchUndone({ ...desk, attachments }, () => (changes += 1))
  await settled()
  expect([undone.unfiled(), undone.files()]).toEqual([1, 2])
  desk.rings(1)
  desk.answered(callId(1))
  desk.clock.advance(300)
  await settled()
  // Of a call on the line nothing is to be filed yet.
  expect(undone.unfiled()).toBe(1)
  desk.book.session(callId(1))?.change(aForm())
  desk.callerLeaves(callId(1))
  desk.tell({ type: 'readyPressed' })
  await settled()
  expect(desk.store.read().seat).toMatchObject({ wrapups: [] })
  expect(undone.unfiled()).toBe(2)
  const before = changes
  await desk.file(callId(1))
  files = 0
  for (const listener of listeners) listener()
  await settled()
  expect([undone.unfiled(), undone.files()]).toEqual([1, 0])
  expect(changes).toBeGreaterThan(before)
  undone.stop()
  expect(listeners.size).toBe(0)
})
