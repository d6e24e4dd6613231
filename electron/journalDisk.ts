// The few things the second journal asks of the file system, and the real ones. Behind an interface so that a disk that
// loses power, fills up or refuses to sync can be put in its place and every step tried.
import { mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'

export type OpenFile = {
  write(bytes: Uint8Array, at: number): Promise<void>
  read(at: number, length: number): Promise<Buffer>
  /** Resolves when all that was written is on disk. */
  sync(): Promise<void>
  cut(length: number): Promise<void>
  close(): Promise<void>
}

/** Paths are relative to the journal's folder, parts divided by `/`. Everything rejects as node:fs does. */
export interface JournalDisk {
  names(folder: string): Promise<readonly string[]>
  /** A new file, readable by this user only. */
  create(path: string): Promise<OpenFile>
  open(path: string): Promise<OpenFile>
  size(path: string): Promise<number>
  rename(from: string, to: string): Promise<void>
  remove(path: string): Promise<void>
  makeFolder(folder: string): Promise<void>
  /** Resolves when files made, renamed and removed in it are so on disk. */
  syncFolder(folder: string): Promise<void>
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

export const realDisk = (root: string): JournalDisk => ({
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

/** ENOSPC and EDQUOT: nothing more fits. */
export const isFull = (error: unknown): boolean => {
  const code = codeOf(error)
  return code === 'ENOSPC' || code === 'EDQUOT'
}

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
