// The guarantees of the Uplink port (core/ports.ts), run on the fake and on the real adapter over HTTP.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Uplink } from '../../core/centrePorts.ts'
import { aRow } from '../makers/rows.ts'
import { callId } from '../makers/stamps.ts'
import { value } from './openedSeat.ts'

export type OpenedUplink = {
  readonly uplink: Uplink
  /** Nobody answers from here on. */
  goAway(): Promise<void>
  /** The centre refuses this id. */
  refuse(id: string): void
  close(): Promise<void>
}

const text = (n: number) => aRow(n).text

export const uplinkSuite = (name: string, open: () => Promise<OpenedUplink>): void => {
  describe(`uplink ${name}`, () => {
    let opened: OpenedUplink
    beforeEach(async () => {
      opened = await open()
    })
    afterEach(() => opened.close())

    test('[SYNC-3] a verdict comes for every item, and the second time it is a duplicate', async () => {
      const first = await value(opened.uplink.push([text(1), text(2)]))
      expect(first.verdicts).toEqual([
        { id: callId(1), verdict: 'stored' },
        { id: callId(2), verdict: 'stored' },
      ])
      const second = await value(opened.uplink.push([text(2), text(3)]))
      expect(second.verdicts.map((each) => each.verdict)).toEqual(['duplicate', 'stored'])
    })

    test('[SYNC-4] one refused item does not hold up the others', async () => {
      opened.refuse(callId(1))
      const answer = await value(opened.uplink.push([text(1), text(2)]))
      expect(answer.verdicts.map((each) => each.verdict)).toEqual(['refused', 'stored'])
      expect(answer.verdicts[0]?.text).not.toBe('')
    })

    test('it pulls and probes', async () => {
      const page = await value(opened.uplink.pull({ cursor: 0, reference: -1, limit: 10 }))
      expect(page.more).toBe(false)
      expect(await opened.uplink.probe()).toEqual({ ok: true, value: null })
    })

    test('a centre that has gone is a Problem and never a throw', async () => {
      await opened.goAway()
      const answers = await Promise.all([
        opened.uplink.push([text(1)]),
        opened.uplink.pull({ cursor: 0, reference: -1, limit: 10 }),
        opened.uplink.probe(),
      ])
      for (const answer of answers)
        expect(answer).toMatchObject({ ok: false, problem: { code: 'unreachable' } })
    })
  })
}
