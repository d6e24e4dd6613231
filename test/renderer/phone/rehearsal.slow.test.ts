// The rehearsal reads nobody's INVITE in idle moments: it must be one that is really read, and it must give way.
import { expect, test, vi } from 'vitest'
import * as glimpse from '../../../renderer/adapters/phone/glimpse.ts'
import * as repair from '../../../renderer/adapters/phone/sipRepair.ts'
import * as headers from '../../../renderer/adapters/phone/callHeaders.ts'
import { rehearse } from '../../../renderer/adapters/phone/rehearsal.ts'

test('[BAR-9] the rehearsal reads an honest INVITE as often as it may, and stops when the page has other work', () => {
  const read = vi.spyOn(repair, 'readMessage')
  const looked = vi.spyOn(glimpse, 'glance')
  const offered = vi.spyOn(headers, 'readOffer')
  const waiting: ((leftMs: () => number) => void)[] = []
  rehearse((run) => void waiting.push(run))
  expect(read).not.toHaveBeenCalled()

  waiting.shift()?.(() => 0)
  expect(read).not.toHaveBeenCalled()

  let left = 3
  waiting.shift()?.(() => (left-- > 0 ? 50 : 0))
  expect(read).toHaveBeenCalledTimes(3)

  let slices = 0
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    slices += 1
    let some = 40
    next(() => (some-- > 0 ? 50 : 0))
    expect(slices).toBeLessThan(100)
  }
  expect(slices).toBeGreaterThan(1)
  // As with a real one: looked at, then read.
  expect(looked).toHaveBeenCalledTimes(read.mock.calls.length)
  expect(offered).toHaveBeenCalledTimes(2 * read.mock.calls.length)
  const offer = { number: '13800000000', queue: '12351', callRef: '0.0' }
  for (const { value } of offered.mock.results) expect(value).toMatchObject(offer)
})
