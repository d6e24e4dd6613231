// The embedded database keeps what it acknowledged, and belongs to one process.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { Session } from '../../contract/session.ts'
import { PushAnswer } from '../../contract/sync.ts'
import { isBusy, openDatabase } from '../../server/database.ts'
import { FolderInUse } from '../../server/lock.ts'
import { aCallOf, items } from './aCentre.ts'
import { newEmbeddedFolder } from './databases.ts'
import { post, runProgram, startProgram, type Program } from './program.ts'

describe('the embedded database', () => {
  let folder: string
  beforeEach(async () => {
    folder = await newEmbeddedFolder()
  })
  afterEach(() => {
    vi.restoreAllMocks()
    fs.rmSync(folder, { recursive: true, force: true })
  })
  const open = () => openDatabase({ url: null, folder })

  test('[SERVER-15] every commit is an fsync, and PostgreSQL itself knows it', async () => {
    const database = await open()
    expect(await database.rows('show fsync')).toEqual([{ fsync: 'on' }])
    expect(await database.rows('show wal_sync_method')).toEqual([{ wal_sync_method: 'fsync' }])
    expect(await database.rows('show synchronous_commit')).toEqual([{ synchronous_commit: 'on' }])
    await database.script('create table t (n int)')
    const fsync = vi.spyOn(fs, 'fsyncSync')
    for (let n = 0; n < 50; n += 1) {
      const before = fsync.mock.calls.length
      await database.transaction((queries) => queries.rows('insert into t values ($1)', [n]))
      expect(fsync.mock.calls.length).toBeGreaterThan(before)
    }
    const before = fsync.mock.calls.length
    await database.script('checkpoint')
    // A checkpoint syncs data files and folders as well.
    expect(fsync.mock.calls.length - before).toBeGreaterThan(3)
    await database.close()
  })

  test('[SERVER-14] [SERVER-15] a disk that fails to sync fails the commit, and when it works again so does the database', async () => {
    const database = await open()
    await database.script('create table t (n int); insert into t values (1)')
    const broken = vi.spyOn(fs, 'fsyncSync').mockImplementation(() => {
      throw Object.assign(new Error('EIO'), { code: 'EIO' })
    })
    const add = (n: number) =>
      database.transaction((queries) => queries.rows('insert into t values ($1)', [n]))
    const failure: unknown = await add(2).catch((error: unknown) => error)
    expect(isBusy(failure)).toBe(true)
    await expect(add(3)).rejects.toThrow()
    broken.mockRestore()
    await add(4)
    const kept = await database.rows<{ n: number }>('select n from t order by n')
    // What was not acknowledged may have reached the disk all the same; what was acknowledged must have.
    expect(kept.map((row) => row.n).filter((n) => n === 1 || n === 4)).toEqual([1, 4])
    await database.close()
  })

  test.runIf(process.platform === 'linux')(
    '[SERVER-14] [SERVER-60] a disk that fails again and again costs no open files, whether PostgreSQL gives up at work or at its start',
    async () => {
      // The database's own: other things of this process come and go.
      const held = () =>
        fs.readdirSync('/proc/self/fd').filter((fd) => {
          try {
            return fs.readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder)
          } catch {
            return false
          }
        }).length
      const { writeSync } = fs
      const database = await open()
      await database.script('create table t (n int)')
      const add = (n: number) =>
        database.transaction((queries) => queries.rows('insert into t values ($1)', [n]))
      await add(0)
      const before = held()
      expect(before).toBeGreaterThan(5)
      for (let n = 1; n <= 2; n += 1) {
        const broken = vi.spyOn(fs, 'fsyncSync').mockImplementation(() => {
          throw Object.assign(new Error('EIO'), { code: 'EIO' })
        })
        await expect(add(n)).rejects.toThrow()
        expect(held()).toBe(0)
        broken.mockRestore()
        // Opened anew it does not come to its end.
        let written = 0
        const full = vi.spyOn(fs, 'writeSync').mockImplementation((...given): number => {
          written += 1
          if (written <= 3) return Reflect.apply(writeSync, fs, given)
          throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })
        })
        await expect(add(n)).rejects.toThrow()
        expect(held()).toBe(0)
        full.mockRestore()
        await add(n)
        expect(held()).toBeLessThan(before + 10)
      }
      // What was not acknowledged may be there as well.
      const kept = await database.rows<{ n: number }>('select distinct n from t order by n')
      expect(kept.map((row) => row.n)).toEqual([0, 1, 2])
      await database.close()
      expect(held()).toBe(0)
    },
    // Each time PostgreSQL starts anew.
    120_000,
  )

  test('[SERVER-14] a full disk is an error, not an end', async () => {
    const database = await open()
    await database.script('create table t (b text)')
    const full = vi.spyOn(fs, 'writeSync').mockImplementation(() => {
      throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })
    })
    const big = 'x'.repeat(100_000)
    const failure: unknown = await database
      .rows('insert into t select $1 || n from generate_series(1, 50) n', [big])
      .catch((error: unknown) => error)
    expect(isBusy(failure)).toBe(true)
    full.mockRestore()
    await database.rows('insert into t values ($1)', ['room again'])
    expect(await database.rows('select b from t')).toEqual([{ b: 'room again' }])
    await database.close()
  })

  test('[SERVER-16] [SERVER-60] a start that was cut short while PostgreSQL made its own mark bars no later one', async () => {
    await (await open()).close()
    fs.writeFileSync(join(folder, 'database', 'postmaster.pid'), '')
    const database = await open()
    expect(await database.rows('select 1 as one')).toEqual([{ one: 1 }])
    await database.close()
  })

  test('[SERVER-15] a creation that was cut short is made anew, its files synced before the first row is acknowledged', async () => {
    fs.rmSync(join(folder, 'database.ready'))
    fs.writeFileSync(join(folder, 'database', 'PG_VERSION'), 'half')
    const fsync = vi.spyOn(fs, 'fsyncSync')
    const database = await open()
    expect(fsync.mock.calls.length).toBeGreaterThan(900)
    expect(fs.existsSync(join(folder, 'database.ready'))).toBe(true)
    expect(await database.rows('select 1 as one')).toEqual([{ one: 1 }])
    await database.close()
  })
})

