// [JRNL-7] Space that is ours before the disk is full: a file of zeros beside the journals. On a full disk it becomes the
// next file of a journal and is written over; made anew when there is space again.
import { isFull } from '../core/journal/journalDisk.ts'
import type { DesktopDisk } from './journalDisk.ts'

export type Reserve = {
  /** Makes it whole. False: there is no space for it, or not for all of it. */
  fill(): Promise<boolean>
  /** Moves it to `path`: the bytes it holds; null: there is none. */
  take(path: string): Promise<number | null>
}

export const reserveBytes = 16 << 20
const name = 'reserve'
const piece = Buffer.alloc(1 << 20)

export const openReserve = (disk: DesktopDisk, bytes: number): Reserve => {
  let isWhole = false

  const make = async (): Promise<void> => {
    const isThere = (await disk.names('.')).includes(name)
    const has = isThere ? await disk.size(name) : 0
    const file = isThere ? await disk.open(name) : await disk.create(name)
    try {
      for (let at = has; at < bytes; at += piece.length)
        await file.write(piece.subarray(0, Math.min(piece.length, bytes - at)), at)
      await file.sync()
    } finally {
      await file.close()
    }
    await disk.syncFolder('.')
  }

  return {
    async fill() {
      if (isWhole) return true
      try {
        await make()
        isWhole = true
      } catch (error) {
        // What fits of it is ours already; a file that could not be synced is none.
        if (!isFull(error)) await disk.remove(name).catch(() => undefined)
      }
      return isWhole
    },
    async take(path) {
      isWhole = false
      if (!(await disk.names('.')).includes(name)) return null
      const has = await disk.size(name)
      await disk.rename(name, path)
      await disk.syncFolder('.')
      return has
    },
  }
}
