// The second journal's file system in a browser: the origin's own files, which only a worker may write and sync. Every file
// begins as zeros up to the length of a segment: what is written later takes no space that a full disk might not have.
import type { JournalDisk, OpenFile } from '../../core/journal/journalDisk.ts'

/** Of a worker; the page's own library of types has none of it. */
type Access = {
  read(bytes: Uint8Array, where: { at: number }): number
  write(bytes: Uint8Array, where: { at: number }): number
  flush(): void
  truncate(length: number): void
  getSize(): number
  close(): void
}
declare global {
  interface FileSystemFileHandle {
    createSyncAccessHandle(): Promise<Access>
  }
}

/** Held by another page of this browser, or by the one that is just being reloaded. */
export const isHeld = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'NoModificationAllowedError'

const codeFor = (error: unknown): string =>
  error instanceof DOMException && error.name === 'QuotaExceededError' ? 'ENOSPC' : 'EIO'
const asDisk = (error: unknown): unknown =>
  isHeld(error) ? error : Object.assign(new Error('journal file', { cause: error }), { code: codeFor(error) })

const zeros = new Uint8Array(1 << 20)

export const journalFiles = (root: FileSystemDirectoryHandle, segmentBytes: number): JournalDisk => {
  /** One handle per file, however many use it: a second one is refused. */
  const handles = new Map<string, { readonly access: Promise<Access>; users: number }>()

  const tried = async <T>(run: () => T | Promise<T>): Promise<T> => {
    try {
      return await run()
    } catch (error) {
      throw asDisk(error)
    }
  }
  const folderAt = (folder: string, create = false): Promise<FileSystemDirectoryHandle> =>
    folder === '.' ? Promise.resolve(root) : root.getDirectoryHandle(folder, { create })
  const split = (path: string): readonly [string, string] => {
    const at = path.lastIndexOf('/')
    return at === -1 ? ['.', path] : [path.slice(0, at), path.slice(at + 1)]
  }
  const accessTo = async (path: string, create: boolean): Promise<Access> => {
    const [folder, name] = split(path)
    const file = await (await folderAt(folder)).getFileHandle(name, { create })
    return file.createSyncAccessHandle()
  }
  const leave = async (path: string): Promise<void> => {
    const held = handles.get(path)
    if (!held) return
    held.users -= 1
    if (held.users > 0) return
    handles.delete(path)
    ;(await held.access).close()
  }
  const hold = async (path: string, create: boolean): Promise<Access> => {
    const held = handles.get(path) ?? { access: accessTo(path, create), users: 0 }
    held.users += 1
    handles.set(path, held)
    try {
      return await held.access
    } catch (error) {
      handles.delete(path)
      throw error
    }
  }
  const opened = (path: string, access: Access): OpenFile => ({
    write: (bytes, at) =>
      tried(() => {
        for (let done = 0; done < bytes.length;) done += access.write(bytes.subarray(done), { at: at + done })
      }),
    read: (at, length) =>
      tried(() => {
        const bytes = new Uint8Array(length)
        return bytes.subarray(0, access.read(bytes, { at }))
      }),
    sync: () => tried(() => access.flush()),
    cut: (length) => tried(() => access.truncate(length)),
    close: () => tried(() => leave(path)),
  })
  const remove = async (path: string): Promise<void> => {
    const [folder, name] = split(path)
    await (await folderAt(folder)).removeEntry(name)
  }

  return {
    names: (folder) =>
      tried(async () => {
        const names: string[] = []
        for await (const name of (await folderAt(folder)).keys()) names.push(name)
        return names
      }),
    create: (path) =>
      tried(async () => {
        const access = await hold(path, true)
        try {
          for (let at = 0; at < segmentBytes; at += zeros.length) access.write(zeros, { at })
          access.flush()
        } catch (error) {
          await leave(path)
          await remove(path)
          throw error
        }
        return opened(path, access)
      }),
    open: (path) => tried(async () => opened(path, await hold(path, false))),
    size: (path) =>
      tried(async () => {
        const access = await hold(path, false)
        const size = access.getSize()
        await leave(path)
        return size
      }),
    remove: (path) => tried(() => remove(path)),
    makeFolder: (folder) => tried(async () => void (await folderAt(folder, true))),
    // The browser writes names down by itself; none of its calls waits for that.
    syncFolder: async () => undefined,
  }
}
