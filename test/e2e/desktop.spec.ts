// The desktop as it ships, main and preload and page, in a real Chromium through the stand-in: what the header and
// the bridge really do there. Real Electron has not been run; see docs/decisions/0004-desktop-without-electron.md.
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ipcCalls, ipcNotices } from '../../contract/ipc.ts'
import { app } from '../../host/application.ts'
import { isKeptAwake } from '../../host/desktopParts.ts'
import { recorded } from '../../host/record.ts'
import { BrowserWindow } from '../../host/windows.ts'
import { until } from '../pbx/until.ts'
import { openDesktop, type OpenDesktop } from './openDesktop.ts'
import { shots } from './seatWindow.ts'
import { plantAttempts } from './pageAttempts.ts'

const root = join(import.meta.dirname, '../..')
const data = mkdtempSync(join(tmpdir(), 'desktop-'))
const asked: string[] = []
const faults: string[] = []
let page: Page
let desktop: OpenDesktop

beforeAll(async () => {
  desktop = await openDesktop(data)
  page = desktop.page
  page.on('request', (request) => asked.push(request.url()))
  page.on('websocket', (socket) => asked.push(socket.url()))
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (line) => {
    if (line.type() === 'error') faults.push(line.text())
  })
  await page.getByRole('button', { name: '先练习' }).waitFor()
})

afterAll(async () => {
  page.on('dialog', (question) => void question.accept())
  desktop.host.quit()
  await until('the end', desktop.hasEnded)
  rmSync(data, { recursive: true, force: true })
})

/** Violations the page reports while `act` runs. */
const violations = (act: string) =>
  page.evaluate(async (text) => {
    const seen: string[] = []
    const note = (event: SecurityPolicyViolationEvent) => seen.push(event.effectiveDirective)
    document.addEventListener('securitypolicyviolation', note)
    // Runs outside the page's policy, as a devtools console does; what it does to the page is under it.
    const run: unknown = Reflect.get(window, text)
    if (typeof run === 'function') await run()
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100)))
    document.removeEventListener('securitypolicyviolation', note)
    return seen
  }, act)

