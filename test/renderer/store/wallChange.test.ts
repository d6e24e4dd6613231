// The wall after its page was left: what comes late on the line is no wall.
import { expect, test } from 'vitest'
import type { FeedDown, FeedUp } from '../../../contract/feed.ts'
import type { AccountId, Extension } from '../../../contract/ids.ts'
import type { SeatStatus } from '../../../contract/seat.ts'
import { openFeed } from '../../../renderer/adapters/feed.ts'
import type { SessionKeeper } from '../../../renderer/adapters/session.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { morning } from '../../makers/stamps.ts'
import { until } from '../../server/until.ts'

const aSeat = (agent: string, phase: SeatStatus['phase'] = 'ready'): SeatStatus => ({
  agent: agent as AccountId,
  name: `示例${agent}`,
  seat: agent as Extension,
  phase,
  takesCalls: true,
  since: morning,
  reason: null,
  topic: null,
  waiting: 0,
  practice: false,
})

/** The centre's end of a line that is always open. */
const aLine = () => {
  const said: FeedUp[] = []
  const socket = Object.assign(new EventTarget(), {
    readyState: 1,
    send: (text: string) => void said.push(JSON.parse(text)),
    close: () => undefined,
  })
  const say = (message: FeedDown) =>
    socket.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) }))
  return { said, say, socket }
}

test('[WALL-4] a change that comes after the page was left makes no wall of one seat: the next one is whole again', async () => {
  const line = aLine()
  const clock = manualClock(morning)
  let opened = false
  const feed = openFeed({
    url: 'http://centre.example',
    session: { token: () => 'token', tokenIsStale: () => false } as unknown as SessionKeeper,
    clock,
    random: () => 0.5,
    report: () => null,
    nudged: () => undefined,
    openSocket: () => {
      opened = true
      return line.socket as unknown as WebSocket
    },
  })
  await until(() => opened, 'the line is opened')
  line.say({ type: 'welcome', serverNow: morning })
  const told = (whole: boolean, ...seats: SeatStatus[]) =>
    line.say({ type: 'seats', whole, seats, serverNow: clock.now() })
  const leave = feed.watchSeats()
  told(true, aSeat('1001'), aSeat('1002'))
  expect(feed.wall()?.seats).toHaveLength(2)
  leave()
  // The centre does not know yet that nobody looks.
  told(false, aSeat('1002', 'onCall'))
  expect(feed.wall()).toBeNull()
  feed.watchSeats()
  expect(line.said.filter(({ type }) => type === 'watchSeats')).toHaveLength(2)
  told(false, aSeat('1001', 'wrapup'))
  expect(feed.wall()).toBeNull()
  told(true, aSeat('1001', 'wrapup'), aSeat('1002', 'onCall'))
  expect(feed.wall()?.seats.map(({ phase }) => phase)).toEqual(['wrapup', 'onCall'])
  feed.close()
})
