// PostgreSQL goes away, refuses to write, or lets two transactions run into each other: nothing half stored,
// the answer says "not now", and asking again works.
import { chownSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isBusy, openDatabase } from '../../server/database.ts'
import { aCallOf, aDispatchOf, items, startTestCentre, type TestCentre } from './aCentre.ts'
import { mayMount, smallDisk } from '../electron/smallDisk.ts'
import { aForm } from '../makers/forms.ts'
import { newCluster, newFolder, type Cluster } from './databases.ts'
import { until } from './until.ts'

let cluster: Cluster
let url: string
let folder: string
let centre: TestCentre
let token: string
beforeAll(async () => {
  cluster = await newCluster()
  url = await cluster.newDatabase()
  folder = newFolder()
  centre = await startTestCentre({ folder, databaseUrl: url, remove: async () => undefined })
  ;({ token } = await centre.signIn('1001'))
})
afterAll(async () => {
  await centre.stop()
  await cluster.stop()
  rmSync(folder, { recursive: true, force: true })
})

const sql = async (...texts: string[]): Promise<void> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    for (const text of texts) await client.query(text)
  } finally {
    await client.end()
  }
}
const endOthers =
  "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'"
const rowsOf = (id: string) =>
  centre.running.database.rows('select rev from call_records where id = $1', [id])

test('[F33] [SERVER-14] PostgreSQL killed inside a push: 503, no half record, and the retry is stored', async () => {
  await sql(`create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(30); return null; end $$;
    create trigger slow after insert on tickets for each statement execute function slow()`)
  const call = aCallOf('1001')
  const ticket = aDispatchOf('1001', 'ZGFW')
  const pushed = centre.ask('sync.push', items({ call }, { ticket }), token)
  const watcher = new Client({ connectionString: url })
  watcher.on('error', () => undefined)
  await watcher.connect()
  await until(async () => {
    const found = await watcher.query(
      "select 1 from pg_stat_activity where wait_event = 'PgSleep' and query like '%tickets%'",
    )
    return found.rowCount === 1
  }, 'the push is in the middle of its transaction')
  await cluster.kill()
  await watcher.end().catch(() => undefined)
  const answer = await pushed
  expect(answer.status).toBe(503)
  expect(answer.answer).toMatchObject({ ok: false, problem: { code: 'busy' } })
  expect(answer.headers.has('retry-after')).toBe(true)

  const during = await centre.ask('sync.push', items({ call }), token)
  expect(during.status).toBe(503)
  expect((await fetch(`${centre.running.address}/health`)).status).toBe(503)

  await cluster.start()
  await until(async () => (await fetch(`${centre.running.address}/health`)).ok, 'the centre is back')
  expect(await rowsOf(call.id)).toEqual([])
  await sql('drop trigger slow on tickets')
  const again = await centre.get('sync.push', items({ call }, { ticket }), token)
  expect(again.verdicts.map((verdict) => verdict.verdict)).toEqual(['stored', 'stored'])
  expect(await rowsOf(call.id)).toHaveLength(1)
})

test('[F34] [SERVER-14] [SERVER-55] a database that may only be read: 503, also from /health, then stored', async () => {
  await sql('alter role postgres set default_transaction_read_only = on', endOthers)
  const call = aCallOf('1001')
  const mayOnlyRead = async () => {
    const said = await fetch(`${centre.running.address}/health`).then((response) => response.text())
    return said.includes('"why":"readOnly"')
  }
  await until(async () => {
    expect((await centre.ask('sync.push', items({ call }), token)).status).toBe(503)
    return mayOnlyRead()
  }, 'the centre has connections again and knows that it may only read')
  expect((await fetch(`${centre.running.address}/health`)).status).toBe(503)
  await sql(
    'set default_transaction_read_only = off',
    'alter role postgres reset default_transaction_read_only',
    endOthers,
  )
  await until(
    async () => (await centre.ask('sync.push', items({ call }), token)).status === 200,
    'the push is taken',
  )
  expect(await rowsOf(call.id)).toHaveLength(1)
  await until(async () => (await fetch(`${centre.running.address}/health`)).ok, 'it is well again')
})

