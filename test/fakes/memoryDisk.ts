// A disk in memory that forgets what was not synced, fills up and refuses to sync, as cruelly as a file system may: after a
// power cut every file ends anywhere between its last sync and its last write, and every name not synced is there or not.
import type { OpenFile } from '../../core/journal/journalDisk.ts'
import type { DesktopDisk } from '../../electron/journalDisk.ts'

type Inode = { now: Buffer; synced: Buffer; poisoned: boolean }

export type MemoryDisk = {
  /** The disk as a program started now sees it; nothing it still wants after the next power cut happens. */
  plugIn(): DesktopDisk
  /** `dice(n)`: a whole number from 0 to n - 1. */
  cutPower(dice: (sides: number) => number): void
  /** The next sync of a file fails, and what it should have written is gone for good though later syncs succeed. */
  failNextSync(): void
  setCapacity(bytes: number): void
  /** As APFS and btrfs: writing over what is there needs space too. */
  copiesOnWrite: boolean
  used(): number
  /** As a virus scanner or a dying sector would answer. */
  refuse(code: string | null): void
  syncs(): number
}

const fault = (code: string): Error => Object.assign(new Error(code), { code })
const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.')

export const memoryDisk = (): MemoryDisk => {
  let names = new Map<string, Inode>()
  let syncedNames = new Map<string, Inode>()
  let capacity = Infinity
  let failing = false
  let refusal: string | null = null
  let syncs = 0
  let life = 0

  const used = () => [...new Set(names.values())].reduce((sum, inode) => sum + inode.now.length, 0)
  const inodeOf = (path: string): Inode => {
    const inode = names.get(path)
    if (!inode) throw fault('ENOENT')
    return inode
  }
  const opened = (inode: Inode, alive: () => void): OpenFile => {
    return {
      async write(bytes, at) {
        alive()
        const grows = Math.max(0, at + bytes.length - inode.now.length)
        const needs = disk.copiesOnWrite ? bytes.length : grows
        const fits = Math.max(0, capacity - used())
        const taken = needs <= fits ? bytes.length : Math.max(0, bytes.length - (needs - fits))
        const next = Buffer.alloc(Math.max(inode.now.length, at + taken))
        inode.now.copy(next)
        next.set(bytes.subarray(0, taken), at)
        inode.now = next
        if (taken < bytes.length) throw fault('ENOSPC')
      },
      read: async (at, length) => Buffer.from(inode.now.subarray(at, at + length)),
      async sync() {
        alive()
        syncs += 1
        if (failing) {
          failing = false
          inode.poisoned = true
          throw fault('EIO')
        }
        if (!inode.poisoned) inode.synced = Buffer.from(inode.now)
      },
      async cut(length) {
        alive()
        inode.now = Buffer.from(inode.now.subarray(0, length))
      },
      close: async () => undefined,
    }
  }

  const plugIn = (): DesktopDisk => {
    const mine = life
    const alive = () => {
      if (mine !== life) throw fault('EIO')
    }
    return {
      async names(folder) {
        alive()
        const here = [...names.keys()].filter((path) => folderOf(path) === folder)
        return here.map((path) => path.split('/').at(-1) ?? '')
      },
      async create(path) {
        alive()
        if (refusal) throw fault(refusal)
        if (names.has(path)) throw fault('EEXIST')
        if (used() >= capacity) throw fault('ENOSPC')
        const inode = { now: Buffer.alloc(0), synced: Buffer.alloc(0), poisoned: false }
        names.set(path, inode)
        return opened(inode, alive)
      },
      async open(path) {
        alive()
        if (refusal) throw fault(refusal)
        return opened(inodeOf(path), alive)
      },
      async size(path) {
        alive()
        return inodeOf(path).now.length
      },
      async rename(from, to) {
        alive()
        const inode = inodeOf(from)
        names.delete(from)
        names.set(to, inode)
      },
      async remove(path) {
        alive()
        inodeOf(path)
        names.delete(path)
      },
      async makeFolder() {
        alive()
      },
      async syncFolder(folder) {
        alive()
        for (const path of syncedNames.keys()) if (folderOf(path) === folder) syncedNames.delete(path)
        for (const [path, inode] of names) if (folderOf(path) === folder) syncedNames.set(path, inode)
      },
      freeBytes: async () => capacity - used(),
    }
  }

  const disk: MemoryDisk = {
    copiesOnWrite: false,
    plugIn,
    cutPower(dice) {
      life += 1
      const after = new Map<string, Inode>()
      for (const path of new Set([...names.keys(), ...syncedNames.keys()])) {
        const [now, before] = [names.get(path), syncedNames.get(path)]
        const kept = now === before || dice(2) === 0 ? before : now
        if (kept) after.set(path, kept)
      }
      for (const inode of new Set(after.values())) {
        const upTo = dice(Math.max(inode.now.length, inode.synced.length) + 1)
        const rest = inode.synced.subarray(Math.min(upTo, inode.synced.length))
        inode.now = Buffer.concat([inode.now.subarray(0, upTo), rest])
        inode.synced = Buffer.from(inode.now)
        inode.poisoned = false
      }
      names = after
      syncedNames = new Map(after)
    },
    failNextSync() {
      failing = true
    },
    setCapacity(bytes) {
      capacity = bytes
    },
    used,
    refuse(code) {
      refusal = code
    },
    syncs: () => syncs,
  }
  return disk
}
