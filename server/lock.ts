// One opener per data folder: two embedded databases on the same files would each miss the other's rows.
// The lock is a file that names its owner; one left behind by a process that is gone is taken over, and one that is
// just ending, because its desktop was killed, is waited for.
import fs from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/** A sentence for the person who starts the program. */
export class FolderInUse extends Error {
  override name = 'FolderInUse'
}

/** Start time of a process where the system tells it: a number used again is then not taken for the owner. */
const startedAt = (pid: number): string => {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

const alive = (pid: number, started: string): boolean => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  const now = startedAt(pid)
  return started === '' || now === '' || started === now
}

const ownerOf = (file: string): { pid: number; started: string } => {
  try {
    const [pid = '', started = ''] = fs.readFileSync(file, 'utf8').trim().split(' ')
    return { pid: Number.parseInt(pid, 10), started }
  } catch {
    return { pid: Number.NaN, started: '' }
  }
}

/** Locks in this process: the same process opening twice is refused too. */
const held = new Set<string>()

/** An owner whose desktop was killed notices within a second and lets go; on a loaded machine it takes longer. */
const patienceMs = 5_000

/** Takes the lock, waiting for an owner that ends within `patienceMs`, or throws FolderInUse; returns what gives it back. */
export const takeLock = async (file: string, patience = patienceMs): Promise<() => void> => {
  const until = Date.now() + patience
  for (;;) {
    try {
      return takeNow(file)
    } catch (error) {
      if (!(error instanceof FolderInUse) || held.has(file) || Date.now() > until) throw error
      await pause(100)
    }
  }
}

const takeNow = (file: string): (() => void) => {
  const mark = `${process.pid} ${startedAt(process.pid)}\n`
  const refuse = (pid: number): never => {
    throw new FolderInUse(`数据目录正被另一个服务使用（进程 ${pid}），请先停下它，或改用别的 --data 目录。`)
  }
  if (held.has(file)) refuse(process.pid)
  for (;;) {
    // Written aside and linked into place: the lock never exists half-written.
    const aside = `${file}.${process.pid}`
    fs.writeFileSync(aside, mark)
    try {
      fs.linkSync(aside, file)
      break
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      const { pid, started } = ownerOf(file)
      if (pid !== process.pid && Number.isInteger(pid) && alive(pid, started)) refuse(pid)
      // Renamed away rather than deleted: of two who find the same stale lock only one succeeds.
      const stale = `${file}.stale.${process.pid}`
      try {
        fs.renameSync(file, stale)
        fs.rmSync(stale, { force: true })
      } catch {
        // The other one was first; look again.
      }
    } finally {
      fs.rmSync(aside, { force: true })
    }
  }
  held.add(file)
  return () => {
    if (held.delete(file) && ownerOf(file).pid === process.pid) fs.rmSync(file, { force: true })
  }
}
