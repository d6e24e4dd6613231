// Who learns that an account was closed, on both databases.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AccountId } from '../../contract/ids.ts'
import { disableAccount, putAccount } from '../../server/accounts.ts'
import { addPerson, startTestCentre, testPassword, type Reply, type TestCentre } from './aCentre.ts'
import { bothDatabases, type Place } from './databases.ts'

const hour = 3_600_000
const pbx = {
  servers: ['ws://127.0.0.1:8088/ws'],
  domain: 'pbx.example',
  queueCodes: null,
  echoNumber: null,
  recordingCodes: null,
}

describe.each(bothDatabases)('a closed account in %s', (_name, make) => {
  const kind = make()
  let place: Place
  let centre: TestCentre
  beforeAll(async () => {
    place = await kind.newPlace()
    centre = await startTestCentre(place)
  })
  afterAll(async () => {
    await centre.stop()
    await place.remove()
    await kind.stop()
  })

  let next = 6000
  const newAccount = async (): Promise<string> => {
    const id = String((next += 1))
    await addPerson(centre.running.database, { id, role: 'agent', department: null, extension: id })
    return id
  }
  const close = (account: string) =>
    disableAccount(centre.running.database, account, centre.clock.now()).then(() => account)
  /** How long it waited for its turn is the centre's load, not the account [SERVER-45]. */
  const unhurried = async (asked: Promise<Reply<unknown>>) => {
    const { answer } = await asked
    if (answer.ok) return answer
    const { waitedMs: _, ...problem } = answer.problem
    return { ...answer, problem }
  }
  const open = (account: string, password: string) =>
    unhurried(centre.ask('session.open', { account, password }))
  const refresh = (refreshToken: string) => unhurried(centre.ask('session.refresh', { refreshToken }))
  const closed = (account: string) => ({
    ok: false,
    problem: {
      code: 'not_signed_in',
      text: expect.stringContaining('账号已停用，请联系管理员'),
      closed: { account, centre: centre.running.identity.id },
    },
  })

  test('[SESSION-13] [D05] whoever gives the right password learns it, and where stands in the audit', async () => {
    const account = await close(await newAccount())
    expect(await open(account, testPassword)).toEqual(closed(account))
    const rows = await centre.running.database.rows<{ what: string; address: string }>(
      'select what, address from audit where account = $1',
      [account],
    )
    expect(rows).toEqual([{ what: 'signIn.closed', address: expect.stringContaining('127.0.0.1') }])
  })

  test('[SESSION-13] [SESSION-2] a stranger learns nothing: wrong passwords are answered, and locked out, as at any account', async () => {
    const [working, gone] = [await newAccount(), await close(await newAccount())]
    const guessed = async (account: string): Promise<string[]> => {
      const texts: string[] = []
      const ask = async (password: string) => {
        texts.push(JSON.stringify(await open(account, password)))
      }
      for (let n = 0; n < 6; n += 1) await ask('wrong')
      await ask(testPassword)
      return texts
    }
    const leave = centre.clock.stand()
    const answers = [await guessed(working), await guessed(gone)]
    leave()
    expect(answers[1]).toEqual(answers[0])
    expect(answers.flat().join()).not.toContain('停用')
  })

  test('[SESSION-13] [D05] a token it was once signed in with learns it, spent or run out as it may be; no other does', async () => {
    const account = await newAccount()
    const first = await centre.signIn(account)
    const second = await centre.get('session.refresh', { refreshToken: first.refreshToken })
    const left = await centre.signIn(account)
    await centre.get('session.close', {}, left.token)
    expect(await refresh(left.refreshToken)).not.toHaveProperty('problem.closed')
    await close(account)
    for (const { refreshToken } of [first, second, left])
      expect(await refresh(refreshToken)).toEqual(closed(account))
    centre.clock.advance(30 * 24 * hour)
    expect(await refresh(second.refreshToken)).toEqual(closed(account))
    const stranger = await refresh('made-up')
    expect(stranger).toMatchObject({ problem: { code: 'not_signed_in' } })
    expect(stranger).not.toHaveProperty('problem.closed')
  })

  test('[SESSION-17] [SESSION-13] of a session that is over the last used token is kept, and still learns it', async () => {
    const account = await newAccount()
    const { database } = centre.running
    const renewed = async () => {
      const all = [await centre.signIn(account)]
      for (let n = 0; n < 3; n += 1)
        all.push(await centre.get('session.refresh', { refreshToken: all.at(-1)?.refreshToken ?? '' }))
      return all
    }
    const spent = async () => {
      const [row] = await database.rows<{ count: number }>(
        `select count(*)::int as count from spent_tokens t join sessions s on s.id = t.session where s.account = $1`,
        [account],
      )
      return row?.count
    }
    const signedOut = await renewed()
    expect(await spent()).toBe(3)
    await centre.get('session.close', {}, signedOut.at(-1)?.token)
    expect(await spent()).toBe(1)
    const ranOut = await renewed()
    centre.clock.advance(13 * hour)
    expect(await spent()).toBe(4)
    await centre.signIn(account)
    expect(await spent()).toBe(2)
    await close(account)
    for (const { refreshToken } of [...signedOut.slice(2), ...ranOut.slice(2)])
      expect(await refresh(refreshToken)).toEqual(closed(account))
  })

  test('[SESSION-13] opened again it is an account like any other, with the keys it had', async () => {
    const account = await newAccount()
    const before = await centre.signIn(account)
    await close(account)
    const particulars = {
      id: AccountId.parse(account),
      name: '测试',
      role: 'agent' as const,
      department: null,
    }
    const given = { account: particulars, extension: account, password: testPassword }
    await putAccount(centre.running.database, given, centre.clock.now())
    expect(await refresh(before.refreshToken)).not.toHaveProperty('problem.closed')
    expect((await centre.signIn(account)).storeKeys).toEqual(before.storeKeys)
  })

  test('[PHONE-42] [D08] a telephone’s secret changed at the centre comes with the next token of a session that went on', async () => {
    const before = await centre.signIn('1001')
    expect(before.sip).toMatchObject({ password: 'secret-1001' })
    await centre.stop()
    centre = await startTestCentre(place, { pbx: { ...pbx, secrets: { 1001: 'another-1001' } } })
    const after = await centre.get('session.refresh', { refreshToken: before.refreshToken })
    expect(after.sip).toMatchObject({ password: 'another-1001' })
  })
})
