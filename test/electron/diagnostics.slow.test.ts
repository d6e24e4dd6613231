// Saving the file for support: the person is asked, and only then something is written.
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { app } from '../../host/application.ts'
import { forget, recorded } from '../../host/record.ts'
import { stage, takeStage } from '../../host/stage.ts'
import { startedDesktop } from './startedDesktop.ts'

vi.mock('electron', () => import('../../host/electronModule.ts'))

const desk = await startedDesktop()
const text = JSON.stringify({ kind: 'hotline-diagnostics' })
const name = 'hotline-diagnostics-20261126-0800.json'
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'downloads-'))
  app.setPath('downloads', folder)
  forget()
})
const person = (presses: number) => takeStage({ ...stage(), ask: async () => presses })

test('[DIAG-4] the person is asked where to, and there it is', async () => {
  person(0)
  expect(await desk.ask('diagnostics.save', { name, text })).toEqual({ ok: true, value: { saved: true } })
  expect(Object(recorded('dialog.showSaveDialog')[0]?.[0])).toMatchObject({ defaultPath: join(folder, name) })
  expect(readFileSync(join(folder, name), 'utf8')).toBe(text)
})

test('[DIAG-4] who changes their mind gets no file', async () => {
  person(1)
  expect(await desk.ask('diagnostics.save', { name, text })).toEqual({ ok: true, value: { saved: false } })
  expect(existsSync(join(folder, name))).toBe(false)
})

test('[DIAG-4] a name that leads elsewhere is refused before anybody is asked', async () => {
  person(0)
  for (const bad of ['../x.json', '/tmp/x.json', 'x.exe', 'A B.json', '.json'])
    expect(await desk.ask('diagnostics.save', { name: bad, text })).toMatchObject({ ok: false })
  expect(recorded('dialog.showSaveDialog')).toEqual([])
})

test('[DIAG-4] a folder that takes nothing is said, and nothing is pretended', async () => {
  person(0)
  app.setPath('downloads', join(folder, 'there'))
  const blocked = join(folder, 'there', name)
  mkdirSync(blocked)
  expect(await desk.ask('diagnostics.save', { name, text })).toMatchObject({
    ok: false,
    problem: { code: 'failed', text: '诊断包没有存下来，数据没有变动。请换一个文件夹再试。' },
  })
})