describe('its lock', () => {
  let folder: string
  beforeAll(async () => {
    folder = await newEmbeddedFolder()
  })
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))
  const open = () => openDatabase({ url: null, folder })

  test('[SERVER-16] a second opener is refused, in this process and in another', async () => {
    const database = await open()
    await expect(open()).rejects.toThrow(FolderInUse)
    const other = await runProgram(['--port', '0', '--data', folder])
    expect(other.code).toBe(1)
    expect(other.stderr).toContain('数据目录正被另一个服务使用')
    expect(other.stdout).toBe('')
    await database.close()
    const again = await open()
    await again.close()
    expect(fs.existsSync(join(folder, 'database.lock'))).toBe(false)
  })

  test('[SERVER-16] [F51] an owner that is just ending is waited for', async () => {
    const owner = spawn('sleep', ['60'])
    fs.writeFileSync(join(folder, 'database.lock'), `${owner.pid}`)
    const opening = open()
    setTimeout(() => owner.kill('SIGKILL'), 300)
    const database = await opening
    expect(await database.rows('select 1 as one')).toEqual([{ one: 1 }])
    await database.close()
  })

  test.each([
    ['a process that is gone', '4194000 1'],
    ['a process whose number somebody else has now', `1 12345678901`],
    ['nobody', ''],
  ])('[SERVER-16] the lock of %s is taken over', async (_who, mark) => {
    fs.writeFileSync(join(folder, 'database.lock'), mark)
    const database = await open()
    await expect(open()).rejects.toThrow(FolderInUse)
    await database.close()
  })
})

describe('a killed server', () => {
  const Verdicts = PushAnswer.pick({ verdicts: true })
  const signIn = async (program: Program): Promise<string> => {
    const password = program.passwordOf('1001')
    const value = await post(program.started.address, '/api/session/open', { account: '1001', password })
    return Session.parse(value).token
  }

  test('[SERVER-15] kill -9 in the middle of pushes, three times: no acknowledged record is lost or doubled', async () => {
    const folder = await newEmbeddedFolder()
    const acknowledged = new Set<string>()
    for (let cycle = 0; cycle < 3; cycle += 1) {
      const program = await startProgram(['--demo', '--data', folder])
      const token = await signIn(program)
      const going = { on: true }
      const store = async (): Promise<void> => {
        while (going.on) {
          const calls = Array.from({ length: 20 }, () => aCallOf('1001'))
          try {
            const sent = items(...calls.map((call) => ({ call })))
            const { verdicts } = Verdicts.parse(
              await post(program.started.address, '/api/sync/push', sent, token),
            )
            for (const { id, verdict } of verdicts) if (verdict === 'stored') acknowledged.add(id)
          } catch {
            return
          }
        }
      }
      const storing = [store(), store(), store()]
      const enough = acknowledged.size + 100 + 60 * cycle
      await vi.waitUntil(() => acknowledged.size >= enough, { timeout: 40_000, interval: 1 })
      await program.kill()
      going.on = false
      await Promise.all(storing)
    }
    const database = await openDatabase({ url: null, folder })
    const rows = await database.rows<{ id: string }>('select id from call_records')
    const kept = new Set(rows.map((row) => row.id))
    expect([...acknowledged].filter((id) => !kept.has(id))).toEqual([])
    expect(rows).toHaveLength(kept.size)
    await database.close()
    fs.rmSync(folder, { recursive: true, force: true })
  }, 180_000)

  test('[F11] [SERVER-2] a seat that hangs up before the answer finds its record stored once', async () => {
    const folder = await newEmbeddedFolder()
    const program = await startProgram(['--demo', '--data', folder])
    const { address } = program.started
    const token = await signIn(program)
    const call = aCallOf('1001')
    const body = JSON.stringify(items({ call }))
    const { hostname, port } = new URL(address)
    await new Promise<void>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(
          `POST /api/sync/push HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer ${token}\r\n` +
            `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
        )
      })
      // The first byte of the answer is all it hears.
      socket.once('data', () => {
        socket.destroy()
        resolve()
      })
      socket.once('error', reject)
    })
    const again = Verdicts.parse(await post(address, '/api/sync/push', items({ call }), token))
    expect(again.verdicts).toEqual([{ id: call.id, verdict: 'duplicate' }])
    const stopped = await program.stop()
    expect([stopped.code, stopped.stderr]).toEqual([0, ''])
    fs.rmSync(folder, { recursive: true, force: true })
  })
})
