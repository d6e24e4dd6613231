// Unsent work handed in by somebody else, on both databases: opened with the owner's key, stored as the owner's, exactly
// once on whatever ways it comes, with who carried it in the audit.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HandoverHead, type HandoverRequest, type SealedRow } from '../../contract/handover.ts'
import { AccountId } from '../../contract/ids.ts'
import type { Session } from '../../contract/session.ts'
import type { PushItem } from '../../contract/sync.ts'
import { openSealer, type Sealer } from '../../core/seal/sealer.ts'
import { handoverBody, handoverText } from '../../core/sync/handover.ts'
import { aCallOf, aDispatchOf, items, startTestCentre, type TestCentre } from './aCentre.ts'
import { bothDatabases, type Place } from './databases.ts'
import { runProgram } from './program.ts'

const owner = AccountId.parse('1001')

describe.each(bothDatabases)('handover on %s', (_name, make) => {
  const kind = make()
  let place: Place
  let centre: TestCentre
  let own: Session
  let carrier: Session
  let sealer: Sealer
  beforeAll(async () => {
    place = await kind.newPlace()
    centre = await startTestCentre(place)
    own = await centre.signIn('1001')
    carrier = await centre.signIn('1002')
    sealer = await openSealer(own.storeKeys, globalThis)
  })
  afterAll(async () => {
    await centre.stop()
    await place.remove()
    await kind.stop()
  })

  const sealed = async (item: PushItem, by = sealer): Promise<SealedRow> => {
    const { id, rev } = item.body
    const plain = new TextEncoder().encode(JSON.stringify(item))
    return {
      kind: item.kind,
      id,
      rev,
      sealed: Buffer.from(await by.seal(item.kind, id, plain)).toString('base64'),
    }
  }
  const aCall = () => ({ kind: 'call', body: aCallOf('1001') }) as const
  const carry = (rows: SealedRow[], over: Partial<HandoverRequest> = {}) =>
    centre.get('handover.push', { clientNow: Date.now(), account: owner, rows, ...over }, carrier.token)
  const verdictsOf = (answer: { verdicts: { verdict: string }[] }) =>
    answer.verdicts.map(({ verdict }) => verdict)
  const agentsOf = (ids: readonly string[]) =>
    centre.running.database.rows<{ agent: string }>(
      'select agent from call_records where id = any($1::uuid[])',
      [ids],
    )

  test('[F69] [HAND-2] [HAND-3] carried by the next person it is stored as its owner’s, once, and the audit says by whom', async () => {
    const call = aCall()
    const ticket = { kind: 'ticket', body: aDispatchOf('1001', 'ZGFW', { callId: call.body.id }) } as const
    const rows = [await sealed(call), await sealed(ticket)]
    const first = await carry(rows)
    expect(first).toMatchObject({ centre: own.centre.id, epoch: 0 })
    expect(verdictsOf(first)).toEqual(['stored', 'stored'])
    expect(first.verdicts[1]?.number).toMatch(/^\d{8}-\d{4}$/)
    expect(verdictsOf(await carry(rows))).toEqual(['duplicate', 'duplicate'])
    // And its owner, who comes back to that seat, sends it once more.
    const again = await centre.get(
      'sync.push',
      items({ call: call.body }, { ticket: ticket.body }),
      own.token,
    )
    expect(verdictsOf(again)).toEqual(['duplicate', 'duplicate'])
    expect(await agentsOf([call.body.id])).toEqual([{ agent: '1001' }])
    const audit = await centre.running.database.rows(
      `select account, subject from audit where what = 'handover.carried' order by seq desc limit 2`,
    )
    expect(audit).toEqual([
      { account: '1002', subject: '1001 0/2' },
      { account: '1002', subject: '1001 2/2' },
    ])
  })

  test('[HAND-2] what another key sealed, what was changed, and what claims to be something else is refused alone', async () => {
    const foreign = await openSealer(carrier.storeKeys, globalThis)
    const [good, theirs, changed, moved] = [aCall(), aCall(), aCall(), aCall()]
    const bent = await sealed(changed)
    const bytes = Buffer.from(bent.sealed, 'base64')
    bytes[40] = (bytes[40] ?? 0) ^ 1
    const otherPlace = { ...(await sealed(moved)), id: theirs.body.id }
    const answer = await carry([
      await sealed(theirs, foreign),
      { ...bent, sealed: bytes.toString('base64') },
      otherPlace,
      await sealed(good),
    ])
    expect(verdictsOf(answer)).toEqual(['refused', 'refused', 'refused', 'stored'])
    // Sealed with the right key but somebody else's work: nobody becomes another by it.
    const stolen = { kind: 'call', body: aCallOf('1002') } as const
    expect((await carry([await sealed(stolen)])).verdicts).toMatchObject([
      { verdict: 'refused', field: 'agent' },
    ])
    const ids = [theirs, changed, moved, stolen].map(({ body }) => body.id)
    expect(await agentsOf(ids)).toEqual([])
    const nobody = { clientNow: 0, account: AccountId.parse('4711'), rows: [await sealed(good)] }
    expect((await centre.ask('handover.push', nobody, carrier.token)).status).toBe(404)
  })

  test('[HAND-2] the work of somebody who has left since is taken all the same', async () => {
    const call = aCall()
    const row = await sealed(call)
    await centre.running.database.rows(`update accounts set disabled = true where id = '1001'`)
    expect(verdictsOf(await carry([row]))).toEqual(['stored'])
    await centre.running.database.rows(`update accounts set disabled = false where id = '1001'`)
  })

  test('[HAND-1] [HAND-2] a file is imported on the command line, once; a cut one and another centre’s not at all', async () => {
    const calls = Array.from({ length: 230 }, aCall)
    const known = calls[0]
    if (!known) throw new Error('no call')
    await centre.get('sync.push', items({ call: known.body }), own.token)
    const body = handoverBody(await Promise.all(calls.map((call) => sealed(call))))
    const head = HandoverHead.parse({
      handover: 1,
      centre: own.centre.id,
      account: owner,
      count: calls.length,
      madeAt: Date.now(),
      more: 0,
      sha256: createHash('sha256').update(body).digest('hex'),
    })
    const write = (name: string, text: string): string => {
      const file = join(place.folder, name)
      writeFileSync(file, text)
      return file
    }
    const whole = write('whole.handover', handoverText(head, body))
    const cut = write('cut.handover', handoverText(head, body).slice(0, -200))
    const other = write('other.handover', handoverText({ ...head, centre: 'another' }, body))
    await centre.stop()
    const environment: Record<string, string> =
      place.databaseUrl === null ? {} : { DATABASE_URL: place.databaseUrl }
    const run = (file: string) => runProgram(['import', file, '--data', place.folder], { environment })
    for (const [file, says] of [
      [cut, '不是完好的交接文件'],
      [other, '另一个中心'],
      ['/nonexistent', '读不到'],
    ] as const) {
      const { code, stdout, stderr } = await run(file)
      expect([code, stdout]).toEqual([1, ''])
      expect(stderr).toContain(says)
    }
    const first = await run(whole)
    expect([first.code, JSON.parse(first.stdout)]).toMatchObject([
      0,
      { seats: [{ account: '1001', verdicts: { stored: 229, duplicate: 1 }, refused: [] }] },
    ])
    expect(JSON.parse((await run(whole)).stdout)).toMatchObject({
      seats: [{ verdicts: { duplicate: 230 } }],
    })
    centre = await startTestCentre(place)
    const rows = await agentsOf(calls.map(({ body: { id } }) => id))
    expect(rows).toEqual(Array.from({ length: 230 }, () => ({ agent: '1001' })))
    const audit = await centre.running.database.rows(
      `select account, subject from audit where what = 'handover.carried' and account is null order by seq limit 2`,
    )
    expect(audit).toEqual([
      { account: null, subject: '1001 199/200' },
      { account: null, subject: '1001 30/30' },
    ])
  })
})
