// The secret of a seat's telephone is changed at the centre and at the real PBX with the seat signed in: the desk comes back
// by itself, and the worker on the line stays. The other order takes until the next token: freshSecret.test.ts.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callQueue } from '../pbx/caller.ts'
import type { TcpRelay } from '../pbx/tcpRelay.ts'
import { startTcpRelay } from '../pbx/tcpRelay.ts'
import { until } from '../pbx/until.ts'
import type { SeatWindow } from './seatWindow.ts'
import type { Stage } from './stage.ts'
import { openStage } from './stage.ts'

let stage: Stage
let seat: SeatWindow
let relay: TcpRelay
beforeAll(async () => {
  stage = await openStage({
    async through(pbx) {
      relay = await startTcpRelay({ host: pbx.host, port: pbx.wsPort })
      return relay.through(pbx.wsUrl)
    },
  })
  seat = await stage.openSeat('1001')
  await stage.pbx.untilRegistered('1001')
  await until('the queue to have the seat', async () =>
    (await stage.pbx.members()).some(({ number, paused }) => number === '1001' && !paused),
  )
})
afterAll(async () => {
  await stage.close()
  await relay.close()
})

const atCentre = async (secret: string): Promise<void> => {
  writeFileSync(stage.secretsFile, JSON.stringify({ ...stage.pbx.secrets, 1001: secret }))
  await stage.centre.stop()
  await stage.centre.start()
}
const atPbx = async (secret: string): Promise<void> => {
  const file = join(stage.pbx.dir, 'etc/seats.conf')
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace(/(username=1001\npassword=).*/, `$1${secret}`))
  await stage.pbx.rx('module reload res_pjsip.so')
  await until('the new secret at the PBX', async () =>
    (await stage.pbx.rx('pjsip show auth 1001')).includes(secret),
  )
}
/** The seat has to register anew. */
const registersAgain = (): void => relay.cut()
const link = (name: string) => seat.page.getByText(name).first().waitFor({ timeout: 20_000 })

test('[PHONE-42] [F17] [D08] at the centre first, then at the PBX, with a worker on the line: the call goes on', async () => {
  const { page } = seat
  const caller = await callQueue(stage.pbx)
  await page.getByRole('button', { name: /接听/ }).waitFor()
  await page.keyboard.press('F2')
  await caller.answered()
  await atCentre('first-made-up-change')
  await atPbx('first-made-up-change')
  const refused = stage.pbx.nextEvent((event) => event['Event'] === 'ChallengeResponseFailed', 20_000)
  registersAgain()
  await refused
  const isHere = async (): Promise<boolean> =>
    (await stage.pbx.rx('pjsip show contacts')).includes('1001/') && (await stage.pbx.isRegistered('1001'))
  await until('the seat to register with the new secret', isHere, 20_000)
  await link('话路正常')
  // The caller is still there, and what the agent does with the call is still done.
  let isOver = false
  void caller.ended.then(() => (isOver = true))
  await page.keyboard.press('F4')
  await page.getByText('职工在听音乐').waitFor()
  await page.keyboard.press('F4')
  await page.getByText('职工在听音乐').waitFor({ state: 'hidden' })
  await page.waitForTimeout(3_000)
  expect(isOver).toBe(false)
  await caller.hangUp()
})
