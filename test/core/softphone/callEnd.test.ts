// How a call between seats came out: who dialled it decides, for its direction tells only that it is one.
import { describe, expect, test } from 'vitest'
import { recordOf } from '../../../core/softphone/callRecord.ts'
import type { WorkEvent } from '../../../core/workstation.ts'
import { aReadySeat, anOffer, play, signedIn } from '../../makers/seats.ts'
import { at, callId } from '../../makers/stamps.ts'

const id = callId(1)
const ends = (by: 'us' | 'them' | null, code: number | null, ms = 9_000): WorkEvent => ({
  type: 'ended',
  callId: id,
  by,
  cause: code === null ? null : { protocol: 'SIP', code, text: '' },
  ...at(ms),
})
const dialled: WorkEvent = { type: 'dialPressed', callId: id, number: '1002', internal: true, ...at(100) }
const rings: WorkEvent = { type: 'progressed', callId: id, announcement: false, ...at(200) }

const recordAfter = (...events: WorkEvent[]) => {
  const { effects } = play(events, aReadySeat())
  const finish = effects.find((effect) => effect.do === 'finishCall')
  return finish?.do === 'finishCall' ? finish.record : null
}

test('[CALL-6] [WRAP-19] a colleague we rang: nobody answered, engaged, or spoken with; and it says that we rang', () => {
  expect(recordAfter(dialled, rings, ends('them', 480))).toMatchObject({
    direction: 'internal',
    dialled: true,
    outcome: 'noAnswer',
    endedBy: 'callee',
  })
  expect(recordAfter(dialled, ends('them', 486))).toMatchObject({ outcome: 'busy', endedBy: 'callee' })
  const connected: WorkEvent = { type: 'connected', callId: id, ...at(1_000) }
  expect(recordAfter(dialled, rings, connected, ends('us', null))).toMatchObject({
    outcome: 'answered',
    endedBy: 'agent',
    dialled: true,
  })
})

describe('[CALL-6] a call of ours that rang', () => {
  const rangThen = (by: 'them' | null, protocol: 'SIP' | 'seat', code: number) => {
    const ended: WorkEvent = {
      type: 'ended',
      callId: id,
      by,
      cause: { protocol, code, text: '' },
      ...at(9_000),
    }
    return recordAfter(dialled, rings, ended)
  }
  test.each([
    ['the line to the PBX was lost', null, 'seat', 2, 'system'],
    ['the PBX had a fault', null, 'SIP', 503, 'system'],
    ['the other exchange had one', 'them', 'SIP', 500, 'callee'],
    ['it was answered without a voice', null, 'seat', 3, 'system'],
  ] as const)('[CALL-6] %s: not put through, whatever rang before', (_what, by, protocol, code, endedBy) => {
    expect(rangThen(by, protocol, code)).toMatchObject({ outcome: 'failed', endedBy })
  })

  test.each([
    [null, 408],
    ['them', 480],
    ['them', 487],
  ] as const)('[CALL-6] told by %s with %s: nobody answered', (by, code) => {
    expect(rangThen(by, 'SIP', code)).toMatchObject({ outcome: 'noAnswer' })
  })
})

test('[CALL-6] a colleague who rang us is a caller: given up, not engaged', () => {
  const offered: WorkEvent = {
    type: 'offered',
    call: anOffer(1, { number: '1002', internal: true, queue: null }),
    ...at(100),
  }
  expect(recordAfter(offered, ends('them', 487, 3_000))).toMatchObject({
    direction: 'internal',
    dialled: false,
    outcome: 'abandoned',
    endedBy: 'caller',
  })
})

test.each([
  ['from the queue', anOffer(1)],
  ['direct', anOffer(1, { queue: null })],
])(
  '[CALL-6] %s: who rings as long as the queue allows hung up nothing, the system took the call on',
  (_how, call) => {
    const offered: WorkEvent = { type: 'offered', call, ...at(100) }
    const rangFor = (ms: number) => recordAfter(offered, ends('them', null, ms))
    expect(rangFor(20_100)).toMatchObject({ outcome: 'missed', endedBy: 'system' })
    expect(rangFor(9_000)).toMatchObject({ outcome: 'abandoned', endedBy: 'caller' })
  },
)

test.each([
  ['12351', 'rejected'],
  [null, 'missed'],
])(
  '[CALL-8] sent back by the program (queue %s): the record says that the seat was on another call',
  (queue, outcome) => {
    const busy = aReadySeat({ secondCall: 'busy' })
    const { effects } = play(
      [
        { ...dialled, callId: callId(2) },
        { type: 'offered', call: anOffer(1, { queue }), ...at(5_000) },
        ends('us', null, 5_010),
      ],
      busy,
    )
    expect(effects.at(-1)).toMatchObject({
      do: 'finishCall',
      record: { id, outcome, endedBy: 'system', endCause: { protocol: 'seat', code: 7 } },
    })
  },
)

test('[CALL-8] sent back by the agent it has no such cause', () => {
  const offered: WorkEvent = { type: 'offered', call: anOffer(1), ...at(100) }
  const reject: WorkEvent = { type: 'rejectPressed', callId: id, how: 'busy', ...at(900) }
  expect(recordAfter(offered, reject, ends('us', null, 910))).toMatchObject({
    outcome: 'rejected',
    endedBy: 'agent',
    endCause: null,
  })
})

test.each(['13800008001', ''])(
  '[CALL-23] a worker (%j) put through on a line of ours is a caller',
  (number) => {
    const { state } = play(
      [
        dialled,
        { type: 'connected', callId: id, ...at(1_000) },
        {
          type: 'otherSideChanged',
          callId: id,
          number,
          name: null,
          internal: false,
          ...at(2_000),
        },
        ends('them', null),
      ],
      aReadySeat(),
    )
    const call = state.calls.find((each) => each.id === id)
    const record = call && signedIn.type === 'signedIn' ? recordOf(call, signedIn.holder) : null
    expect(record).toMatchObject({ direction: 'inbound', number, endedBy: 'caller', outcome: 'answered' })
  },
)
