// The centre's errands that need no running server: accounts, reference data, backup and restore.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import { z } from 'zod'
import { Extension } from '../contract/ids.ts'
import { Account } from '../contract/session.ts'
import { Reference } from '../contract/reference.ts'
import { disableAccount, listAccounts, putAccount } from './accounts.ts'
import { readGiven, WrongArguments, type Asked } from './arguments.ts'
import { listAudit, type AuditWish } from './auditList.ts'
import { backUp } from './backup.ts'
import { readKey } from './backupFile.ts'
import { importHandover } from './handoverFile.ts'
import { importJournal } from './journalFolder.ts'
import { noteBackup } from './keeping.ts'
import { currentArticles, knowledgeMark, startingArticles, takeArticles } from './knowledge.ts'
import { inChinese, readKnowledge } from './knowledgeFile.ts'
import { openLog } from './log.ts'
import { openDatabase, type Database } from './database.ts'
import { hasEmbedded } from './embedded.ts'
import {
  currentReference,
  currentVersion,
  danglingCodes,
  loadReference,
  startingReference,
} from './reference.ts'
import { checkBackup, restore } from './restore.ts'

const wrong = (text: string): never => {
  throw new WrongArguments(text)
}

const passwordFromInput = async (): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk))
  const password = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '')
  if (password.length < 8) wrong('密码至少 8 个字符，从标准输入给出。')
  return password
}

const words = {
  id: '工号要 1 到 32 位字母、数字',
  name: '--name 要写姓名',
  role: '--role 只能是用法里的那几种',
}
const wordsOf = (field: PropertyKey | undefined): string =>
  field === 'id' || field === 'name' || field === 'role' ? words[field] : '--department 不对'

const hasSeat = (role: string): boolean => ['agent', 'lead'].includes(role)

const addUser = async (database: Database, id: string, { flags }: Asked, now: number): Promise<object> => {
  const accounts = await listAccounts(database)
  // [SERVER-61] What is not said stays as it is, unless it belongs to the role left.
  const had = accounts.find((row) => row.id === id)
  const isSameRole = had?.role === flags.role
  const account = Account.safeParse({
    id,
    name: flags.name ?? '',
    role: flags.role ?? '',
    department: flags.department ?? (isSameRole ? had?.department : null) ?? null,
  })
  if (!account.success) return wrong(`${wordsOf(account.error.issues[0]?.path[0])}。没有改动。`)
  const { role, department } = account.data
  const { departments } = await referenceOf(database)
  if (role === 'handler' && department === null) wrong('承办人要给 --department 部门代码。')
  if (department !== null && !departments.some((row) => row.code === department))
    wrong(`没有代码为 ${department} 的部门，可用 reference show 查看。`)
  const kept = isSameRole || hasSeat(role) ? had?.extension : null
  const seat = flags.extension ?? kept ?? (hasSeat(role) && /^\d{2,10}$/.test(id) ? id : null)
  if (seat !== null && !Extension.safeParse(seat).success) wrong('--extension 要 2 到 10 位数字。')
  const owner = accounts.find((row) => row.extension !== null && row.extension === seat)
  if (owner !== undefined && owner.id !== id)
    wrong(`分机 ${owner.extension} 已是工号 ${owner.id} 的。请用 --extension 给别的号码。没有改动。`)
  const password =
    flags['password-stdin'] === true ? await passwordFromInput() : randomBytes(9).toString('base64url')
  await putAccount(database, { account: account.data, extension: seat, password }, now)
  return {
    ...account.data,
    extension: seat,
    ...(flags['password-stdin'] === true ? {} : { password }),
  }
}

const referenceOf = async (database: Database): Promise<Reference> =>
  (await currentVersion(database)) === 0 ? startingReference() : currentReference(database)

const readReference = (file: string): Reference => {
  const text = readGiven(file, '参考数据文件').toString('utf8')
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    return wrong(
      `读不懂 ${file}，应当是 npm run -s server -- reference show 存下的 JSON（-s 不带 npm 自己的字）。没有改动。`,
    )
  }
  const parsed = Reference.safeParse(given, inChinese)
  if (!parsed.success) return wrong(`${file} 不合要求，没有改动：\n${z.prettifyError(parsed.error)}`)
  const dangling = danglingCodes(parsed.data)
  if (dangling.length > 0) wrong(`${file} 里有对不上的代码，没有改动：\n${dangling.join('\n')}`)
  return parsed.data
}

/** Takes in nothing when a single row is wrong. */
const importKnowledge = async (database: Database, file: string, now: number): Promise<object> => {
  const text = readGiven(file, '知识库文件').toString('utf8')
  const read = readKnowledge(text, await referenceOf(database))
  if ('wrong' in read) return wrong(`${file} 没有导入，知识库没有改动：\n${read.wrong.join('\n')}`)
  return { ...(await takeArticles(database, read.articles, 'knowledge import', now)) }
}

const disableUser = async (database: Database, id: string, now: number): Promise<object> => {
  if (!(await disableAccount(database, id, now))) wrong(`没有工号 ${id}。`)
  return { disabled: id }
}

