// A centre that was away, or whose certificate was refused, when the program started, and answers later.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test, vi } from 'vitest'
import { installed } from '../../host/application.ts'
import { recorded } from '../../host/record.ts'
import { idleSeat, startedDesktop } from './startedDesktop.ts'

vi.mock('electron', () => import('../../host/electronModule.ts'))

let isAway = true
let asked = 0
let answered = Promise.resolve()
const value = {
  ok: true,
  centre: 'c',
  protocol: 1,
  serverNow: 1,
  practice: false,
  pbx: ['wss://pbx.example/ws'],
}
const server = createServer((_request, response) => {
  asked += 1
  void answered.then(() =>
    response.writeHead(isAway ? 503 : 200).end(isAway ? '' : JSON.stringify({ ok: true, value })),
  )
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
afterAll(() => server.close())
const { port }: AddressInfo = Object(server.address())
const desk = await startedDesktop({ settings: { centre: `http://127.0.0.1:${port}` } })

const header = async () => {
  const page = await installed.serve.get('app')?.({ url: 'app://workstation/index.html', method: 'GET' })
  return page?.headers.get('content-security-policy')
}
const loads = () => recorded('loadURL').length
const settled = () => new Promise((resolve) => setTimeout(resolve, 200))

test('[DESK-28] neither at the door nor under a call or in a wrap-up is it asked again', async () => {
  isAway = false
  const [askedAtStart, loadsAtStart] = [asked, loads()]
  expect(await header()).not.toContain('pbx.example')
  // At the door and after a call somebody types; under a call nothing is loaded anew.
  for (const busy of [{ phase: 'signedOut' }, { phase: 'wrapup' }, { onCall: true }, { ringing: true }])
    await desk.ask('window.showState', { ...idleSeat, ...busy })
  await settled()
  expect([asked, loads()]).toEqual([askedAtStart, loadsAtStart])
})

test('[DESK-28] it is asked once somebody has signed in, and then no more; a call that began meanwhile ends before the page is loaded', async () => {
  const [askedBefore, loadsBefore] = [asked, loads()]
  const gate = Promise.withResolvers<void>()
  answered = gate.promise
  await desk.ask('window.showState', idleSeat)
  await vi.waitFor(() => expect(asked).toBe(askedBefore + 1))
  await desk.ask('window.showState', { ...idleSeat, ringing: true })
  gate.resolve()
  await vi.waitFor(async () => expect(await header()).toContain('wss://pbx.example'))
  for (const busy of [{ onCall: true }, { phase: 'wrapup' }])
    await desk.ask('window.showState', { ...idleSeat, ...busy })
  await settled()
  expect(loads()).toBe(loadsBefore)

  await desk.ask('window.showState', idleSeat)
  await vi.waitFor(() => expect(loads()).toBe(loadsBefore + 1))
  await desk.ask('window.showState', { ...idleSeat, waiting: 1 })
  await settled()
  expect([asked, loads()]).toEqual([askedBefore + 1, loadsBefore + 1])
})
