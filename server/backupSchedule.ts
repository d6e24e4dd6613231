// A running centre's own daily backup: at three in the morning, or as soon as the last one is older than a day. The
// newest fourteen stay. A backup that fails is in the log, told to the keeper [SERVER-54] and tried again; the centre goes on.
import fs from 'node:fs'
import path from 'node:path'
import { backUp } from './backup.ts'
import type { Configuration } from './configuration.ts'
import { traceOf, type Database } from './database.ts'
import { noteBackup, type Keeper } from './keeping.ts'
import type { Log } from './log.ts'
import { makeFolder } from './makeFolder.ts'

const hourMs = 3_600_000
const lookMs = 10 * 60_000
const kept = 14
const nameShape = /^hotline-\d{8}-\d{4}\.backup$/

/** Hour of the day in the hotline's time zone, UTC+8 all year. */
const beijing = (at: number): Date => new Date(at + 8 * hourMs)

/** `last`: when the newest backup was made; null: there is none. */
export const isDue = (last: number | null, now: number): boolean => {
  if (last === null) return true
  const age = now - last
  // At three also when the last one, made in the daytime because there was none, is not a day old: or none would be at three.
  return age > 26 * hourMs || (age > 2 * hourMs && beijing(now).getUTCHours() === 3)
}

export const nameOf = (at: number): string => {
  const text = beijing(at).toISOString().replaceAll(/[-:T]/g, '')
  return `hotline-${text.slice(0, 8)}-${text.slice(8, 12)}.backup`
}

const newestFirst = (folder: string): string[] =>
  fs
    .readdirSync(folder)
    .filter((name) => nameShape.test(name))
    .sort()
    .reverse()

const madeAt = (name: string): number => {
  const [, day = '', time = ''] = name.split(/[-.]/)
  const iso = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T${time.slice(0, 2)}:${time.slice(2)}:00+08:00`
  return Date.parse(iso)
}

/** Makes a backup if one is due; answers its file. */
export const backUpIfDue = async (
  database: Database,
  { folder, secret }: NonNullable<Configuration['backups']>,
  now: number,
): Promise<string | null> => {
  const [newest] = newestFirst(folder)
  if (!isDue(newest === undefined ? null : madeAt(newest), now)) return null
  const file = path.join(folder, nameOf(now))
  await backUp(database, file, secret, now)
  return file
}

/** The newest is noted and the old ones go. */
export const settleBackups = async (database: Database, folder: string): Promise<void> => {
  const [newest, ...others] = newestFirst(folder)
  if (newest !== undefined) await noteBackup(database, madeAt(newest))
  for (const old of others.slice(kept - 1)) fs.rmSync(path.join(folder, old))
}

export const keepBackups = (given: {
  readonly database: Database
  readonly backups: NonNullable<Configuration['backups']>
  readonly keeper: Keeper
  readonly now: () => number
  readonly log: Log
}): (() => Promise<void>) => {
  const { database, backups, keeper, now, log } = given
  // A folder that takes no backup is found now, by whoever starts the centre, and not on the day it is needed.
  makeFolder(backups.folder)
  fs.accessSync(backups.folder, fs.constants.W_OK)
  let running: Promise<void> = Promise.resolve()
  const look = async (): Promise<void> => {
    try {
      const file = await backUpIfDue(database, backups, now())
      if (file !== null) {
        log('info', 'backup made', { file: path.basename(file) })
        keeper.backedUp(null)
      }
    } catch (error) {
      keeper.backedUp(error)
      log('error', 'backup failed', { error: traceOf(error) })
    }
    // With every look: what fails of it makes a good backup no worse, and the next look does it.
    await settleBackups(database, backups.folder).catch((error: unknown) => {
      log('warn', 'backup not settled', { error: traceOf(error) })
    })
  }
  const next = () => void (running = running.then(look))
  next()
  const timer = setInterval(next, lookMs)
  return async () => {
    clearInterval(timer)
    await running
  }
}
