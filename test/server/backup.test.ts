// A backup taken while the centre works, put back into an empty or a changed centre, on both databases; and files that
// are cut short, changed, or opened with the wrong key.
import fs from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { backUp } from '../../server/backup.ts'
import { BackupTrouble } from '../../server/backupFile.ts'
import { backUpIfDue, isDue, nameOf, settleBackups } from '../../server/backupSchedule.ts'
import { openDatabase, type Database } from '../../server/database.ts'
import { checkBackup, restore } from '../../server/restore.ts'
import { aCallOf, aDispatchOf, items, startTestCentre, type TestCentre } from './aCentre.ts'
import { bothDatabases, newFolder, type Place } from './databases.ts'
import { runProgram } from './program.ts'

const secret = 'sixteen letters or more'
const folder = newFolder()
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))
const at = Date.parse('2026-11-23T03:00:00+08:00')

/** Everything a person could miss: rows of every table in a fixed order. */
const everything = async (database: Database): Promise<object> => {
  const tables = ['accounts', 'call_records', 'tickets', 'ticket_events', 'ticket_days', 'reference', 'audit']
  const read = tables.map(async (table) => [
    table,
    await database.rows(`select t::text as row from ${table} t order by 1`),
  ])
  return Object.fromEntries(await Promise.all(read))
}

describe.each(bothDatabases)('a backup on %s', (_name, make) => {
  const kind = make()
  afterAll(() => kind.stop())
  const places: Place[] = []
  const centres: TestCentre[] = []
  afterEach(async () => {
    for (const centre of centres.splice(0)) await centre.stop()
    for (const place of places.splice(0)) await place.remove()
  })
  const newPlace = async (): Promise<Place> => {
    const place = await kind.newPlace()
    places.push(place)
    return place
  }
  const aWorkingCentre = async (place: Place): Promise<{ centre: TestCentre; token: string }> => {
    const centre = await startTestCentre(place)
    centres.push(centre)
    const { token } = await centre.signIn('1001')
    const calls = Array.from({ length: 3 }, () => ({ call: aCallOf('1001') }))
    await centre.get('sync.push', items(...calls, { ticket: aDispatchOf('1001', 'ZGFW') }), token)
    return { centre, token }
  }

  test('[SERVER-33] [SERVER-34] put back into an empty centre, everything is there, and it works on', async () => {
    const { centre } = await aWorkingCentre(await newPlace())
    const file = join(folder, `${kind.name}-1.backup`)
    const counts = await backUp(centre.running.database, file, secret, at)
    expect(counts).toMatchObject({ call_records: 3, tickets: 1, accounts: 8 })
    expect(Object.keys(counts)).not.toContain('sessions')
    const before = await everything(centre.running.database)
    const { epoch } = centre.running.identity

    const place = await newPlace()
    const empty = await openDatabase({ url: place.databaseUrl, folder: place.folder })
    expect(await restore(empty, file, secret, { replace: false, now: at })).toEqual(counts)
    const [row] = await empty.rows<{ epoch: number; id: string }>('select id, epoch from centre')
    expect(row?.id).toBe(centre.running.identity.id)
    expect(row?.epoch).toBeGreaterThan(epoch)
    const after = await everything(empty)
    await empty.close()
    const { audit, ...rest } = after as Record<string, { row: string }[]>
    const { audit: told, ...kept } = before as Record<string, { row: string }[]>
    // [SERVER-35] Of today's numbers none that was lost is drawn again.
    const leapt = ['(20261123,110800)', '(YJ20261123,110800)'].map((row) => ({ row }))
    const days = [...(kept['ticket_days'] ?? []), ...leapt].toSorted((a, b) => (a.row < b.row ? -1 : 1))
    expect(rest).toEqual({ ...kept, ticket_days: days })
    expect(audit).toHaveLength((told?.length ?? 0) + 1)
    expect(audit?.at(-1)?.row).toContain('centre.restored')

    const restored = await startTestCentre(place)
    centres.push(restored)
    const { token } = await restored.signIn('1001')
    const { verdicts } = await restored.get(
      'sync.push',
      items({ call: aCallOf('1001') }, { ticket: aDispatchOf('1001', 'ZGFW') }),
      token,
    )
    expect(verdicts.map((verdict) => verdict.verdict)).toEqual(['stored', 'stored'])
  })

  test('[SERVER-34] [SERVER-35] [F36] a centre that went on is replaced only when asked, and each time under a later epoch', async () => {
    const place = await newPlace()
    const { centre, token } = await aWorkingCentre(place)
    const file = join(folder, `${kind.name}-2.backup`)
    await backUp(centre.running.database, file, secret, at)
    await centre.get('sync.push', items({ call: aCallOf('1001') }), token)
    await centre.stop()
    centres.splice(0)

    const database = await openDatabase({ url: place.databaseUrl, folder: place.folder })
    await expect(restore(database, file, secret, { replace: false, now: at })).rejects.toThrow('--replace')
    expect(await database.rows('select 1 from call_records')).toHaveLength(4)
    const epochs: number[] = []
    for (const _ of [1, 2]) {
      await restore(database, file, secret, { replace: true, now: at })
      expect(await database.rows('select 1 from call_records')).toHaveLength(3)
      expect(await database.rows('select 1 from sessions')).toHaveLength(0)
      const [row] = await database.rows<{ epoch: number }>('select epoch from centre')
      epochs.push(row?.epoch ?? 0)
    }
    expect(epochs[1]).toBeGreaterThan(epochs[0] ?? Infinity)
    await database.close()
  })

  test('[SERVER-33] it is one instant: what is stored while it is written is in it whole or not at all', async () => {
    const { centre, token } = await aWorkingCentre(await newPlace())
    const file = join(folder, `${kind.name}-3.backup`)
    const pushing = Array.from({ length: 5 }, () =>
      centre.get(
        'sync.push',
        items({ call: aCallOf('1001') }, { ticket: aDispatchOf('1001', 'ZGFW') }),
        token,
      ),
    )
    const [counts] = await Promise.all([backUp(centre.running.database, file, secret, at), ...pushing])
    expect((counts['call_records'] ?? 0) - 3).toBe((counts['tickets'] ?? 0) - 1)
    expect(counts['ticket_events']).toBe(counts['tickets'])
  })

  test('[SERVER-36] a running centre makes one a day and keeps fourteen', async () => {
    const { centre } = await aWorkingCentre(await newPlace())
    const backups = { folder: join(folder, `${kind.name}-daily`), secret }
    // A centre that runs has made it at its start.
    fs.mkdirSync(backups.folder)
    const day = 86_400_000
    const made: (string | null)[] = []
    for (let n = 0; n < 16; n += 1) {
      made.push(await backUpIfDue(centre.running.database, backups, at + n * day))
      await settleBackups(centre.running.database, backups.folder)
    }
    expect(made.every((file) => file !== null)).toBe(true)
    expect(await backUpIfDue(centre.running.database, backups, at + 15 * day + 3_600_000)).toBeNull()
    const names = fs.readdirSync(backups.folder).sort()
    expect(names).toHaveLength(14)
    expect(names.at(-1)).toBe(nameOf(at + 15 * day))
    expect((await checkBackup(join(backups.folder, names[0] ?? ''), secret)).end.counts).toMatchObject({
      tickets: 1,
    })
  })
})