const replaceReference = async (database: Database, file: string, now: number): Promise<object> => {
  const given = readReference(file)
  // A centre that never ran starts from what the program brings, so that version 1 is always that.
  if ((await currentVersion(database)) === 0)
    await loadReference(database, startingReference(), 'first start', now)
  return { version: await loadReference(database, given, 'reference load', now) }
}

const showKnowledge = async (database: Database): Promise<object> => {
  const any = (await knowledgeMark(database)) > 0
  return { articles: any ? await currentArticles(database) : startingArticles() }
}

const auditWish = ({ account, what, since, until }: Asked['flags']): AuditWish => {
  for (const [flag, day] of Object.entries({ since, until }))
    if (day !== undefined && !z.iso.date().safeParse(day).success)
      wrong(`--${flag} 要写日期，例如 2026-11-01。`)
  return {
    ...(account === undefined ? {} : { account }),
    ...(what === undefined ? {} : { what }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  }
}

interface Errand {
  /** Words behind its own. */
  readonly takes: 0 | 1
  /** May be the first thing done to a data folder. The others find a wrong folder by its being empty. */
  readonly begins?: true
  /** `say`: a sentence for whoever waits. */
  run(
    database: Database,
    what: string,
    asked: Asked,
    now: number,
    say: (text: string) => void,
  ): Promise<object>
}

const errands: Readonly<Record<string, Errand>> = {
  'user list': { takes: 0, run: listAccounts },
  'user add': { takes: 1, begins: true, run: addUser },
  'user disable': { takes: 1, run: (database, id, _asked, now) => disableUser(database, id, now) },
  'reference show': { takes: 0, run: referenceOf },
  'reference load': {
    takes: 1,
    begins: true,
    run: (database, file, _asked, now) => replaceReference(database, file, now),
  },
  'knowledge show': { takes: 0, run: showKnowledge },
  'knowledge import': {
    takes: 1,
    begins: true,
    run: (database, file, _asked, now) => importKnowledge(database, file, now),
  },
  audit: { takes: 0, run: (database, _what, asked, now) => listAudit(database, auditWish(asked.flags), now) },
  backup: {
    takes: 1,
    run: async (database, file, asked, now) => {
      const rows = await backUp(database, file, keyIn(asked), now)
      await noteBackup(database, now)
      return { backup: file, rows }
    },
  },
  restore: {
    takes: 1,
    begins: true,
    run: async (database, file, asked, now) => {
      const replace = asked.flags.replace === true
      return { restored: file, rows: await restore(database, file, keyIn(asked), { replace, now }) }
    },
  },
  import: {
    takes: 1,
    run: (database, what, _asked, _now, say) =>
      isFolder(what)
        ? importJournal(database, what, { ...ground(), say })
        : importHandover(database, what, { ...ground(), say }),
  },
}

const ground = () => ({ now: Date.now, log: openLog(null, Date.now) })
const isFolder = (name: string): boolean =>
  fs.statSync(name, { throwIfNoEntry: false })?.isDirectory() ?? false

const keyIn = ({ flags }: Asked): string =>
  readKey(flags['key-file'] ?? wrong('备份是加密的，请用 --key-file 给出密钥文件。'))

/** A drill for every day: is the backup whole and does the key fit? Needs no database. */
const check = async (asked: Asked): Promise<object> => {
  const file = asked.words[1] ?? ''
  const { head, end } = await checkBackup(file, keyIn(asked))
  return { whole: file, name: head.name, made: new Date(head.at).toISOString(), rows: end.counts }
}

const errandOf = (words: readonly string[]): { errand: Errand; what: string } => {
  const two = errands[words.slice(0, 2).join(' ')]
  const errand = two ?? errands[words[0] ?? '']
  const rest = words.slice(two === undefined ? 1 : 2)
  if (errand === undefined) return wrong(`没有“${words.join(' ')}”这个命令，或没有写全。`)
  const [what = ''] = rest
  if (rest.length > errand.takes)
    wrong(`“${words.join(' ')}”多写了“${rest.slice(errand.takes).join(' ')}”。没有改动。`)
  if (rest.length < errand.takes || (errand.takes === 1 && what === ''))
    wrong(`“${words.join(' ')}”没有写全。没有改动。`)
  return { errand, what }
}

export const runCommand = async (asked: Asked, say: (text: string) => void): Promise<object> => {
  const { errand, what } = errandOf(asked.words)
  if (asked.words[0] === 'restore' && asked.flags.check === true) return check(asked)
  const { databaseUrl, folder } = asked.configuration
  const isNew = databaseUrl === null && !hasEmbedded(folder)
  if (isNew && errand.begins !== true)
    wrong(`${folder} 里没有中心的数据。请检查 --data；用 PostgreSQL 的要带 DATABASE_URL。`)
  const database = await openDatabase({ url: databaseUrl, folder, errand: true })
  if (isNew) say(`注意：${folder} 里原来没有中心，新建了一个内置数据库。`)
  try {
    return await errand.run(database, what, asked, Date.now(), say)
  } finally {
    await database.close()
  }
}
