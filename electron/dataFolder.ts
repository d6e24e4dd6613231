// [JRNL-9] Can the data folder be written at all? Asked before anything else opens it: a program that works in memory only
// would lose a day without a word. A full disk is not refused: calls and reading still work. Who used it last is asked too.
import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { codeOf, isFull } from '../core/journal/journalDisk.ts'
import type { MemoryFile } from './settings.ts'

const tries = 8
const pauseMs = 250

/** Before Electron is ready nothing may be awaited. */
const pause = (): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs)
}

const writeOnce = (folder: string): unknown => {
  const probe = join(folder, `probe-${process.pid}`)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const file = openSync(probe, 'w', 0o600)
    try {
      writeSync(file, 'probe')
      fsyncSync(file)
    } finally {
      closeSync(file)
      rmSync(probe)
    }
    return null
  } catch (error) {
    return isFull(error) ? null : error
  }
}

/** null: it can. A virus scanner holds a folder for moments: what may pass is waited for. */
export const whyNotWritable = (folder: string): 'readOnly' | 'locked' | null => {
  for (let left = tries; ; left -= 1) {
    const error = writeOnce(folder)
    if (error === null) return null
    if (codeOf(error) === 'EROFS') return 'readOnly'
    if (left === 1) return codeOf(error) === 'EACCES' ? 'readOnly' : 'locked'
    pause()
  }
}

/** Was the folder last used on another computer? From now on it is this one's. */
export const isCopied = (memory: MemoryFile, computer = hostname()): boolean => {
  const here = createHash('sha256').update(computer).digest('hex').slice(0, 16)
  const last = memory.read().computer
  if (last !== here) memory.write({ computer: here })
  return last !== null && last !== here
}
