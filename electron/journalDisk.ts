// The second journal's file system on this computer.
import { mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { JournalDisk, OpenFile } from '../core/journal/journalDisk.ts'

export type DesktopDisk = JournalDisk & {
  rename(from: string, to: string): Promise<void>
  freeBytes(): Promise<number>
}

const opened = async (path: string, flags: string): Promise<OpenFile> => {
  const handle = await open(path, flags, 0o600)
  return {
    async write(bytes, at) {
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done)
        done += bytesWritten
      }
    },
    async read(at, length) {
      const bytes = Buffer.alloc(length)
      const { bytesRead } = await handle.read(bytes, 0, length, at)
      return bytes.subarray(0, bytesRead)
    },
    sync: () => handle.datasync(),
    cut: (length) => handle.truncate(length),
    close: () => handle.close(),
  }
}

export const realDisk = (root: string): DesktopDisk => ({
  names: (folder) => readdir(join(root, folder)),
  create: (path) => opened(join(root, path), 'wx+'),
  open: (path) => opened(join(root, path), 'r+'),
  size: async (path) => (await stat(join(root, path))).size,
  rename: (from, to) => rename(join(root, from), join(root, to)),
  remove: (path) => rm(join(root, path)),
  async makeFolder(folder) {
    await mkdir(join(root, folder), { recursive: true, mode: 0o700 })
  },
  async syncFolder(folder) {
    // Windows opens no folders; NTFS writes names down in its own log.
    if (process.platform === 'win32') return
    const handle = await open(join(root, folder), 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  },
  async freeBytes() {
    const { bavail, bsize } = await statfs(root)
    return bavail * bsize
  },
})
