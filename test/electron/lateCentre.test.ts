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
  response.writeHead(isAway ? 503 : 200).end(isAway ? '' : JSON.stringify({ ok: true, value }))
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

test('[DESK-28] it is asked again once somebody has signed in and no call is on the line, and then no more', async () => {
  isAway = false
  const [askedAtStart, loadsAtStart] = [asked, loads()]
  expect(await header()).not.toContain('pbx.example')
  // At the door and after a call somebody types; under a call nothing is loaded anew.
  for (const busy of [{ phase: 'signedOut' }, { phase: 'wrapup' }, { onCall: true }, { ringing: true }])
    await desk.ask('window.showState', { ...idleSeat, ...busy })
  await settled()
  expect([asked, loads()]).toEqual([askedAtStart, loadsAtStart])

  await desk.ask('window.showState', idleSeat)
  await vi.waitFor(() => expect(loads()).toBe(loadsAtStart + 1))
  expect(await header()).toContain('wss://pbx.example')

  await desk.ask('window.showState', { ...idleSeat, waiting: 1 })
  await settled()
  expect([asked, loads()]).toEqual([askedAtStart + 1, loadsAtStart + 1])
})
