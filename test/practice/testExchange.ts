// One running practice exchange with a tonal cast and its events, for tests.
import { rmSync } from 'node:fs'
import { expect } from 'vitest'
import { PracticeCommand, PracticeConfiguration, type PracticeEvent } from '../../contract/practice.ts'
import { startExchange } from '../../practice/exchange.ts'
import { openTestSeat, type Offered, type TestSeat } from './testSeat.ts'
import { writeTestCast } from './testCast.ts'

/** Long enough for a machine that is loaded or stands still for a while; nothing waits for it when all is well. */
export const PATIENT = { timeout: 20_000, interval: 20 }

export type TestExchange = Awaited<ReturnType<typeof openTestExchange>>

export async function openTestExchange(more: Partial<PracticeConfiguration> = {}) {
  const voices = writeTestCast()
  const events: PracticeEvent[] = []
  const seats: TestSeat[] = []
  const accounts = ['1001', '1002'].map((extension) => ({ extension, password: `secret-${extension}` }))
  const configuration = PracticeConfiguration.parse({ accounts, voices, transferGraceMs: 1_000, ...more })
  const exchange = await startExchange(configuration, (event) => void events.push(event))
  return {
    exchange,
    events,
    /** The latest event of this kind. */
    last: <K extends PracticeEvent['event']>(kind: K) =>
      events.findLast((event): event is Extract<PracticeEvent, { event: K }> => event.event === kind),
    obey: (command: unknown) => exchange.obey(PracticeCommand.parse(command)),
    async seat(extension: string) {
      const { url, realm } = exchange
      const seat = await openTestSeat({ url, realm, extension, password: `secret-${extension}` })
      seats.push(seat)
      expect(await seat.register()).toBe(200)
      return seat
    },
    /** Rings the seat with this caller and returns what the seat sees. */
    async ring(seat: TestSeat, extension: string, persona: string): Promise<Offered> {
      const before = seat.offers.length
      exchange.obey(PracticeCommand.parse({ do: 'ring', extension, persona, waitedSeconds: 7 }))
      return offerAfter(seat, before)
    },
    /** Rings the seat with this caller; the seat answers and the exchange knows it. */
    async talk(seat: TestSeat, extension: string, persona: string) {
      const offer = await this.ring(seat, extension, persona)
      const call = await offer.answer()
      const ref = offer.header('x-call-ref') ?? ''
      const isAnswered = () => events.some((event) => event.event === 'answered' && event.call === ref)
      await expect.poll(isAnswered, PATIENT).toBe(true)
      return { call, ref, offer }
    },
    /** After each test: seats leave, the events are forgotten, the exchange stays. */
    async clear() {
      await Promise.all(seats.splice(0).map((seat) => seat.close()))
      events.length = 0
    },
    async close() {
      await Promise.all(seats.map((seat) => seat.close()))
      await exchange.close()
      rmSync(voices, { recursive: true })
    },
  }
}

/** The next call the seat is offered. */
export async function offerAfter(seat: TestSeat, before: number): Promise<Offered> {
  await expect.poll(() => seat.offers.length, PATIENT).toBe(before + 1)
  const offer = seat.offers[before]
  if (!offer) throw new Error('no offer')
  return offer
}
