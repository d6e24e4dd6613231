// `server import FILE`: a handover file on the command line, read twice: whole and ours, before anything of it is taken. One
// chunk of its attachments at a time is in memory.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { done } from '../contract/answer.ts'
import type { AccountId } from '../contract/ids.ts'
import type { Sealer } from '../core/seal/sealer.ts'
import { handIn, type FileFate, type HandedIn } from '../core/sync/handIn.ts'
import { checkHandover, readHandover } from '../core/sync/handover.ts'
import type { Database } from './database.ts'
import { HandoverTrouble, ownerOf, takeRows, tallied } from './handover.ts'
import { beginFor, fillOn } from './handoverAttachments.ts'
import type { Log } from './log.ts'

const sha256 = async (text: string): Promise<string> => createHash('sha256').update(text).digest('hex')

async function* piecesOf(
  file: string,
  read: (letters: number) => void = () => undefined,
): AsyncGenerator<string, void> {
  try {
    for await (const piece of fs.createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 18 })) {
      const text = String(piece)
      yield text
      read(text.length)
    }
  } catch {
    throw new HandoverTrouble(`读不到 ${file}，请检查路径和权限。`)
  }
}

interface ImportGround {
  readonly now: () => number
  readonly log: Log
  /** A sentence for whoever waits. */
  readonly say: (text: string) => void
}

/** [HAND-7] Once a second, how far it is. */
const progress = (file: string, { now, say }: ImportGround): ((letters: number) => void) => {
  const { size } = fs.statSync(file)
  let saidAt = now()
  let read = 0
  return (letters) => {
    read += letters
    if (now() - saidAt < 1_000) return
    saidAt = now()
    say(`正在导入… ${Math.floor((read / size) * 100)}%`)
  }
}

/** Everybody whose work is in it. */
const sealersOf = async (
  database: Database,
  accounts: readonly AccountId[],
  now: number,
): Promise<ReadonlyMap<string, Sealer>> => {
  const found = new Map<string, Sealer>()
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
const seatsOf = ({ parts }: HandedIn): object[] =>
  parts.map(({ account, verdicts, files }) => {
    const { refused, ...rows } = tallied(verdicts)
    const notTaken = files.filter(({ fate }) => fate === 'refused' || fate === 'later')
    return { account, ...rows, attachments: attachments(files), refused: [...refused, ...notTaken] }
  })

export const importHandover = async (
  database: Database,
  file: string,
  ground: ImportGround,
): Promise<object> => {
  const heads = await checkHandover(piecesOf(file), sha256)
  if (heads === null) throw new HandoverTrouble(`${file} 不是完好的交接文件，没有导入。请重新导出或换一份。`)
  const [identity] = await database.rows<{ id: string }>('select id from centre')
  if (heads.some(({ centre }) => centre !== identity?.id))
    throw new HandoverTrouble('这份交接文件是另一个中心的，没有导入。')
  const accounts = heads.map(({ account }) => account)
  const sealers = await sealersOf(database, accounts, ground.now())
  const sealerOf = (account: AccountId): Sealer => {
    const sealer = sealers.get(account)
    if (!sealer) throw new HandoverTrouble(`中心没有工号 ${account}，没有导入。`)
    return sealer
  }
  const carrier = { account: null }
  const on = { database, now: ground.now }
  const handed = await handIn(readHandover(piecesOf(file, progress(file, ground)), sha256), {
    rows: async (account, rows) => done(await takeRows(database, account, rows, ground)),
    begin: (account, { id, head, sums }) =>
      beginFor(on, sealerOf(account), { account, id, head, chunks: sums.length }, carrier),
    chunk: (account, id, chunk, sealed) =>
      fillOn(on, sealerOf(account), { account, id, chunk, sealed }, carrier),
    isCancelled: () => false,
  })
  const seats = seatsOf(handed)
  if (handed.stopped !== null)
    throw new HandoverTrouble(
      `${file} 没有导完，请再导入一次，已收的不会重复。已收的：${JSON.stringify(seats)}`,
    )
  return { imported: file, seats }
}
