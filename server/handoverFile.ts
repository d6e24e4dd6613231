// `server import FILE`: a handover file on the command line, read twice: whole and ours, before anything of it is taken. One
// chunk of its attachments at a time is in memory.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { checkHandover, readHandover } from '../core/sync/handover.ts'
import { ownersOf, progress, takeIn, type ImportGround } from './commandLineDoor.ts'
import type { Database } from './database.ts'
import { HandoverTrouble } from './handover.ts'

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
  const owners = await ownersOf(database, accounts, ground.now())
  const pieces = readHandover(piecesOf(file, progress(fs.statSync(file).size, ground)), sha256)
  return { imported: file, seats: await takeIn(database, file, pieces, owners, ground) }
}