describe('the page in the desktop', () => {
  test('[E02] has no Node: no require, no process, no module', async () => {
    const found = await page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global', '__dirname'].filter((name) => name in window),
    )
    expect(found).toEqual([])
  })

  test('[E20] finds exactly the rows of the table on window.desk, and cannot change them', async () => {
    const found = await page.evaluate(() => {
      const desk: unknown = Reflect.get(window, 'desk')
      const tamper = (act: () => unknown) => {
        try {
          return act()
        } catch {
          return 'refused'
        }
      }
      return {
        names: Object.keys(Object(desk)),
        others: Object.getOwnPropertyNames(window).filter((name) => /electron|ipc|invoke|bridge/i.test(name)),
        frozen: Object.isFrozen(desk),
        replaced: tamper(() => Reflect.set(window, 'desk', {})),
      }
    })
    expect(found.names).toEqual([...Object.keys(ipcCalls), ...Object.keys(ipcNotices)])
    expect(found.others).toEqual([])
    expect(found.frozen).toBe(true)
    expect(found.replaced).not.toBe(true)
  })

  test('[E17] what is not JSON does not cross', async () => {
    const refused = await page.evaluate(async () => {
      const write: unknown = Object(Reflect.get(window, 'desk'))['settings.write']
      const given = [new Map(), new Date(), () => 1, new Blob(['x']), { centre: new Uint8Array(4) }]
      const outcomes = given.map(async (value): Promise<unknown> => {
        if (typeof write !== 'function') return null
        return await Reflect.apply(write, null, [value])
      })
      return (await Promise.allSettled(outcomes)).map((outcome) => outcome.status)
    })
    expect(refused).toEqual(Array.from({ length: 5 }, () => 'rejected'))
  })

  test('[E07] the header forbids inline script, eval, script links, foreign pictures and foreign frames', async () => {
    await page.evaluate(plantAttempts)
    // Without an event of its own: the script is refused for its text before the header is asked.
    await violations('tryInline')
    expect(await violations('tryHandler')).toContain('require-trusted-types-for')
    expect((await violations('tryEval')).length).toBeGreaterThan(0)
    expect(await violations('tryPicture')).toContain('img-src')
    expect(await violations('tryFrame')).toContain('frame-src')
    expect(await violations('tryBase')).toContain('base-uri')
    expect(await violations('tryForm')).toContain('form-action')
    expect(await violations('tryStyle')).toContain('style-src-elem')
    expect(await violations('tryFetch')).toContain('connect-src')
    expect(await violations('trySocket')).toContain('connect-src')
    expect(await violations('tryLink')).toContain('script-src-elem')
    const ran = await page.evaluate(() => Object.keys(window).filter((name) => name.startsWith('ran')))
    expect(ran).toEqual([])
  })

  test('[E07] [E26] text never becomes markup: Trusted Types let style sheets through and nothing with a tag', async () => {
    const outcome = await page.evaluate(() => {
      const put = (element: Element, text: string) => {
        try {
          element.innerHTML = text
          return 'put'
        } catch {
          return 'refused'
        }
      }
      const made = document.createElement('div')
      return [
        put(made, '<img src=x onerror=alert(1)>'),
        put(made, 'a<b'),
        put(document.createElement('style'), 'a { color: red }'),
      ]
    })
    expect(outcome).toEqual(['refused', 'refused', 'put'])
  })

  test('[E13] [E14] neither a link nor a script takes the page away or opens another', async () => {
    const before = page.url()
    await page.evaluate(() => {
      location.assign('https://example.com/')
    })
    await page.evaluate(() => void Object.assign(window, { other: window.open('https://example.com/') }))
    await page.getByRole('button', { name: '先练习' }).waitFor()
    expect(page.url()).toBe(before)
    // Electron refuses the window; where one stands in for it, it is closed as soon as it is there.
    await until('no other window', () =>
      page.evaluate(() => {
        const other: unknown = Reflect.get(window, 'other')
        return other === null || Object(other).closed === true
      }),
    )
    // Who drives the browser hears of the end a moment later than the page.
    await until('it is the only page', () => page.context().pages().length === 1)
    expect(page.context().pages()).toEqual([page])
  })

  test('[E05] the microphone is granted, the camera and the place are not', async () => {
    const states = await page.evaluate(async () => {
      const state = async (name: string) => (await navigator.permissions.query(Object({ name }))).state
      const sound = await navigator.mediaDevices.getUserMedia({ audio: true })
      for (const track of sound.getTracks()) track.stop()
      return [await state('microphone'), await state('camera'), await state('geolocation')]
    })
    expect(states[0]).toBe('granted')
    expect(states.slice(1)).not.toContain('granted')
  })
})

