// Two windows of one person, on the runtime's own locks.
import { expect, test } from 'vitest'
import { isSeatTaken, takeSeat } from '../../renderer/adapters/seatLock.ts'

const { locks } = navigator

test('[F52] a second window gets no seat until the first has let it go', async () => {
  const first = await takeSeat(locks, 'hotline-c1-1001')
  expect(await takeSeat(locks, 'hotline-c1-1001', 20)).toBeNull()
  first?.()
  const again = await takeSeat(locks, 'hotline-c1-1001')
  expect(again).not.toBeNull()
  again?.()
})

test('[F52] before it signs in, a second window can see that this person works in another one', async () => {
  expect(await isSeatTaken(locks, '1001')).toBe(false)
  const leave = await takeSeat(locks, 'hotline-c1-1001')
  expect(await isSeatTaken(locks, '1001')).toBe(true)
  expect(await isSeatTaken(locks, '001')).toBe(false)
  expect(await isSeatTaken(locks, '1002')).toBe(false)
  leave?.()
})
