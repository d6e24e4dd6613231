// Real little disks for tests: a file system in memory of a given size, mounted. Only root may mount.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const mayMount = process.platform === 'linux' && process.getuid?.() === 0

export type SmallDisk = {
  readonly path: string
  readOnly(): void
  remove(): void
}

export const smallDisk = (size: string): SmallDisk => {
  const path = mkdtempSync(join(tmpdir(), 'small-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path])
  return {
    path,
    readOnly: () => execFileSync('mount', ['-o', 'remount,ro', path]),
    remove() {
      // Lazily: the program under test keeps its files open, as it should.
      execFileSync('umount', ['-l', path])
      rmSync(path, { recursive: true, force: true })
    },
  }
}
