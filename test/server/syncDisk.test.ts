// What is asked of the disk on each system: the practice centre of a Windows desktop makes its database by it too.
import fs from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { syncFile, syncFolder } from '../../server/syncDisk.ts'
import { newFolder } from './databases.ts'

const folder = newFolder()
const file = join(folder, 'rows')
const { platform } = process
afterEach(() => {
  Object.defineProperty(process, 'platform', { value: platform })
  vi.restoreAllMocks()
})

test.each(['linux', 'win32'])(
  '[SERVER-15] on %s a file is opened for writing to be synced, and a folder only where that can be',
  (system) => {
    Object.defineProperty(process, 'platform', { value: system })
    fs.writeFileSync(file, 'a row')
    const opened = vi.spyOn(fs, 'openSync')
    const synced = vi.spyOn(fs, 'fsyncSync')
    syncFile(file)
    syncFolder(folder)
    const both = [
      [file, 'r+'],
      [folder, 'r'],
    ]
    expect(opened.mock.calls).toEqual(system === 'win32' ? both.slice(0, 1) : both)
    expect(synced).toHaveBeenCalledTimes(opened.mock.calls.length)
    expect(() => syncFile(join(folder, 'gone'))).toThrow('ENOENT')
  },
)
