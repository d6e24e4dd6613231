// Two versions of one work order, side by side.
import { expect, test } from 'vitest'
import { conflictOf } from '../../../core/tickets/conflict.ts'
import { aDispatch, aTicket } from '../../makers/traffic.ts'

test('[F62] [TICKET-14] the refused version and the centre’s are shown where they differ, and only then', () => {
  const ours = aDispatch(1, { rev: 2, cause: '本机写的起因' })
  const centre = aTicket(1, { dispatch: aDispatch(1, { rev: 2, contactNumber: '138****8000' }) })
  const ticket = { dispatch: ours, number: centre.number, centre }
  expect(conflictOf({ ...ticket, unsent: 'parked' })).toEqual([
    { field: 'cause', ours: '本机写的起因', centre: centre.dispatch.cause },
  ])
  expect(conflictOf({ ...ticket, unsent: 'waiting' })).toEqual([])
  expect(conflictOf({ ...ticket, unsent: null })).toEqual([])
  expect(conflictOf({ ...ticket, centre: null, unsent: 'parked' })).toEqual([])
  const plan = { ...ours.plan, departmentName: '别的部', note: '请加急' }
  const moved = conflictOf({ ...ticket, dispatch: { ...ours, plan }, unsent: 'parked' })
  expect(moved.map(({ field }) => field)).toEqual(['cause', 'department', 'note'])
})
