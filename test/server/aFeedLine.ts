// Live lines of tests: what each heard, and what the wall last showed it.
import { WebSocket } from 'ws'
import { FeedDown, type FeedUp } from '../../contract/feed.ts'
import type { SeatReport, SeatStatus } from '../../contract/seat.ts'
import { PROTOCOL } from '../../contract/version.ts'
import type { TestCentre } from './aCentre.ts'
import { until } from './until.ts'

export interface Line {
  readonly heard: FeedDown[]
  readonly socket: WebSocket
  say(message: FeedUp): void
  raw(text: string): void
  closed(): boolean
  /** Status of a seat as the wall last showed it. */
  seat(agent: string): SeatStatus | undefined
  why(): string | undefined
  nudges(): string[]
  pongs(): number
  end(): void
}

export const report = (over: Partial<SeatReport> = {}): FeedUp => ({
  type: 'report',
  report: { phase: 'ready', forMs: 0, reason: null, topic: null, waiting: 0, ...over },
})

/** `now`: asked when a test runs, for it is made before. */
export const feedLines = (now: () => TestCentre) => {
  const open: WebSocket[] = []
  const connect = async (origin?: string): Promise<Line> => {
    const socket = new WebSocket(
      `${now().running.address.replace('http', 'ws')}/feed`,
      origin === undefined ? {} : { origin },
    )
    open.push(socket)
    const heard: FeedDown[] = []
    socket.on('message', (data: Buffer) => heard.push(FeedDown.parse(JSON.parse(data.toString()))))
    await new Promise((resolve, reject) => {
      socket.once('open', resolve)
      socket.once('error', reject)
    })
    return {
      heard,
      socket,
      say: (message) => socket.send(JSON.stringify(message)),
      raw: (text) => socket.send(text),
      closed: () => socket.readyState === WebSocket.CLOSED,
      seat: (agent) =>
        heard
          .flatMap((message) => (message.type === 'seats' ? message.seats : []))
          .findLast((seat) => seat.agent === agent),
      why: () => heard.flatMap((message) => (message.type === 'bye' ? [message.why] : [])).at(-1),
      nudges: () => heard.flatMap((message) => (message.type === 'nudge' ? [message.what] : [])),
      pongs: () => heard.filter((message) => message.type === 'pong').length,
      end: () => socket.close(),
    }
  }
  const lineOf = async (account: string, token?: string): Promise<Line> => {
    const line = await connect()
    line.say({ type: 'hello', token: token ?? (await now().signIn(account)).token, protocol: PROTOCOL })
    await until(() => line.heard.some((message) => message.type === 'welcome'), `${account} is welcome`)
    return line
  }
  const watcher = async (): Promise<Line> => {
    const line = await lineOf('2001')
    line.say({ type: 'watchSeats' })
    await until(() => line.heard.some((message) => message.type === 'seats'), 'the wall is shown')
    return line
  }
  return {
    connect,
    lineOf,
    watcher,
    endAll: () => {
      for (const socket of open) socket.terminate()
    },
  }
}
