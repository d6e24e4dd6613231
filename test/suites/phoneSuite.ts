// What every telephone promises core, told in events. Runs on the fake one, on the real one against a scripted PBX,
// and on the real one in a browser against the real PBX.
import { beforeEach, expect, test } from 'vitest'
import type { Answer } from '../../contract/answer.ts'
import type { CallId } from '../../contract/ids.ts'
import type { SipAccount } from '../../contract/softphone.ts'
import type { PhoneEvent } from '../../core/softphone/phoneEvent.ts'
import { until } from '../pbx/until.ts'

type Told<T extends PhoneEvent['type']> = Extract<PhoneEvent, { type: T }>

/** The Phone port as seen from a test, which may sit in another process than the telephone. */
export type TriedPhone = {
  connect(account: SipAccount): Promise<void> | void
  disconnect(): Promise<void>
  dial(callId: CallId, number: string, callRef?: string | null): Promise<void> | void
  answer(callId: CallId): Promise<void> | void
  reject(callId: CallId, how: 'busy' | 'decline'): Promise<void> | void
  hangUp(callId: CallId): Promise<void> | void
  hold(callId: CallId): Promise<void> | void
  resume(callId: CallId): Promise<void> | void
  mute(callId: CallId, muted: boolean): Promise<void> | void
  sendDigits(callId: CallId, digits: string): Promise<void> | void
  transfer(callId: CallId, number: string): Promise<void> | void
  handOver(callId: CallId, toCallId: CallId): Promise<void> | void
  join(callId: CallId, withId: CallId): Promise<void> | void
  part(callId: CallId, withId: CallId): Promise<void> | void
  tellQueue(code: string): Promise<Answer<null>>
}

/** Whoever is at the other end. */
export type FarSide = {
  hangUp(): Promise<void>
  /** Resolves when the other end knows that the call is over. */
  untilOver(): Promise<void>
}

/** A telephone, the world around it, and the events it has told. */
export type PhoneBench = {
  phone: TriedPhone
  account: SipAccount
  newCallId(): CallId
  told(): Promise<readonly PhoneEvent[]>
  workerCalls(number: string): Promise<FarSide>
  /** Makes ready whom we shall call under this number. */
  willBeCalled(number: string, does: 'answers' | 'is busy' | 'lets it ring'): Promise<FarSide>
  cutLine(): Promise<void>
  /** Nobody talks any more anywhere. */
  settle(): Promise<void>
}

