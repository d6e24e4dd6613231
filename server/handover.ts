// Unsent work of one person, handed in by another: opened with the owner's key, applied as the owner, exactly once as in
// any push; who carried it stands in the audit. Over HTTP by whoever is signed in, or on the command line.
import { done } from '../contract/answer.ts'
import type { HandoverRequest, SealedRow } from '../contract/handover.ts'
import type { AccountId } from '../contract/ids.ts'
import type { PushVerdict } from '../contract/sync.ts'
import { PROTOCOL } from '../contract/version.ts'
import { openSealer, type Sealer } from '../core/seal/sealer.ts'
import { accountColumns, accountOf, type AccountRow } from './accounts.ts'
import { addAudit } from './audit.ts'
import { callerOf, type Caller, type Handler } from './centre.ts'
import type { Database } from './database.ts'
import type { Log } from './log.ts'
import { problems } from './problems.ts'
import { applyItems, tellOthers, type Applied, type Ground } from './push.ts'
import { storeKeysOf } from './storeKeys.ts'

const shut = '这一条不是用这个工号的钥匙封的，或者坏了，没有收；请留着原件，找管理员。'

/** Whose work it is, with what opens it; null: there is no such account. */
export const ownerOf = async (
  database: Database,
  account: string,
  now: number,
): Promise<{ caller: Caller; sealer: Sealer } | null> => {
  const [row] = await database.rows<AccountRow>(`select ${accountColumns} from accounts a where a.id = $1`, [
    account,
  ])
  if (row === undefined) return null
  // Whoever has left the hotline since still owns what they wrote.
  const keys = await database.transaction((queries) => storeKeysOf(queries, account, now))
  const caller = { account: accountOf(row), extension: row.extension, hadSeat: row.hadSeat, session: '' }
  return { caller, sealer: await openSealer(keys, globalThis) }
}

/** What a row says it is must be what was sealed in it. */
const openRow = async (sealer: Sealer, row: SealedRow): Promise<string | null> => {
  const plain = await sealer.open(row.kind, row.id, Uint8Array.from(Buffer.from(row.sealed, 'base64')))
  return plain === null ? null : Buffer.from(plain).toString('utf8')
}

/** What is no JSON is no item, and is refused as such. */
export const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export interface Carrier {
  /** null: the command line. */
  readonly account: string | null
  readonly address?: string
  /** The protocol of the program that hands it in. */
  readonly protocol: number
}

export interface Carried {
  readonly verdicts: readonly PushVerdict[]
  readonly applied: Applied | null
}

/** [HAND-2] [HAND-3] null: there is no such account. */
export const applyHandover = async (
  ground: Ground,
  request: HandoverRequest,
  carrier: Carrier,
): Promise<Carried | null> => {
  const owner = await ownerOf(ground.database, request.account, ground.now())
  if (owner === null) return null
  const { sealer } = owner
  const texts = await Promise.all(request.rows.map((row) => openRow(sealer, row)))
  const open = texts.flatMap((text, place) => (text === null ? [] : [{ text, place }]))
  const applied =
    open.length === 0
      ? null
      : await applyItems(ground, owner.caller, {
          items: open.map(({ text }) => jsonOf(text)),
          clientNow: request.clientNow,
          raw: null,
          text: open.map(({ text }) => text).join('\n'),
          protocol: carrier.protocol,
        })
  const byPlace = new Map(open.map(({ place }, at) => [place, applied?.verdicts[at]]))
  const verdicts = request.rows.map(
    ({ id }, place): PushVerdict => byPlace.get(place) ?? { id, verdict: 'refused', text: shut },
  )
  const stored = verdicts.filter(({ verdict }) => verdict === 'stored').length
  await addAudit(ground.database, {
    at: ground.now(),
    account: carrier.account,
    what: 'handover.carried',
    subject: `${request.account} ${stored}/${request.rows.length}`,
    ...(carrier.address === undefined ? {} : { address: carrier.address }),
  })
  return { verdicts, applied }
}

export const takeHandover: Handler<'handover.push'> = async (input, asking, centre) => {
  const { account } = callerOf(asking)
  const wait = centre.limits('push', account.id)
  if (wait > 0) return problems.tooMany(wait)
  const carried = await applyHandover(centre, input, {
    account: account.id,
    address: asking.address,
    protocol: asking.protocol,
  })
  if (carried === null) return problems.notFound()
  if (carried.applied !== null) tellOthers(centre, input.account, carried.applied)
  const { id, epoch } = centre.identity
  return done({ centre: id, epoch, serverNow: centre.now(), verdicts: [...carried.verdicts] })
}

/** Not such a file, or not for this centre; a sentence for who gave it. */
export class HandoverTrouble extends Error {
  override name = 'HandoverTrouble'
}

export interface Taken {
  /** How many rows met which verdict. */
  readonly verdicts: Readonly<Record<string, number>>
  readonly refused: readonly object[]
}

/** One person's rows on the command line. */
export const takeRows = async (
  database: Database,
  account: AccountId,
  rows: SealedRow[],
  ground: { readonly now: () => number; readonly log: Log },
): Promise<readonly PushVerdict[]> => {
  const [identity] = await database.rows<Ground['identity']>('select id, name, practice, epoch from centre')
  const request = { clientNow: ground.now(), account, rows }
  const carrier = { account: null, protocol: PROTOCOL }
  const carried = identity && (await applyHandover({ database, identity, ...ground }, request, carrier))
  if (!carried) throw new HandoverTrouble(`中心没有工号 ${account}，没有导入。`)
  return carried.verdicts
}

export const tallied = (all: readonly PushVerdict[]): Taken => {
  const verdicts: Record<string, number> = {}
  const refused: object[] = []
  for (const { id, verdict, text: says, field } of all) {
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1
    if (verdict !== 'stored' && verdict !== 'duplicate') refused.push({ id, verdict, text: says, field })
  }
  return { verdicts, refused }
}
