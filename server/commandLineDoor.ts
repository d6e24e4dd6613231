// Unsent work handed in on the command line, out of a file or a copied data folder: applied as its owners', with a line of
// figures for each of them.
import { done } from '../contract/answer.ts'
import type { AccountId } from '../contract/ids.ts'
import type { Sealer } from '../core/seal/sealer.ts'
import { handIn, type FileFate, type HandedPiece, type PartTaken } from '../core/sync/handIn.ts'
import type { Database } from './database.ts'
import { HandoverTrouble, ownerOf, takeRows, tallied } from './handover.ts'
import { beginFor, fillOn } from './handoverAttachments.ts'
import type { Log } from './log.ts'

export interface ImportGround {
  readonly now: () => number
  readonly log: Log
  /** A sentence for whoever waits. */
  readonly say: (text: string) => void
}

/** [HAND-7] Once a second, how far it is: told how much of `whole` has been read since it was last told. */
export const progress = (whole: number, { now, say }: ImportGround): ((more: number) => void) => {
  let saidAt = now()
  let read = 0
  return (more) => {
    read += more
    if (now() - saidAt < 1_000) return
    saidAt = now()
    say(`正在导入… ${Math.floor((read / whole) * 100)}%`)
  }
}

export type Owners = ReadonlyMap<AccountId, Sealer>

/** Everybody whose work is to come in. */
export const ownersOf = async (
  database: Database,
  accounts: Iterable<AccountId>,
  now: number,
): Promise<Owners> => {
  const found = new Map<AccountId, Sealer>()
  for (const account of accounts) {
    const owner = await ownerOf(database, account, now)
    if (owner === null) throw new HandoverTrouble(`中心没有工号 ${account}，没有导入。`)
    found.set(account, owner.sealer)
  }
  return found
}

const attachments = (files: readonly FileFate[]): object => {
  const count: Record<string, number> = {}
  for (const { fate } of files) count[fate] = (count[fate] ?? 0) + 1
  return count
}
const seatOf = ({ account, verdicts, files }: PartTaken) => {
  const { refused, ...rows } = tallied(verdicts)
  const notTaken = files.filter(({ fate }) => fate === 'refused' || fate === 'later')
  return { account, ...rows, attachments: attachments(files), refused: [...refused, ...notTaken] }
}
export type SeatTaken = ReturnType<typeof seatOf>

/** [HAND-2] `from`: what it is called when not all of it could be handed in. */
export const takeIn = async (
  database: Database,
  from: string,
  pieces: AsyncIterable<HandedPiece | null>,
  owners: Owners,
  ground: ImportGround,
): Promise<SeatTaken[]> => {
  const sealerOf = (account: AccountId): Sealer => {
    const sealer = owners.get(account)
    if (!sealer) throw new HandoverTrouble(`中心没有工号 ${account}，没有导入。`)
    return sealer
  }
  const carrier = { account: null }
  const on = { database, now: ground.now }
  const handed = await handIn(pieces, {
    rows: async (account, rows) => done(await takeRows(database, account, rows, ground)),
    begin: (account, file) => beginFor(on, sealerOf(account), { account, ...file }, carrier),
    chunk: (account, id, chunk, sealed) =>
      fillOn(on, sealerOf(account), { account, id, chunk, sealed }, carrier),
    isCancelled: () => false,
  })
  const seats = handed.parts.map(seatOf)
  if (handed.stopped !== null)
    throw new HandoverTrouble(
      `${from} 没有导完，请再导入一次，已收的不会重复。已收的：${JSON.stringify(seats)}`,
    )
  return seats
}