export function phoneSuite(bench: () => PhoneBench) {
  let from = 0
  const events = async () => (await bench().told()).slice(from)
  const next = <T extends PhoneEvent['type']>(type: T, callId?: CallId) =>
    until(type, async () =>
      (await events()).find(
        (event): event is Told<T> =>
          event.type === type && (callId === undefined || !('callId' in event) || event.callId === callId),
      ),
    )
  const links = async () =>
    (await events()).flatMap((event) => (event.type === 'linkChanged' ? [event.link.link] : []))
  const twice = (what: PhoneEvent['type']) =>
    until(`${what} twice`, async () => (await events()).filter(({ type }) => type === what).length === 2)
  const untilLink = (link: string) => until(`link ${link}`, async () => (await links()).at(-1) === link)

  async function ringing(number: string) {
    const before = (await events()).length
    const worker = await bench().workerCalls(number)
    const offered = await until('offered', async () =>
      (await events()).slice(before).find((event) => event.type === 'offered'),
    )
    return { worker, callId: offered.call.callId, call: offered.call }
  }

  async function talking(number: string) {
    const { worker, callId } = await ringing(number)
    await bench().phone.answer(callId)
    await next('connected', callId)
    return { worker, callId }
  }

  const hold = async (callId: CallId) => {
    await bench().phone.hold(callId)
    await next('heldByUs', callId)
  }

  const endsOf = async (callId: CallId) =>
    (await events()).filter((event) => event.type === 'ended' && event.callId === callId)

  beforeEach(async () => {
    await bench().settle()
    const all = await bench().told()
    from = all.length
    const isRegistered = all.findLast((event) => event.type === 'linkChanged')?.link.link === 'registered'
    if (!isRegistered) {
      await bench().phone.connect(bench().account)
      await untilLink('registered')
      from = (await bench().told()).length
    }
  })

  test('[PHONE-1] connecting is told first, then registered', async () => {
    await bench().phone.disconnect()
    await untilLink('off')
    from = (await bench().told()).length
    await bench().phone.connect(bench().account)
    await untilLink('registered')
    expect(await links()).toEqual(['connecting', 'registered'])
  })

  test('[PHONE-2] a worker who calls is offered with number and queue, and connected after the answer', async () => {
    const { callId, call, worker } = await ringing('13900001001')
    expect(call).toMatchObject({ number: '13900001001', internal: false })
    expect((await events()).some((event) => event.type === 'connected')).toBe(false)
    await bench().phone.answer(callId)
    await next('connected', callId)
    await worker.hangUp()
    await next('ended', callId)
  })

  test('[PHONE-3] the end is told once, and by whom: they hung up', async () => {
    const { worker, callId } = await talking('13900001002')
    await worker.hangUp()
    expect(await next('ended', callId)).toMatchObject({ by: 'them' })
    await bench().phone.hangUp(callId)
    expect(await endsOf(callId)).toHaveLength(1)
  })

  test('[PHONE-3] the end is told once, and by whom: we hung up', async () => {
    const { worker, callId } = await talking('13900001003')
    await bench().phone.hangUp(callId)
    expect(await next('ended', callId)).toMatchObject({ by: 'us' })
    await worker.untilOver()
    expect(await endsOf(callId)).toHaveLength(1)
  })

  test('[PHONE-3] a caller who gives up while it rings has ended it, and was never connected', async () => {
    const { worker, callId } = await ringing('13900001004')
    await worker.hangUp()
    expect(await next('ended', callId)).toMatchObject({ by: 'them' })
    expect((await events()).some((event) => event.type === 'connected')).toBe(false)
  })

  test('[PHONE-4] a call sent back is ended by us', async () => {
    const { worker, callId } = await ringing('13900001005')
    await bench().phone.reject(callId, 'busy')
    expect(await next('ended', callId)).toMatchObject({ by: 'us' })
    await worker.hangUp()
  })

  test('[PHONE-5] hold and resume are told when the PBX has agreed', async () => {
    const { worker, callId } = await talking('13900001006')
    await hold(callId)
    await bench().phone.resume(callId)
    await next('resumedByUs', callId)
    await worker.hangUp()
    expect(await next('ended', callId)).toMatchObject({ by: 'them' })
  })

  test('[PHONE-5] what is wished while the line is cut is told when it is back', async () => {
    const { worker, callId } = await talking('13900001014')
    const cut = bench().cutLine()
    await bench().phone.hold(callId)
    await cut
    await next('heldByUs', callId)
    await worker.hangUp()
    expect(await next('ended', callId)).toMatchObject({ by: 'them' })
  })

  test('[PHONE-6] an outgoing call rings, is connected, and ends with the one who was called', async () => {
    const callee = await bench().willBeCalled('13900002001', 'answers')
    const callId = bench().newCallId()
    await bench().phone.dial(callId, '13900002001')
    await next('connected', callId)
    await callee.hangUp()
    expect(await next('ended', callId)).toMatchObject({ by: 'them' })
  })

  test('[PHONE-6] who is called and busy ends the call with SIP 486', async () => {
    await bench().willBeCalled('13900002002', 'is busy')
    const callId = bench().newCallId()
    await bench().phone.dial(callId, '13900002002')
    const ended = await next('ended', callId)
    expect(ended).toMatchObject({ by: 'them', cause: { protocol: 'SIP', code: 486 } })
  })

  test('[PHONE-6] giving up an outgoing call ends it at once, and the other phone stops ringing', async () => {
    const callee = await bench().willBeCalled('13900002003', 'lets it ring')
    const callId = bench().newCallId()
    await bench().phone.dial(callId, '13900002003')
    await next('progressed', callId)
    await bench().phone.hangUp(callId)
    expect(await next('ended', callId)).toMatchObject({ by: 'us' })
    await callee.untilOver()
  })

  test('[PHONE-7] a second caller is offered beside the first, and each call ends by itself', async () => {
    const first = await talking('13900001007')
    const second = await ringing('13900001008')
    expect(second.callId).not.toBe(first.callId)
    await second.worker.hangUp()
    await next('ended', second.callId)
    expect(await endsOf(first.callId)).toEqual([])
    await first.worker.hangUp()
    await next('ended', first.callId)
  })

  test('[PHONE-8] the queue is told by its codes', async () => {
    expect(await bench().phone.tellQueue('*46')).toEqual({ ok: true, value: null })
    expect(await bench().phone.tellQueue('*47')).toEqual({ ok: true, value: null })
  })

  test('[PHONE-9] a cut line comes back by itself, and the call on it ends as if nothing had been', async () => {
    const { worker, callId } = await talking('13900001009')
    await bench().cutLine()
    await until('the line to go', async () => (await links()).find((link) => link === 'disconnected'))
    await untilLink('registered')
    // What it agrees to now comes behind the repair: a good-bye before that would have gone down with the old line.
    await hold(callId)
    await worker.hangUp()
    expect(await next('ended', callId)).toMatchObject({ by: 'them' })
  })

  test('[PHONE-10] a command for a call that is not there does nothing', async () => {
    const callId = bench().newCallId()
    const { phone } = bench()
    await phone.answer(callId)
    await phone.hold(callId)
    await phone.mute(callId, true)
    await phone.sendDigits(callId, '1')
    await phone.transfer(callId, '1002')
    await phone.handOver(callId, bench().newCallId())
    await phone.join(callId, bench().newCallId())
    await phone.part(callId, bench().newCallId())
    await phone.reject(callId, 'decline')
    await phone.hangUp(callId)
    expect(await events()).toEqual([])
  })

  test('[PHONE-11] signing off ends live calls first, then the line', async () => {
    const { worker, callId } = await talking('13900001010')
    await bench().phone.disconnect()
    await worker.untilOver()
    const told = (await events()).filter(({ type }) => type === 'ended' || type === 'linkChanged')
    expect(told.at(-2)).toMatchObject({ type: 'ended', callId, by: 'us' })
    expect(told.at(-1)).toMatchObject({ type: 'linkChanged', link: { link: 'off' } })
  })

  /** A worker on hold, and somebody we asked about it. */
  async function consulting(from: string, to: string) {
    const { worker, callId } = await talking(from)
    const consulted = await bench().willBeCalled(to, 'answers')
    await hold(callId)
    const consultId = bench().newCallId()
    await bench().phone.dial(consultId, to, 'ref-1')
    await next('connected', consultId)
    return { worker, callId, consulted, consultId }
  }

  test('[PHONE-50] handing over to our other call: told, then both legs end by us', async () => {
    const { callId, consultId, worker } = await consulting('13900001011', '13900002004')
    await bench().phone.handOver(callId, consultId)
    await next('transferred', callId)
    expect(await next('ended', callId)).toMatchObject({ by: 'us' })
    await next('ended', consultId)
    expect([await endsOf(callId), await endsOf(consultId)].map((ends) => ends.length)).toEqual([1, 1])
    await worker.hangUp()
  })

  test('[F27] [PHONE-50] handing over to a call that is gone fails, and the worker is still there', async () => {
    const { callId, consultId, worker } = await consulting('13900001012', '13900002005')
    await bench().phone.hangUp(consultId)
    await next('ended', consultId)
    await bench().phone.handOver(callId, consultId)
    await next('transferFailed', callId)
    await bench().phone.resume(callId)
    await next('resumedByUs', callId)
    await worker.hangUp()
    expect(await next('ended', callId)).toMatchObject({ by: 'them' })
  })

  test('[PHONE-51] two calls are joined and parted, and each ends by itself', async () => {
    const { callId, consultId, worker, consulted } = await consulting('13900001013', '13900002006')
    await bench().phone.join(callId, consultId)
    await next('joined', callId)
    await bench().phone.part(callId, consultId)
    await next('parted', callId)
    await bench().phone.join(callId, consultId)
    await twice('joined')
    await consulted.hangUp()
    expect(await next('ended', consultId)).toMatchObject({ by: 'them' })
    await twice('parted')
    expect(await endsOf(callId)).toEqual([])
    await bench().phone.resume(callId)
    await worker.hangUp()
    await next('ended', callId)
  })
}
