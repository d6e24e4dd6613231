// What becomes of a file the page hands over, as the main process hears it and tells the page.
import { EventEmitter } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { sessionEvents } from '../../host/application.ts'
import { freePlace } from '../../host/downloads.ts'
import { startedDesktop } from './startedDesktop.ts'

vi.mock('electron', () => import('../../host/electronModule.ts'))

const desk = await startedDesktop()

test('[DESK-33] the page is told of each file whether it was saved', () => {
  const end = (state: string) => {
    const item = Object.assign(new EventEmitter(), { getFilename: () => 'hotline-1001.handover' })
    sessionEvents.emit('will-download', {}, item)
    item.emit('done', {}, state)
    return desk.told('download.ended').at(-1)
  }
  expect(end('completed')).toEqual({ file: 'hotline-1001.handover', saved: true })
  expect(end('cancelled')).toEqual({ file: 'hotline-1001.handover', saved: false })
  expect(end('interrupted')).toEqual({ file: 'hotline-1001.handover', saved: false })
})

test('[DESK-33] the stand-in writes over no earlier file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'downloads-'))
  const names = ['calls.csv', 'calls (2).csv', 'calls (3).csv'].map((name) => join(folder, name))
  for (const name of names) {
    expect(freePlace(folder, 'calls.csv')).toBe(name)
    writeFileSync(name, '')
  }
})
