// The centre's errands that need no running server: accounts, reference data, backup and restore.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import { z } from 'zod'
import { Extension } from '../contract/ids.ts'
import { Account } from '../contract/session.ts'
import { Reference } from '../contract/reference.ts'
import { disableAccount, listAccounts, putAccount } from './accounts.ts'
import { WrongArguments, type Asked } from './arguments.ts'
import { backUp } from './backup.ts'
import { readKey } from './backupFile.ts'
import { importHandover } from './handover.ts'
import { importJournal } from './journalFolder.ts'
import { currentArticles, knowledgeMark, startingArticles, takeArticles } from './knowledge.ts'
import { readKnowledge } from './knowledgeFile.ts'
import { openLog } from './log.ts'
import { openDatabase, type Database } from './database.ts'
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

const addUser = async (database: Database, id: string, { flags }: Asked, now: number): Promise<object> => {
  const account = Account.safeParse({
    id,
    name: flags.name ?? '',
    role: flags.role ?? '',
    department: flags.department ?? null,
  })
  if (!account.success) return wrong(`账号的 ${account.error.issues[0]?.path.join('.') ?? ''} 没有给或不对。`)
  const { role, department } = account.data
  const { departments } = await referenceOf(database)
  if (role === 'handler' && department === null) wrong('承办人要给 --department 部门代码。')
  if (department !== null && !departments.some((row) => row.code === department))
    wrong(`没有代码为 ${department} 的部门，可用 reference show 查看。`)
  const seat = flags.extension ?? (['agent', 'lead'].includes(role) && /^\d{2,10}$/.test(id) ? id : null)
  if (seat !== null && !Extension.safeParse(seat).success) wrong('--extension 要 2 到 10 位数字。')
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
  let given: unknown
  try {
    given = JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return wrong(`读不懂 ${file}，应当是 reference show 那样的 JSON。没有改动。`)
  }
  const parsed = Reference.safeParse(given)
  if (!parsed.success) return wrong(`${file} 不合要求，没有改动：\n${z.prettifyError(parsed.error)}`)
  const dangling = danglingCodes(parsed.data)
  if (dangling.length > 0) wrong(`${file} 里有对不上的代码，没有改动：\n${dangling.join('\n')}`)
  return parsed.data
}

/** Takes in nothing when a single row is wrong. */
const importKnowledge = async (database: Database, file: string, now: number): Promise<object> => {
  const read = readKnowledge(file, await referenceOf(database))
  if ('wrong' in read) return wrong(`${file} 没有导入，知识库没有改动：\n${read.wrong.join('\n')}`)
  return { ...(await takeArticles(database, read.articles, 'knowledge import', now)) }
}

const run = async (database: Database, asked: Asked, now: number): Promise<object> => {
  const [topic, verb, what = ''] = asked.words
  if (topic === 'user' && verb === 'list') return listAccounts(database)
  if (topic === 'user' && verb === 'add' && what !== '') return addUser(database, what, asked, now)
  if (topic === 'user' && verb === 'disable' && what !== '') {
    if (!(await disableAccount(database, what, now))) wrong(`没有工号 ${what}。`)
    return { disabled: what }
  }
  if (topic === 'reference' && verb === 'show') return referenceOf(database)
  if (topic === 'reference' && verb === 'load' && what !== '') {
    const given = readReference(what)
    // A centre that never ran starts from what the program brings, so that version 1 is always that.
    if ((await currentVersion(database)) === 0)
      await loadReference(database, startingReference(), 'first start', now)
    return { version: await loadReference(database, given, 'reference load', now) }
  }
  if (topic === 'knowledge' && verb === 'show') {
    const any = (await knowledgeMark(database)) > 0
    return { articles: any ? await currentArticles(database) : startingArticles() }
  }
  if (topic === 'knowledge' && verb === 'import' && what !== '') return importKnowledge(database, what, now)
  if (topic === 'backup' && verb !== undefined)
    return { backup: verb, rows: await backUp(database, verb, keyIn(asked), now) }
  if (topic === 'import' && verb !== undefined)
    return isFolder(verb) ? importJournal(database, verb, ground()) : importHandover(database, verb, ground())
  if (topic === 'restore' && verb !== undefined) {
    const replace = asked.flags.replace === true
    return { restored: verb, rows: await restore(database, verb, keyIn(asked), { replace, now }) }
  }
  return wrong(`没有“${asked.words.join(' ')}”这个命令。`)
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

export const runCommand = async (asked: Asked): Promise<object> => {
  if (asked.words[0] === 'restore' && asked.flags.check === true) return check(asked)
  const { databaseUrl, folder } = asked.configuration
  const database = await openDatabase({ url: databaseUrl, folder })
  try {
    return await run(database, asked, Date.now())
  } finally {
    await database.close()
  }
}