describe('when a backup is due', () => {
  const hour = 3_600_000
  test.each([
    ['there is none', null, true],
    ['the last one is an hour old', at - hour, false],
    ['it is three and the last one is from yesterday', at - 24 * hour, true],
    ['three was missed because the centre was off', at - 27 * hour, true],
  ])('[SERVER-36] %s', (_when, last, due) => {
    expect(isDue(last, at)).toBe(due)
  })
  test('[SERVER-36] a centre begun in the daytime makes its second one at the next three, and each day from then on', () => {
    const begun = at + 6 * hour
    const made = [begun]
    for (let now = begun; now < begun + 72 * hour; now += hour / 6)
      if (isDue(made.at(-1) ?? null, now)) made.push(now)
    expect(made).toEqual([begun, at + 24 * hour, at + 48 * hour, at + 72 * hour])
  })
  test('[SERVER-36] not in the working day while the last one is young enough', () => {
    expect(isDue(at - 15 * hour, at + 8 * hour)).toBe(false)
  })
})

describe('a backup file that is not what it was', () => {
  const [[, make] = ['', () => null]] = bothDatabases
  const kind = make()
  const whole = join(folder, 'whole.backup')
  const keyFile = join(folder, 'key')

  test('[SERVER-33] cut, changed, or with another key it is refused before anything is touched', async () => {
    const place = await kind?.newPlace()
    if (!place) throw new Error('no database')
    const centre = await startTestCentre(place)
    await backUp(centre.running.database, whole, secret, at)
    await centre.stop()
    const bytes = fs.readFileSync(whole)
    const changed = Buffer.from(bytes)
    changed[Math.floor(bytes.length / 2)] = (changed[Math.floor(bytes.length / 2)] ?? 0) ^ 1
    const damaged: Record<string, Buffer> = {
      cut: bytes.subarray(0, bytes.length - 40),
      empty: bytes.subarray(0, 3),
      changed,
      other: Buffer.from('PGDMP something else entirely, long enough to have a head and a tail'),
    }
    const database = await openDatabase({ url: null, folder: place.folder })
    for (const [name, content] of Object.entries(damaged)) {
      const file = join(folder, `${name}.backup`)
      fs.writeFileSync(file, content)
      await expect(checkBackup(file, secret), name).rejects.toThrow(BackupTrouble)
      await expect(restore(database, file, secret, { replace: true, now: at }), name).rejects.toThrow(
        BackupTrouble,
      )
    }
    await expect(checkBackup(whole, `${secret}!`)).rejects.toThrow('密钥不对')
    expect(await database.rows('select 1 from accounts')).toHaveLength(8)
    await database.close()
    await place.remove()
  })

  test('[SERVER-33] a write that fails leaves no file behind', async () => {
    const place = await kind?.newPlace()
    if (!place) throw new Error('no database')
    const database = await openDatabase({ url: null, folder: place.folder })
    const nowhere = join(folder, 'no such folder', 'x.backup')
    // No centre row either: whatever fails first, nothing is left.
    await expect(backUp(database, nowhere, secret, at)).rejects.toThrow()
    await expect(backUp(database, join(folder, 'half.backup'), secret, at)).rejects.toThrow()
    expect(fs.readdirSync(folder).filter((name) => name.startsWith('half'))).toEqual([])
    await database.close()
    await place.remove()
  })

  test('[SERVER-30] [SERVER-33] from the command line: the drill, the key that is missing, the key that is short', async () => {
    fs.writeFileSync(keyFile, `${secret}\n`)
    const drill = await runProgram(['restore', whole, '--key-file', keyFile, '--check'])
    expect(drill.code).toBe(0)
    expect(JSON.parse(drill.stdout)).toMatchObject({ whole, rows: { accounts: 8 } })
    const keyless = await runProgram(['restore', whole, '--check'])
    expect([keyless.code, keyless.stdout]).toEqual([1, ''])
    expect(keyless.stderr).toContain('--key-file')
    fs.writeFileSync(keyFile, 'short')
    const short = await runProgram(['restore', whole, '--key-file', keyFile, '--check'])
    expect(short.stderr).toContain('16 个字符')
  })
})
