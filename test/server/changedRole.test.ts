// An agent who becomes a duty leader, on both databases: what was told saved at the seat still comes in as theirs.
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chunkBytes } from '../../contract/attachments.ts'
import { AccountId, WarningId } from '../../contract/ids.ts'
import type { PushItem } from '../../contract/sync.ts'
import { openSealer } from '../../core/seal/sealer.ts'
import { putAccount } from '../../server/accounts.ts'
import { readMigrations } from '../../server/migrate.ts'
import { aFile, headOf } from '../makers/files.ts'
import { aReport } from '../makers/reports.ts'
import { aCallOf, addPerson, aDispatchOf, items, startTestCentre, type TestCentre } from './aCentre.ts'
import { bothDatabases, type Place } from './databases.ts'

describe.each(bothDatabases)('a changed role on %s', (_name, make) => {
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

  /** Recorded at a seat, told saved, and still there when its person got other work. */
  const recorded = (agent: string) => {
    const call = aCallOf(agent)
    const ticket = aDispatchOf(agent, 'ZGFW', { callId: call.id })
    const warning = aReport(1, { id: WarningId.parse(v7()), agent: AccountId.parse(agent), callId: call.id })
    return { call, ticket, warning }
  }
  const given = ({ call, ticket, warning }: ReturnType<typeof recorded>) =>
    items({ call }, { ticket }, { raw: { kind: 'warning', body: warning } })
  const verdictsOf = ({
    verdicts,
  }: {
    verdicts: readonly { verdict: string; field?: string | undefined }[]
  }) => verdicts.map(({ verdict, field }) => (field === undefined ? verdict : `${verdict} ${field}`))
  const agentTurnedDuty = async (id: string) => {
    await addPerson(centre.running.database, { id, role: 'agent', department: null, extension: id })
    const { storeKeys } = await centre.signIn(id)
    const account = { id: AccountId.parse(id), name: '测试', role: 'duty' as const, department: null }
    // As `user add 1011 --role duty` does.
    await putAccount(
      centre.running.database,
      { account, extension: null, password: 'another-long-password' },
      0,
    )
    const { token } = await centre.get('session.open', {
      account: account.id,
      password: 'another-long-password',
    })
    return { account, storeKeys, token }
  }

  test('[SERVER-58] pushes the calls, dispatches, warnings and attachments of before, and nobody else’s', async () => {
    const { token, account } = await agentTurnedDuty('1011')
    const own = recorded('1011')
    expect(verdictsOf(await centre.get('sync.push', given(own), token))).toEqual([
      'stored',
      'stored',
      'stored',
    ])
    const content = aFile(chunkBytes + 9, 5)
    const head = headOf(own.call.id, content)
    const chunk = (at: number) => {
      const data = Buffer.from(content.subarray(at, at + chunkBytes)).toString('base64')
      return centre.get('attachments.chunk', { id: head.id, at, data }, token)
    }
    expect(await centre.get('attachments.begin', head, token)).toEqual({ received: 0, whole: false })
    await chunk(0)
    expect(await chunk(chunkBytes)).toEqual({ received: content.length, whole: true })
    // Another change of the account does not make it forgotten.
    await putAccount(
      centre.running.database,
      { account, extension: null, password: 'another-long-password' },
      0,
    )
    expect(verdictsOf(await centre.get('sync.push', given(recorded('1011')), token))[0]).toBe('stored')
    // [SERVER-7]
    expect(verdictsOf(await centre.get('sync.push', given(recorded('1002')), token))).toEqual(
      Array.from({ length: 3 }, () => 'refused agent'),
    )
    const theirs = aCallOf('1002')
    await centre.get('sync.push', items({ call: theirs }), (await centre.signIn('1002')).token)
    expect((await centre.ask('attachments.begin', headOf(theirs.id, content), token)).status).toBe(403)
  })

  test('[SERVER-58] [HAND-2] carried by the next person at the seat it is taken too', async () => {
    const { storeKeys } = await agentTurnedDuty('1012')
    const sealer = await openSealer(storeKeys, globalThis)
    const { call, ticket, warning } = recorded('1012')
    const unsent: PushItem[] = [
      { kind: 'call', body: call },
      { kind: 'ticket', body: ticket },
      { kind: 'warning', body: warning },
    ]
    const rows = await Promise.all(
      unsent.map(async (item) => {
        const { id, rev } = item.body
        const plain = new TextEncoder().encode(JSON.stringify(item))
        const sealed = Buffer.from(await sealer.seal(item.kind, id, plain)).toString('base64')
        return { kind: item.kind, id, rev, sealed }
      }),
    )
    const carrier = await centre.signIn('1002')
    const answer = await centre.get(
      'handover.push',
      { clientNow: Date.now(), account: AccountId.parse('1012'), rows },
      carrier.token,
    )
    expect(verdictsOf(answer)).toEqual(['stored', 'stored', 'stored'])
  })

  test('[SERVER-58] an account that never had a seat hands in none', async () => {
    const { token } = await centre.signIn('3001')
    expect(verdictsOf(await centre.get('sync.push', given(recorded('3001')), token))).toEqual(
      Array.from({ length: 3 }, () => 'refused agent'),
    )
  })

  test('[SERVER-58] an update finds who had one before anybody noted it', async () => {
    const { database } = centre.running
    const { token } = await centre.signIn('1001')
    await centre.get('sync.push', items({ call: aCallOf('1001') }), token)
    await database.rows(`update accounts set extension = null where id = '1001'`)
    const pushed = async () =>
      verdictsOf(await centre.get('sync.push', items({ call: aCallOf('1001') }), token))
    expect(await pushed()).toEqual(['refused agent'])
    await database.script(readMigrations().find(({ name }) => name.includes('had-a-seat'))?.sql ?? '')
    expect(await pushed()).toEqual(['stored'])
    const never = await database.rows(`select 1 from accounts where id = '3001' and had_seat`)
    expect(never).toEqual([])
  })
})
