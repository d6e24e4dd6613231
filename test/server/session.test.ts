// Signing in and staying in, on both databases, with a clock that is moved.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { disableAccount, putAccount } from '../../server/accounts.ts'
import { AccountId } from '../../contract/ids.ts'
import type { Session } from '../../contract/session.ts'
import { livingSessions, tokenMs } from '../../server/session.ts'
import { addPerson, startTestCentre, testPassword, type TestCentre } from './aCentre.ts'
import { bothDatabases, type Place } from './databases.ts'
import { until } from './until.ts'

const minute = 60_000
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

describe.each(bothDatabases)('sessions in %s', (_name, make) => {
  const kind = make()
  let place: Place
  let centre: TestCentre
  beforeAll(async () => {
    place = await kind.newPlace()
    // What the centre asks of its database every few seconds would be counted among what a sign-in asks: it never does.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    centre = await startTestCentre(place)
    vi.useRealTimers()
  })
  afterAll(async () => {
    await centre.stop()
    await place.remove()
    await kind.stop()
  })

  let next = 5000
  const newAccount = async (): Promise<string> => {
    const id = String((next += 1))
    await addPerson(centre.running.database, { id, role: 'agent', department: null, extension: id })
    return id
  }
  const open = (account: string, password: string) => centre.ask('session.open', { account, password })
  const pull = (token: string) => centre.ask('sync.pull', { cursor: 0, reference: 1, limit: 1 }, token)
  const refresh = (refreshToken: string) => centre.ask('session.refresh', { refreshToken })

  test('[SESSION-8] the session carries the account, its telephone and the centre', async () => {
    const session = await centre.signIn('1001')
    expect(session).toMatchObject({
      account: { id: '1001', role: 'agent' },
      sip: {
        extension: '1001',
        servers: ['ws://127.0.0.1:8088/ws'],
        domain: 'pbx.example',
        password: 'secret-1001',
      },
      centre: { practice: false, epoch: 0 },
    })
    expect((await centre.signIn('3001')).sip).toBeNull()
  })

  test('[SESSION-9] a lead has a telephone but takes no calls from the queue', async () => {
    const lead = await centre.signIn('2001')
    expect(lead.sip).toMatchObject({ extension: '2001', queueCodes: null })
    const codes = { signIn: '*45', signOut: '*44', pause: '*46', resume: '*47' }
    expect((await centre.signIn('1001')).sip?.queueCodes).toEqual(codes)
  })

  test('[SESSION-10] [D04] every session of an account brings the same store key, of another account another', async () => {
    const account = await newAccount()
    const [first, second] = await Promise.all([centre.signIn(account), centre.signIn(account)])
    expect(first.storeKeys).toHaveLength(1)
    expect(second.storeKeys).toEqual(first.storeKeys)
    const later = await centre.get('session.refresh', { refreshToken: second.refreshToken })
    expect(later.storeKeys).toEqual(first.storeKeys)
    expect((await centre.signIn('1002')).storeKeys[0]?.key).not.toBe(first.storeKeys[0]?.key)
    // One more is added by whoever runs the centre: the newest comes last, the older ones still open.
    const newer = {
      id: ((first.storeKeys[0]?.id ?? 0) % 65_535) + 1,
      key: Buffer.alloc(32, 9).toString('base64'),
    }
    await centre.running.database.rows('insert into store_keys values ($1, $2, $3, $4)', [
      account,
      newer.id,
      newer.key,
      centre.clock.now() + 1,
    ])
    expect((await centre.signIn(account)).storeKeys).toEqual([...first.storeKeys, newer])
  })

  test('[SESSION-10] no other table holds a store key, the audit least of all', async () => {
    const { storeKeys } = await centre.signIn('1001')
    const { database } = centre.running
    const tables = await database.rows<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public'`,
    )
    const holds = async (name: string): Promise<boolean> => {
      const found = await database.rows(`select 1 from ${name} t where t::text like '%' || $1 || '%'`, [
        storeKeys[0]?.key,
      ])
      return found.length > 0
    }
    const holding = await Promise.all(tables.map(async ({ name }) => ((await holds(name)) ? [name] : [])))
    expect(holding.flat()).toEqual(['store_keys'])
  })

  test('[SESSION-1] a wrong password is answered alike whether the account works, is unknown or disabled', async () => {
    const disabled = await newAccount()
    await disableAccount(centre.running.database, disabled, 0)
    const replies = [
      await open(await newAccount(), 'wrong'),
      await open('nobody', 'wrong'),
      await open(disabled, 'wrong'),
    ]
    expect(replies.map((reply) => reply.status)).toEqual([401, 401, 401])
    expect(new Set(replies.map((reply) => JSON.stringify(reply.answer))).size).toBe(1)
    expect(replies[0]?.answer).toMatchObject({ problem: { code: 'wrong_password' } })
  })

  test('[SESSION-2] five wrong passwords lock an account for 15 minutes, also when guessed at once', async () => {
    const account = await newAccount()
    const replies = await Promise.all([1, 2, 3, 4, 5].map(() => open(account, 'wrong')))
    expect(replies.filter((reply) => reply.status === 429)).toHaveLength(1)
    const locked = await open(account, testPassword)
    expect(locked.answer).toMatchObject({ ok: false, problem: { code: 'locked' } })
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(800)
    centre.clock.advance(15 * minute + 1000)
    expect((await open(account, testPassword)).status).toBe(200)
  })

  test('[SESSION-2] wrong passwords far apart do not add up', async () => {
    const account = await newAccount()
    for (let n = 0; n < 7; n += 1) {
      expect((await open(account, 'wrong')).status).toBe(401)
      centre.clock.advance(16 * minute)
    }
  })

  test('[SESSION-3] a token ends after 15 minutes, its refresh token buys the next, the shift ends after 12 hours', async () => {
    let session = await centre.signIn(await newAccount())
    const started = centre.clock.now()
    centre.clock.advance(14 * minute)
    expect((await pull(session.token)).status).toBe(200)
    centre.clock.advance(2 * minute)
    expect((await pull(session.token)).answer).toMatchObject({ problem: { code: 'not_signed_in' } })
    while (centre.clock.now() - started < 11.9 * 60 * minute) {
      session = await centre.get('session.refresh', { refreshToken: session.refreshToken })
      expect((await pull(session.token)).status).toBe(200)
      centre.clock.advance(30 * minute)
    }
    centre.clock.advance(10 * minute)
    expect((await refresh(session.refreshToken)).status).toBe(401)
    expect((await pull(session.token)).status).toBe(401)
  })

  test('[SESSION-4] [F77] a refresh token that comes back later ends the session, and the audit says from where', async () => {
    const account = await newAccount()
    const first = await centre.signIn(account)
    const second = await centre.get('session.refresh', { refreshToken: first.refreshToken })
    const third = await centre.get('session.refresh', { refreshToken: second.refreshToken })
    expect((await refresh(first.refreshToken)).status).toBe(401)
    expect((await pull(third.token)).status).toBe(401)
    expect((await refresh(third.refreshToken)).status).toBe(401)
    const copied = "select address from audit where account = $1 and what = 'signIn.tokenCopied'"
    expect(await centre.running.database.rows(copied, [account])).toEqual([{ address: '127.0.0.1' }])
  })

  test('[F10] [SESSION-5] a lost answer to a refresh costs nothing within a minute, and no more after it', async () => {
    const first = await centre.signIn(await newAccount())
    const lost = await centre.get('session.refresh', { refreshToken: first.refreshToken })
    const again = await centre.get('session.refresh', { refreshToken: first.refreshToken })
    expect((await pull(again.token)).status).toBe(200)
    expect((await refresh(lost.refreshToken)).status).toBe(401)

    const other = await centre.signIn(await newAccount())
    await centre.get('session.refresh', { refreshToken: other.refreshToken })
    centre.clock.advance(2 * minute)
    expect((await refresh(other.refreshToken)).status).toBe(401)
  })

  test('[SESSION-5] a refresh asked twice at once, as by a proxy, is answered twice, and the later answer counts', async () => {
    const { database } = centre.running
    const first = await centre.signIn(await newAccount())
    // Both have begun before either is done.
    const both = await database.transaction(async (queries) => {
      await queries.rows('select 1 from sessions where account = $1 for update', [first.account.id])
      const asked = [refresh(first.refreshToken), refresh(first.refreshToken)]
      if (database.kind === 'postgres')
        await until(async () => {
          const waiting = await queries.rows(
            "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
          )
          return waiting.length === 2
        }, 'both wait for the row')
      return asked
    })
    const replies = await Promise.all(both)
    expect(replies.map(({ status }) => status)).toEqual([200, 200])
    const tokens = replies.flatMap(({ answer }) => (answer.ok ? [answer.value.refreshToken] : []))
    const [row] = await database.rows<{ hash: string }>(
      'select refresh_hash as hash from sessions where account = $1',
      [first.account.id],
    )
    const later = tokens.find((token) => hashOf(token) === row?.hash) ?? 'neither'
    expect((await refresh(later)).status).toBe(200)
  })

  test('[SESSION-12] signing in puts two questions to the database and renewing a token one, and no transaction', async () => {
    const account = await newAccount()
    await centre.signIn(account)
    const { database } = centre.running
    const rows = vi.spyOn(database, 'rows')
    const transaction = vi.spyOn(database, 'transaction')
    const { refreshToken } = await centre.signIn(account)
    const signedIn = rows.mock.calls.length
    await centre.get('session.refresh', { refreshToken })
    expect([signedIn, rows.mock.calls.length, transaction.mock.calls.length]).toEqual([2, 3, 0])
    vi.restoreAllMocks()
  })

  test('[SESSION-12] when its one statement fails, nothing of a sign-in is kept', async () => {
    const account = await newAccount()
    await centre.signIn(account)
    const { database } = centre.running
    await database.script(
      `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
       create trigger refuse before insert on access_tokens for each row execute function refuse()`,
    )
    const kept = () =>
      database.rows(
        `select (select count(*) from sessions where account = $1) as sessions,
           (select count(*) from audit where account = $1) as notes`,
        [account],
      )
    const before = await kept()
    expect((await open(account, testPassword)).status).toBe(500)
    await database.script('drop trigger refuse on access_tokens; drop function refuse')
    expect(await kept()).toEqual(before)
    expect((await open(account, testPassword)).status).toBe(200)
    expect(await kept()).not.toEqual(before)
  })

  test('[SESSION-6] sign-out and a disabled account end their tokens at once', async () => {
    const leaving = await centre.signIn(await newAccount())
    await centre.get('session.close', {}, leaving.token)
    expect((await pull(leaving.token)).status).toBe(401)
    expect((await refresh(leaving.refreshToken)).status).toBe(401)

    const dismissed = await centre.signIn(await newAccount())
    await disableAccount(centre.running.database, dismissed.account.id, centre.clock.now())
    expect((await pull(dismissed.token)).status).toBe(401)
    expect((await refresh(dismissed.refreshToken)).status).toBe(401)
  })

  test('[SESSION-6] of many sessions asked for at once those that ended are not among the living', async () => {
    const ids: string[] = []
    const sessionOf = async (account: string): Promise<Session> => {
      const session = await centre.signIn(account)
      const [row] = await centre.running.database.rows<{ id: string }>(
        'select id from sessions where account = $1 order by opened_at desc limit 1',
        [account],
      )
      ids.push(row?.id ?? '')
      return session
    }
    await sessionOf(await newAccount())
    const leaving = await sessionOf(await newAccount())
    const dismissed = await sessionOf(await newAccount())
    await centre.get('session.close', {}, leaving.token)
    await disableAccount(centre.running.database, dismissed.account.id, centre.clock.now())
    const living = () => livingSessions(centre.running.database, ids, centre.clock.now())
    expect(await living()).toEqual(new Set(ids.slice(0, 1)))
    centre.clock.advance(tokenMs + minute)
    expect(await living()).toEqual(new Set())
  })

  test('[SESSION-7] a password is kept as a hash that is slow to make, and opens its account', async () => {
    const account = { id: AccountId.parse('7001'), name: '临时', role: 'agent' as const, department: null }
    const { database } = centre.running
    await putAccount(database, { account, extension: null, password: 'another-long-password' }, 0)
    const [row] = await database.rows<{ password: string }>(`select password from accounts where id = '7001'`)
    expect(row?.password).toMatch(/^scrypt\$32768\$8\$1\$[\w+/]{22}==\$[\w+/]{43}=$/)
    expect((await open('7001', testPassword)).status).toBe(401)
    expect((await open('7001', 'another-long-password')).status).toBe(200)
  })

  test('[SESSION-7] the audit tells the story, and nothing stored can be used to sign in', async () => {
    const account = await newAccount()
    await open(account, 'wrong')
    const session = await centre.signIn(account)
    await centre.get('session.close', {}, session.token)
    const rows = await centre.running.database.rows<{ what: string }>(
      'select what from audit where account = $1 order by seq',
      [account],
    )
    expect(rows.map((row) => row.what)).toEqual(['signIn.failed', 'signIn', 'signOut'])
    const tables = ['accounts', 'sessions', 'access_tokens', 'spent_tokens', 'audit']
    const all = tables.map((table) => centre.running.database.rows(`select * from ${table}`))
    const stored = JSON.stringify(await Promise.all(all))
    for (const secret of [testPassword, session.token, session.refreshToken, 'secret-1001'])
      expect(stored).not.toContain(secret)
  })
})
