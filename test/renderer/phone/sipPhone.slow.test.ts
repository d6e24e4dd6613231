// The real telephone against a scripted PBX: the port's promises, told over a real socket, without any sound.
import { afterAll, beforeAll, describe } from 'vitest'
import { anAccount } from '../../makers/anAccount.ts'
import type { PeerRequest } from '../../fakes/sipPeer.ts'
import { SDP } from '../../fakes/sipPeer.ts'
import { until } from '../../pbx/until.ts'
import { phoneSuite } from '../../suites/phoneSuite.ts'
import { realClock, seatInNode, type NodeSeat } from './seatInNode.ts'

let seat: NodeSeat
beforeAll(async () => {
  seat = await seatInNode(realClock)
  // Everything inside a call is agreed to.
  for (const method of ['BYE', 'CANCEL']) seat.peer.answer(method, (request) => request.reply(200))
  seat.peer.answer('INVITE', agreeInside)
  seat.peer.answer('ACK', () => {})
  seat.peer.answer('REFER', putThrough)
})
afterAll(() => seat.stop())

/** Called numbers by what becomes of them. */
const fates = new Map<string, 'answers' | 'is busy' | 'lets it ring'>()

function agreeInside(request: PeerRequest) {
  const number = /^INVITE sip:([^@]*)@/.exec(request.text)?.[1] ?? ''
  request.reply(100)
  if (request.header('To').includes(';tag=')) return request.reply(200, { body: SDP })
  if (number.startsWith('*')) return request.reply(603, { headers: ['Reason: Q.850;cause=16'] })
  const fate = fates.get(number)
  if (fate === 'is busy') return request.reply(486)
  request.reply(180)
  if (fate === 'answers') request.reply(200, { body: SDP })
}

/** It puts the two through to each other and says so in the call the REFER came in. */
function putThrough(request: PeerRequest) {
  request.reply(202)
  const call = calls.find(({ callId }) => callId === request.header('Call-ID'))
  const headers = ['Event: refer', 'Subscription-State: terminated', 'Content-Type: message/sipfrag']
  call?.request('NOTIFY', { headers, body: 'SIP/2.0 200 OK' })
}

const calls: ReturnType<NodeSeat['peer']['invite']>[] = []

const heardOf = (method: string, callId: string) =>
  seat.peer.heard.some((one) => one.what === method && one.header('Call-ID') === callId)

describe('the real telephone against a scripted PBX', () => {
  phoneSuite(() => ({
    phone: seat.phone,
    account: anAccount([seat.peer.url]),
    newCallId: seat.newCallId,
    told: async () => seat.told,
    async workerCalls(number) {
      const call = seat.peer.invite({ from: `<sip:${number}@pbx.test>` })
      calls.push(call)
      let isUp = false
      const acknowledge = async () => {
        await call.response(200)
        isUp = true
        call.ack()
      }
      acknowledge().catch(() => {})
      return {
        hangUp: async () => (isUp ? call.request('BYE') : call.cancel()),
        untilOver: async () => void (await until('a BYE', () => heardOf('BYE', call.callId))),
      }
    },
    async willBeCalled(number, does) {
      fates.set(number, does)
      const invite = () =>
        seat.peer.heard.findLast(
          (one) => one.what === 'INVITE' && one.text.startsWith(`INVITE sip:${number}@`),
        )
      return {
        async hangUp() {
          const { header } = await until('the call', invite)
          const lines = [
            `BYE ${/<([^>]*)>/.exec(header('Contact'))?.[1] ?? ''} SIP/2.0`,
            'Via: SIP/2.0/WS 127.0.0.1;branch=z9hG4bKbye1',
            `From: ${header('To')};tag=peer`,
            `To: ${header('From')}`,
            `Call-ID: ${header('Call-ID')}`,
            'CSeq: 1 BYE',
            'Content-Length: 0',
          ]
          seat.peer.send(`${lines.join('\r\n')}\r\n\r\n`)
        },
        untilOver: async () =>
          void (await until('a CANCEL', () => heardOf('CANCEL', invite()?.header('Call-ID') ?? ''))),
      }
    },
    cutLine: async () => seat.peer.cut(),
    settle: async () => {},
  }))
})