test.runIf(mayMount)(
  '[F34] [SERVER-14] [SERVER-55] a disk that is full under PostgreSQL: 503, also from /health, nothing of it stored, and all of it when there is room',
  async () => {
    const small = smallDisk('4m')
    const place = join(small.path, 'records')
    mkdirSync(place)
    // PostgreSQL runs as nobody where the tests run as root.
    chownSync(place, 65_534, 65_534)
    await sql(
      `create tablespace small location '${place}'`,
      'alter table call_records set tablespace small',
      'alter table write_trial set tablespace small',
    )
    for (let n = 0; n < 5_000; n += 1)
      try {
        writeFileSync(join(small.path, `ballast${n}`), Buffer.alloc(4_096))
      } catch {
        break
      }
    const calls = Array.from({ length: 60 }, () =>
      aCallOf('1001', { form: aForm({ course: '满'.repeat(2_000) }) }),
    )
    const batch = items(...calls.map((call) => ({ call })))
    const full = await centre.ask('sync.push', batch, token)
    expect([full.status, full.answer.ok ? '' : full.answer.problem.code]).toEqual([503, 'busy'])
    for (const call of calls) expect(await rowsOf(call.id)).toEqual([])
    const health = await fetch(`${centre.running.address}/health`)
    expect([health.status, await health.json()]).toMatchObject([
      503,
      { ok: false, state: 'cannotWrite', keeping: { unwritable: { why: 'full' } } },
    ])
    for (const name of readdirSync(small.path).filter((each) => each.startsWith('ballast')))
      rmSync(join(small.path, name))
    expect((await centre.get('sync.push', batch, token)).verdicts.map(({ verdict }) => verdict)).toEqual(
      calls.map(() => 'stored'),
    )
    await until(async () => (await fetch(`${centre.running.address}/health`)).ok, 'it is well again')
    await sql(
      'alter table call_records set tablespace pg_default',
      'alter table write_trial set tablespace pg_default',
      'drop tablespace small',
    )
    small.remove()
  },
)

test('[F35] [SERVER-18] of two transactions in a deadlock both are done in the end', async () => {
  const database = await openDatabase({ url, folder: '' })
  await sql("create table pair (name text primary key, n int); insert into pair values ('a', 0), ('b', 0)")
  let inside = 0
  let runs = 0
  const work = (first: string, second: string) =>
    database.transaction(async (queries) => {
      runs += 1
      await queries.rows('update pair set n = n + 1 where name = $1', [first])
      inside += 1
      if (runs <= 2) await until(() => inside >= 2, 'both hold one row')
      await queries.rows('update pair set n = n + 1 where name = $1', [second])
    })
  await Promise.all([work('a', 'b'), work('b', 'a')])
  expect(runs).toBe(3)
  expect(await database.rows('select n from pair order by name')).toEqual([{ n: 2 }, { n: 2 }])

  let tries = 0
  const hopeless = database.transaction(async () => {
    tries += 1
    throw Object.assign(new Error('serialization'), { code: '40001' })
  })
  const error: unknown = await hopeless.catch((reason: unknown) => reason)
  expect([tries, isBusy(error)]).toEqual([4, true])
  await database.close()
})

test('[F35] [SERVER-18] a statement by itself that lost a race is repeated as well', async () => {
  await sql(`create sequence tries;
    create function lose() returns int language plpgsql as $$ begin
      if nextval('tries') < 3 then raise exception 'lost' using errcode = '40001'; end if;
      return currval('tries');
    end $$`)
  expect(await centre.running.database.rows('select lose() as tries')).toEqual([{ tries: 3 }])
})

test('[F38] [SERVER-39] a table that answers nobody for 30 s: 503 in time, then at once, and all goes on when it is back', async () => {
  const blocker = new Client({ connectionString: url })
  await blocker.connect()
  await blocker.query('begin; lock table call_records in access exclusive mode')
  const calls = Array.from({ length: 4 }, () => aCallOf('1001'))
  const ask = (call: (typeof calls)[number]) => centre.ask('sync.push', items({ call }), token)
  let given = 0
  const first = Promise.all(calls.slice(0, 3).map((call) => ask(call).finally(() => (given += 1))))
  await until(async () => {
    const found = await blocker.query("select 1 from pg_locks where not granted and locktype = 'relation'")
    return found.rowCount === 1
  }, 'the first push waits for the table')
  // Meanwhile whoever asks for something else is answered as ever.
  await centre.get('tickets.list', { states: [], before: null, limit: 10 }, token)
  expect((await fetch(`${centre.running.address}/health`)).ok).toBe(true)
  expect(given).toBe(0)
  // Nobody waits for the table: it is locked all the while.
  for (const { status } of await first) expect(status).toBe(503)
  const [{ patience } = { patience: '' }] = await centre.running.database.rows<{ patience: string }>(
    "select current_setting('lock_timeout') || ' ' || current_setting('statement_timeout') as patience",
  )
  expect(patience).toBe('4s 10s')
  // From now on the answer comes without a question to the database.
  const asked = vi.spyOn(centre.running.database, 'transaction')
  const looked = vi.spyOn(centre.running.database, 'rows')
  const reply = await ask(calls[3] ?? aCallOf('1001'))
  const whose = looked.mock.calls.filter(([text]) => text.includes('access_tokens'))
  expect([reply.status, asked.mock.calls.length, whose.length]).toEqual([503, 0, 0])
  vi.restoreAllMocks()
  expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0)
  // Turned away at the door in between changes nothing.
  expect((await centre.ask('sync.push', items({ call: aCallOf('1001') }), 'x'.repeat(40))).status).toBe(503)
  await blocker.end()
  // The rest it gives itself passes.
  centre.clock.advance(5_000)
  await until(
    async () =>
      (await centre.ask('sync.push', items(...calls.map((call) => ({ call }))), token)).status === 200,
    'the pushes are taken again',
    10_000,
  )
  for (const call of calls) expect(await rowsOf(call.id)).toHaveLength(1)
}, 60_000)
