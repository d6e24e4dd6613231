// [JRNL-7] [JRNL-8] Watches the free space of the disk the profile lies on, because IndexedDB does not say it, and keeps the
// journal's reserve: taken when nothing else fits, made whole again when there is space.
import type { DiskShown } from '../contract/ipc.ts'
import type { DesktopDisk } from './journalDisk.ts'
import type { Reserve } from './journalReserve.ts'

export type DiskLimits = {
  /** Below it people are warned. */
  readonly lowBytes: number
  /** Below it nobody can count on a save. */
  readonly fullBytes: number
  /** So much should be free for a day of work and the system's own needs. */
  readonly easyBytes: number
}
export const usualDiskLimits: DiskLimits = { lowBytes: 512 << 20, fullBytes: 32 << 20, easyBytes: 1 << 30 }
const lookEveryMs = 15_000

export type DiskWatch = {
  read(): DiskShown
  /** Looks now and tells if something changed. */
  look(): Promise<void>
  /** The reserve, for the journal: taking it says that the disk is full. */
  readonly take: Reserve['take']
  /** Looks again and again for as long as the program lives. */
  start(): void
}

export const watchDisk = (parts: {
  readonly disk: DesktopDisk
  readonly reserve: Reserve
  readonly copied: boolean
  readonly limits: DiskLimits
  tell(shown: DiskShown): void
}): DiskWatch => {
  const { disk, reserve, copied, limits } = parts
  let shown: DiskShown = { level: 'ok', freeBytes: 0, toFreeBytes: 0, copied }
  /** The reserve is gone and there is no space for another: full, whatever the file system says is free. */
  let isSpent = false

  const show = (freeBytes: number): void => {
    const level =
      isSpent || freeBytes < limits.fullBytes ? 'full' : freeBytes < limits.lowBytes ? 'low' : 'ok'
    const toFreeBytes = level === 'ok' ? 0 : Math.max(limits.easyBytes - freeBytes, limits.fullBytes)
    const before = shown
    shown = { level, freeBytes, toFreeBytes, copied }
    if (before.level !== level) parts.tell(shown)
  }
  const look = async (): Promise<void> => {
    try {
      await disk.makeFolder('.')
      const free = await disk.freeBytes()
      // What little there is left is not ours to take: calls need it more.
      if (free > limits.fullBytes) isSpent = !(await reserve.fill())
      show(await disk.freeBytes())
    } catch {
      // A folder that cannot be looked at says so when something is saved.
    }
  }
  return {
    read: () => shown,
    look,
    async take(path) {
      const bytes = await reserve.take(path)
      isSpent = true
      show(shown.freeBytes)
      return bytes
    },
    start() {
      void look()
      setInterval(() => void look(), lookEveryMs).unref()
    },
  }
}
