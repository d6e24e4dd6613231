// The disk of a centre is full: the administrator's page and the lead's wall say so in words and with what to do, and
// cease to when there is room. Real centre on a real little disk, real Chromium.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mayMount, smallDisk, type SmallDisk } from '../electron/smallDisk.ts'
import { aForm } from '../makers/forms.ts'
import { aCallOf, items } from '../server/aCentre.ts'
import { until } from '../server/until.ts'
import { startCentre, type CentreProcess } from './centreProcess.ts'
import { openSeat, signIn, type SeatWindow } from './seatWindow.ts'

const web = join(import.meta.dirname, '../../out/renderer')
const folder = mkdtempSync(join(tmpdir(), 'keeping-'))
let disk: SmallDisk
let centre: CentreProcess
let admin: SeatWindow
let lead: SeatWindow
beforeAll(async () => {
  if (!mayMount) return
  disk = smallDisk('160m')
  const key = join(folder, 'key')
  writeFileSync(key, 'sixteen letters or more')
  centre = await startCentre({
    data: join(disk.path, 'data'),
    databaseUrl: null,
    flags: ['--demo', '--web', web, '--backup-dir', join(disk.path, 'backup'), '--key-file', key],
  })
  admin = await openSeat(join(folder, 'admin'), centre, {})
  await signIn(admin.page, '9001', centre.passwordOf('9001'))
  lead = await openSeat(join(folder, 'lead'), centre, {})
  await signIn(lead.page, '2001', centre.passwordOf('2001'))
})
afterAll(async () => {
  await admin?.close()
  await lead?.close()
  await centre?.stop()
  disk?.remove()
  rmSync(folder, { recursive: true, force: true })
})

const ask = (path: string, body: object, token = ''): Promise<Response> =>
  fetch(centre.address + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  })

test.runIf(mayMount)(
  '[F34] [SERVER-56] the administrator and the lead are told that the disk is full and what to do, and no longer when there is room',
  async () => {
    const opened = await ask('/api/session/open', { account: '1001', password: centre.passwordOf('1001') })
    const { value } = (await opened.json()) as { value: { token: string } }
    await admin.page.getByRole('navigation').getByRole('link', { name: '中心状况' }).click()
    await admin.page.getByText('存取正常').waitFor()
    await admin.shot('keeping-well')
    for (let n = 0; ; n += 1)
      try {
        writeFileSync(join(disk.path, `ballast${n}`), Buffer.alloc(65_536))
      } catch {
        break
      }
    const calls = Array.from({ length: 60 }, () =>
      aCallOf('1001', { form: aForm({ course: '满'.repeat(2_000) }) }),
    )
    const batch = items(...calls.map((call) => ({ call })))
    expect((await ask('/api/sync/push', batch, value.token)).status).toBe(503)

    const full = admin.page.getByText('中心数据库的磁盘满了，存不进去').first()
    await full.waitFor({ timeout: 40_000 })
    await admin.page.getByText('请运维在数据库那台机器上腾出空间，腾出来就自动补传。').waitFor()
    await admin.shot('keeping-full')
    await lead.page.getByRole('navigation').getByRole('link', { name: '班长席' }).click()
    await lead.page.getByText('中心数据库的磁盘满了，存不进去').waitFor({ timeout: 40_000 })
    await lead.shot('keeping-wall')

    for (const name of readdirSync(disk.path).filter((each) => each.startsWith('ballast')))
      rmSync(join(disk.path, name))
    await full.waitFor({ state: 'detached', timeout: 40_000 })
    await until(async () => (await ask('/api/sync/push', batch, value.token)).ok, 'it is stored')
    expect([...admin.faults, ...lead.faults]).toEqual([])
  },
  // The page asks every half minute, and it is waited for three times.
  240_000,
)
