// The uploader, its loop and the outbox under every fault the net and the centre can bring, in any order.
// After each acknowledgement the centre has what was removed; when all is well again, all is there, once.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CallRecord } from '../../../contract/softphone.ts'
import { centreClock } from '../../../renderer/adapters/centreClock.ts'
import { startSync } from '../../../renderer/adapters/syncLoop.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { memoryLocks } from '../../fakes/memoryLocks.ts'
import { memorySeat } from '../../fakes/memoryRecords.ts'
import { calm, pass } from '../../fakes/pass.ts'
import type { Fault } from '../../fakes/scriptedUplink.ts'
import { faults, scriptedUplink } from '../../fakes/scriptedUplink.ts'
import { aRecord } from '../../makers/forms.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { value } from '../../suites/openedSeat.ts'

type Act =
  | { do: 'finish'; how: 'good' | 'refused' | 'poison' }
  | { do: 'edit'; which: number }
  | { do: 'pass'; ms: number }
  | { do: 'restart' }
  | { do: 'hurry' }
  | { do: 'clockJumps'; ms: number }

const act = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('finish'), how: fc.constant('good') }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('finish'), how: fc.constantFrom('refused', 'poison') }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('edit'), which: fc.nat(30) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('pass'), ms: fc.nat(30_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hurry') }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('clockJumps'), ms: fc.integer({ min: -3e9, max: 3e9 }) }),
  },
) as fc.Arbitrary<Act>
const fault = fc.constantFrom<Fault>('none', 'none', 'none', ...faults)

/** Runs that failed once: bad rows, older than all others, held them up; a put-off instant outlived its clock. */
const keptForEver: [Act[], Fault[], number[]][] = [
  [[{ do: 'finish', how: 'poison' }], [], []],
  [
    [
      { do: 'finish', how: 'poison' },
      { do: 'finish', how: 'poison' },
    ],
    [],
    [],
  ],
  [
    [
      { do: 'finish', how: 'poison' },
      { do: 'pass', ms: 20 },
      { do: 'clockJumps', ms: -1_168_401 },
    ],
    [],
    [],
  ],
]

const run = async (acts: readonly Act[], script: readonly Fault[], chances: readonly number[]) => {
  const clock = manualClock(morning)
  const locks = memoryLocks()
  const seat = memorySeat(clock)
  const words = [...script]
  const dice = [...chances]
  const { uplink, centre } = scriptedUplink(clock, () => words.shift() ?? 'none')
  const newest = new Map<string, CallRecord>()
  const save = async (record: CallRecord) => {
    newest.set(record.id, record)
    await value(seat.records.finish(record))
  }
  const outbox = {
    ...seat.outbox,
    async settle(fates: Parameters<typeof seat.outbox.settle>[0]) {
      // The heart of it: whatever is taken out is at the centre, in this rev or a later one.
      const rows = new Map((await value(seat.outbox.list(1e6))).map((row) => [row.seq, row]))
      for (const fate of fates) {
        const row = rows.get(fate.seq)
        if (row && fate.fate === 'remove')
          expect(centre.stored.get(row.id)?.rev ?? 0).toBeGreaterThanOrEqual(row.rev)
      }
      return seat.outbox.settle(fates)
    },
  }
  const start = () =>
    startSync({
      name: 'fuzz',
      outbox,
      mirror: seat.mirror,
      uplink,
      clock: centreClock(clock),
      random: () => dice.shift() ?? 0.5,
      locks,
    })
  let loop = start()
  let made = 0
  const finish = async (how: 'good' | 'refused' | 'poison') => {
    made += 1
    if (how === 'refused') centre.refuses.add(callId(made))
    if (how === 'poison') centre.poisoned.add(callId(made))
    await save(aRecord(made))
  }
  for (const each of acts) {
    if (each.do === 'finish') await finish(each.how)
    if (each.do === 'edit') {
      const record = newest.get(callId((each.which % Math.max(1, made)) + 1))
      if (record) await save({ ...record, rev: record.rev + 1, holdMs: record.holdMs + 1 })
    }
    if (each.do === 'pass') await pass(clock, each.ms)
    if (each.do === 'clockJumps') clock.jump(each.ms)
    if (each.do === 'hurry') loop.sendNow()
    if (each.do === 'restart') {
      await loop.stop()
      loop = start()
    }
    await calm()
  }
  // All is well from here on: ten minutes after the script ran out, with calls coming in as they do.
  words.length = 0
  loop.sendNow()
  for (let n = 0; n < 40; n++) {
    await pass(clock, 30_000)
    await finish('good')
  }
  await pass(clock, 60_000)
  const left = await value(seat.outbox.list(1e6))
  await loop.stop()
  return { centre, newest, left, status: loop.status() }
}

test('[SYNC-2] [SYNC-3] [SYNC-8] [F12] every record ends at the centre in its last revision or parked, whatever happened', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { maxLength: 40 }),
      fc.array(fault, { maxLength: 30 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }),
      async (acts, script, chances) => {
        const { centre, newest, left } = await run(acts, script, chances)
        expect(left.filter((row) => row.state === 'waiting').map((row) => row.id)).toEqual([])
        const records = [...newest.values()]
        const isBad = ({ id }: CallRecord) => centre.refuses.has(id) || centre.poisoned.has(id)
        const found = records.map(({ id }) => {
          const parked = left.find((row) => row.id === id)
          return parked ? ['parked', id, parked.rev] : ['stored', id, centre.stored.get(id)?.rev]
        })
        expect(found).toEqual(records.map((each) => [isBad(each) ? 'parked' : 'stored', each.id, each.rev]))
        // Never more often than it was changed at the seat.
        const tooOften = records.filter(({ id, rev }) => (centre.stored.get(id)?.changes ?? 0) > rev)
        expect(tooOften).toEqual([])
      },
    ),
    { numRuns: 200, examples: keptForEver },
  )
}, 60_000)
