// One action however often it is clicked; another one when its words are others.
import { expect, test } from 'vitest'
import { openActionIds } from '../../../renderer/actionIds.ts'
import { callId } from '../../makers/stamps.ts'

test('[TICKET-3] [WARN-12] a repeated click is one action, what was put right after a lost answer another', () => {
  let made = 0
  const ids = openActionIds(() => callId((made += 1)))
  const reply = { do: 'reply', text: '已约谈企业' }
  const first = ids.of(reply)
  expect(ids.of({ ...reply })).toBe(first)
  expect(ids.of({ ...reply, text: '已约谈企业，周五前补发' })).not.toBe(first)
  ids.answered({ ...reply })
  expect(ids.of(reply)).not.toBe(first)
})