describe('a practice session', () => {
  test('[E01] begins with one press and asks nobody but this computer', async () => {
    faults.length = 0
    await page.reload()
    await page.getByRole('button', { name: '先练习' }).click()
    await page
      .getByRole('button', { name: /空闲|示忙/ })
      .first()
      .waitFor({ timeout: 30_000 })
    const strangers = asked.filter((url) => {
      const { origin, hostname, protocol } = new URL(url)
      const ours = origin === 'https://workstation.app.invalid' || hostname === '127.0.0.1'
      return !ours && !['blob:', 'data:'].includes(protocol) && hostname !== 'example.com'
    })
    expect(strangers).toEqual([])
    expect(asked.some((url) => url.startsWith('ws://127.0.0.1'))).toBe(true)
    expect(faults).toEqual([])
  })

  test('[JRNL-12] on a sound disk nobody is told that something is not safe', async () => {
    const centreMet = 2_000
    await page.waitForTimeout(centreMet)
    await expect.poll(() => readdirSync(join(data, 'journal')).length).toBeGreaterThan(1)
    expect(await page.getByText(/第二份日志写不了|磁盘满了|磁盘快满了/).count()).toBe(0)
  })

  test('[DESK-3] [D03] a system without a key store is said on the sync page and in the settings', async () => {
    for (const name of ['同步', '设置']) {
      await page.getByRole('navigation').getByRole('link', { name }).click()
      await page.getByText('系统钥匙串没开，签入凭据只做了简单保护').waitFor()
      await page.getByText(/请管理员装好系统钥匙串/).waitFor()
    }
  })

  test('[DESK-33] a file goes where downloads go; one that did not get there is said at once', async () => {
    const give = () =>
      page.evaluate(() =>
        Object.assign(document.createElement('a'), {
          href: URL.createObjectURL(new Blob(['sealed'])),
          download: 'a.handover',
        }).click(),
      )
    const folder = join(data, 'downloads')
    app.setPath('downloads', folder)
    await give()
    await until('the file', () => existsSync(join(folder, 'a.handover')))
    // Nobody can write here any more: a file has taken the folder's name.
    rmSync(folder, { recursive: true })
    writeFileSync(folder, '')
    await give()
    await page.getByText('“a.handover”没有存下来').first().waitFor()
  })

  test('[DESK-16] [DESK-4] a second start hands its link to the page in front and ends', async () => {
    const second = await promisify(execFile)(process.execPath, [
      join(root, 'host/run.ts'),
      '--data',
      data,
      'tel:600',
    ])
    expect(second.stdout).toContain('坐席工作站已经打开')
    const told = () => recorded('webContents.send').map(([, name, notice]) => [name, Object(notice).number])
    await expect.poll(told).toContainEqual(['dial.requested', '600'])
    // The box is filled; no link dials by itself.
    await expect.poll(() => page.getByRole('textbox', { name: '号码' }).inputValue()).toBe('600')
    await page.keyboard.press('Escape')
  })

  test('[F66] [DESK-17] a simulated caller rings and is answered over other programs; from then on leaving the page asks', async () => {
    const asks = () => page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })))
    expect(await asks()).toBe(false)
    await page
      .getByRole('link', { name: '练习' })
      .or(page.getByRole('button', { name: '练习' }))
      .first()
      .click()
    await page
      .getByRole('button', { name: /等来电/ })
      .first()
      .click()
    await page.getByRole('button', { name: /接听/ }).first().waitFor()
    // Somebody works in another program: the small window is there, and answers.
    BrowserWindow.getAllWindows()[0]?.blur()
    const small = await until('the small window', () => page.context().pages()[1])
    await small.getByText(/^\S*\*{4}\S*$/).waitFor()
    await small.getByText(/第一次来电|以前来过/).waitFor()
    mkdirSync(shots, { recursive: true })
    await small.screenshot({ path: join(shots, 'ringWindow.png') })
    await small.getByRole('button', { name: '接听' }).click()
    await until('the small window to be gone', () => page.context().pages().length === 1)
    await expect.poll(asks, { timeout: 10_000 }).toBe(true)
    await page
      .getByRole('button', { name: /通话中/ })
      .first()
      .waitFor()
    await expect.poll(isKeptAwake).toBe(true)
  })

  test('[F66] [DESK-8] quitting during the call asks, and goes on with the call unless told otherwise', async () => {
    const asked = page.waitForEvent('dialog')
    desktop.host.quit()
    const question = await asked
    expect(question.message()).toContain('正在通话，关闭会挂断电话。')
    await question.dismiss()
    await page
      .getByRole('button', { name: /通话中/ })
      .first()
      .waitFor()
    expect(desktop.hasEnded()).toBe(false)
  })

  test('[E24] the log of it names nobody', () => {
    const log = readFileSync(join(data, 'logs', 'desk.log'), 'utf8')
    expect(log).toContain('started')
    expect(log).not.toMatch(/\d{5,}|\p{Script=Han}/u)
  })
})
