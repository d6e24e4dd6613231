// The real telephone in a real browser on the practice exchange, which runs as the process it ships as.
import { spawn, type ChildProcess } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Extension } from '../../contract/ids.ts'
import { PracticeEvent, practiceRecording } from '../../contract/practice.ts'
import type { SipAccount } from '../../contract/softphone.ts'
import { until } from '../pbx/until.ts'
import { writeTestCast } from '../practice/testCast.ts'
import { openSeatPage, type SeatPage } from './phonePage.ts'

const voices = writeTestCast()
const events: PracticeEvent[] = []
let exchange: ChildProcess
let seat: SeatPage

const say = (message: object) => exchange.stdin?.write(`${JSON.stringify(message)}\n`)
const event = <K extends PracticeEvent['event']>(kind: K) =>
  until(`the event ${kind}`, () =>
    events.findLast((one): one is Extract<PracticeEvent, { event: K }> => one.event === kind),
  )

/** Presses a key of the call that was answered last. */
const press = (pressed: 'hold' | 'resume' | 'hangUp' | 'digits' | 'transfer') =>
  seat.run((page, key) => {
    const up = page.events.findLast((one) => one.type === 'connected')
    if (up?.type !== 'connected') return
    if (key === 'hold') page.phone.hold(up.callId)
    if (key === 'resume') page.phone.resume(up.callId)
    if (key === 'hangUp') page.phone.hangUp(up.callId)
    if (key === 'digits') page.phone.sendDigits(up.callId, '15#')
    if (key === 'transfer') page.phone.transfer(up.callId, '6001')
  }, pressed)

/** A steady caller rings, the seat answers, both are heard. */
async function talk() {
  const from = await seat.count()
  say({ do: 'ring', extension: '1001', persona: 'steady', waitedSeconds: 9 })
  const { call } = await seat.next('offered', { after: from })
  await seat.run((page, id) => void page.answer(id), call.callId)
  await seat.next('connected', { after: from })
  await seat.untilHears(620)
  const { call: ref } = await event('answered')
  say({ do: 'listen', call: ref, on: true })
  await until('the caller to hear the seat', () =>
    events.some((one) => one.event === 'heard' && one.toneHz === 1000),
  )
  return { call, ref, from }
}

beforeAll(async () => {
  exchange = spawn(process.execPath, [join(import.meta.dirname, '../../practice/main.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  if (exchange.stdout) {
    createInterface({ input: exchange.stdout }).on('line', (line) => {
      events.push(PracticeEvent.parse(JSON.parse(line)))
    })
  }
  say({ accounts: [{ extension: '1001', password: 'secret-1001' }], voices, transferGraceMs: 500 })
  const { url, realm } = await event('listening')
  const account: SipAccount = {
    extension: Extension.parse('1001'),
    servers: [url],
    domain: realm,
    password: 'secret-1001',
    queueCodes: null,
    practice: true,
    echoNumber: '600',
    recordingCodes: practiceRecording,
    certificate: null,
  }
  seat = await openSeatPage(account, 1000)
  await seat.register()
})
afterEach(() => void (events.length = 0))
afterAll(async () => {
  await seat.close()
  const gone = new Promise((resolve) => exchange.once('exit', resolve))
  exchange.stdin?.end()
  await gone
  rmSync(voices, { recursive: true })
})

describe('the telephone on the practice exchange', () => {
  test('a caller rings with name, number, place and wait; both hear each other; the caller hangs up', async () => {
    const { call, ref, from } = await talk()
    expect(call).toMatchObject({
      name: '李阿姨',
      number: '13800000001',
      place: '某市',
      queue: '12351',
      queuedMs: 9000,
      callRef: ref,
      internal: false,
    })
    say({ do: 'hangUp', call: ref })
    expect(await seat.next('ended', { after: from })).toMatchObject({ by: 'them' })
  })

  test('hold silences the caller, resume brings it back, keys arrive, and the seat hangs up', async () => {
    const { from } = await talk()
    await press('hold')
    await event('held')
    await press('resume')
    await event('resumed')
    await seat.untilHears(620)
    await press('digits')
    const digits = () => events.flatMap((one) => (one.event === 'digits' ? [one.digits] : [])).join('')
    await until('three keys', () => digits().length >= 3)
    expect(digits()).toBe('15#')
    await press('hangUp')
    await seat.next('ended', { after: from })
    expect(await event('ended')).toMatchObject({ by: 'seat', wasAnswered: true })
  })

  test('[PRACTICE-3] the line is cut in a call: sound goes on, and the caller can still hang up', async () => {
    const { ref, from } = await talk()
    const invites = () => seat.run((page) => page.sent.filter(({ line }) => line.startsWith('INVITE')).length)
    const before = await invites()
    say({ do: 'cut', extension: '1001' })
    await event('unregistered')
    await until('the seat to be back', () => events.some((one) => one.event === 'registered'))
    await until('the call to be brought over', async () => (await invites()) > before)
    events.length = 0
    await until('the caller to hear the seat again', () =>
      events.some((one) => one.event === 'heard' && one.toneHz === 1000),
    )
    await seat.untilHears(620)
    say({ do: 'hangUp', call: ref })
    expect(await seat.next('ended', { after: from })).toMatchObject({ by: 'them' })
  })

  test('the seat dials a department and an echo, and hands a caller on', async () => {
    const from = await seat.count()
    await seat.run((page) => page.dial('6001'))
    await seat.next('connected', { after: from })
    await seat.untilHears(1200)
    const { call: ref } = await event('answered')
    say({ do: 'hangUp', call: ref })
    await seat.next('ended', { after: from })

    const echoFrom = await seat.count()
    await seat.run((page) => page.dial('600'))
    await seat.next('connected', { after: echoFrom })
    await seat.untilHears(1000)
    await press('hangUp')
    await seat.next('ended', { after: echoFrom })

    const { from: talkFrom } = await talk()
    await press('transfer')
    await seat.next('transferred', { after: talkFrom })
    await seat.next('ended', { after: talkFrom })
    expect(await event('transferred')).toMatchObject({ to: '6001', kind: 'blind' })
  })

  test('[PRACTICE-15] consult, three-way and attended transfer with a simulated department', async () => {
    const { call, ref, from } = await talk()
    await press('hold')
    await event('held')
    const consultId = await seat.run((page, callRef) => page.dial('6001', callRef), ref)
    await until('the department', async () =>
      (await seat.events()).find((one) => one.type === 'connected' && one.callId === consultId),
    )
    await seat.untilHears(1200)
    const both = JSON.stringify([call.callId, consultId])
    await seat.run((page, ids) => {
      const [caller, asked] = JSON.parse(ids)
      page.phone.resume(caller)
      page.phone.join(caller, asked)
    }, both)
    await seat.next('joined', { after: from })
    await seat.untilHears(620, 0)
    await seat.untilHears(1200, 1)
    say({ do: 'listen', call: ref, on: true })
    events.length = 0
    await until('the caller to hear the department or us', () =>
      events.some((one) => one.event === 'heard' && (one.toneHz === 1200 || one.toneHz === 1000)),
    )
    await seat.run((page, ids) => {
      const [caller, asked] = JSON.parse(ids)
      page.phone.handOver(caller, asked)
    }, both)
    await seat.next('transferred', { after: from })
    await until('both our legs to end', async () => {
      const told = (await seat.events()).slice(from)
      return told.filter(({ type }) => type === 'ended').length === 2
    })
    expect(await event('transferred')).toMatchObject({ to: '6001', kind: 'attended' })
    say({ do: 'hangUp', call: ref })
  })
})
