// The command line of the central server: what it may say and the sentence for what it may not.
import fs from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { readKey } from './backupFile.ts'
import { usualConfiguration, type Configuration } from './configuration.ts'
import type { Pbx } from './softphone.ts'

export const usage = `用法：
  server [--port N] [--host H] [--data 目录] [--name 名称] [--demo] [--practice]
         [--pbx wss://地址]… [--pbx-domain 域名] [--seats 文件] [--queue-codes 签入,签出,示忙,示闲] [--echo 号码]
         [--recording-codes 暂停,继续]
         [--web 目录] [--origin 来源]… [--tls-cert 文件 --tls-key 文件] [--practice-exchange 文件] [--log file|stderr]
         [--backup-dir 目录 --key-file 文件] [--gateway http(s)://地址 [--gateway-secret 文件]]
  server user add 工号 --name 姓名 --role agent|lead|handler|duty|admin [--department 代码] [--extension 分机] [--password-stdin]
  server user list | user disable 工号
  server reference show | reference load 文件
  server knowledge show | knowledge import 文件
  server backup 文件 --key-file 文件 | restore 文件 --key-file 文件 [--check] [--replace]
  server audit [--account 工号] [--what 种类] [--since 日期] [--until 日期]
  server import 交接文件 | 坐席数据文件夹
环境变量：DATABASE_URL（PostgreSQL 地址；不设则用内置数据库）、SEATS_FILE（同 --seats）`

/** What is wrong with the command line, as a sentence for who typed it. */
export class WrongArguments extends Error {
  override name = 'WrongArguments'
}

const options = {
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string' },
  name: { type: 'string' },
  demo: { type: 'boolean' },
  practice: { type: 'boolean' },
  'practice-exchange': { type: 'string' },
  pbx: { type: 'string', multiple: true },
  'pbx-domain': { type: 'string' },
  seats: { type: 'string' },
  'queue-codes': { type: 'string' },
  echo: { type: 'string' },
  'recording-codes': { type: 'string' },
  web: { type: 'string' },
  origin: { type: 'string', multiple: true },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  log: { type: 'string' },
  gateway: { type: 'string' },
  'gateway-secret': { type: 'string' },
  'backup-dir': { type: 'string' },
  'key-file': { type: 'string' },
  check: { type: 'boolean' },
  replace: { type: 'boolean' },
  account: { type: 'string' },
  what: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  role: { type: 'string' },
  department: { type: 'string' },
  extension: { type: 'string' },
  'password-stdin': { type: 'boolean' },
  help: { type: 'boolean' },
} as const

type Flags = ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>['values']

export interface Asked {
  readonly words: readonly string[]
  readonly flags: Flags
  readonly configuration: Configuration
  /** Things that are allowed but should be mended, one sentence each. */
  readonly warnings: readonly string[]
}

const wrong = (text: string): never => {
  throw new WrongArguments(text)
}

/** A file named on the command line; `what` it is, for the sentence when it cannot be read. */
export const readGiven = (file: string, what: string): Buffer => {
  try {
    return fs.readFileSync(file)
  } catch {
    return wrong(`读不到${what} ${file}，请检查路径和权限。`)
  }
}

const seatsOf = (file: string, warnings: string[]): Readonly<Record<string, string>> => {
  const text = readGiven(file, '坐席密钥文件').toString('utf8')
  if (process.platform !== 'win32' && (fs.statSync(file).mode & 0o004) !== 0)
    warnings.push(`坐席密钥文件 ${file} 所有人可读，请执行 chmod 600。`)
  try {
    return z.record(z.string().regex(/^\d{2,10}$/), z.string().min(1)).parse(JSON.parse(text))
  } catch {
    return wrong(`坐席密钥文件 ${file} 应当是 {"分机":"密钥"} 形式的 JSON。`)
  }
}

const socketUrl = z.url({ protocol: /^wss?$/ })
const isHere = (hostname: string): boolean => /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/.test(hostname)

/** The seats connect to no other: renderer/adapters/phone/secureVoice.ts. */
const isEncryptedOrHere = (server: string): boolean =>
  server.startsWith('wss:') || isHere(new URL(server).hostname)

const pbxOf = (flags: Flags, seatsFile: string | undefined, warnings: string[]): Pbx | null => {
  const servers = flags.pbx ?? []
  if (servers.length === 0) {
    if (seatsFile !== undefined && flags.practice !== true)
      warnings.push('给了坐席密钥文件，但没有 --pbx，坐席不会有电话。')
    return null
  }
  if (flags.practice === true) wrong('练习中心只接练习交换机：--practice 和 --pbx 不能一起用。')
  for (const server of servers)
    if (!socketUrl.safeParse(server).success) wrong(`--pbx ${server} 不是 ws:// 或 wss:// 地址。`)
    else if (!isEncryptedOrHere(server))
      wrong(`--pbx ${server} 不加密，席位不会连。交换机在别的电脑上时要用 wss:// 地址。`)
  if (seatsFile === undefined) warnings.push('给了 --pbx，但没有 --seats 文件，坐席不会有电话。')
  const codes = flags['queue-codes']?.split(',')
  if (codes !== undefined && codes.length !== 4)
    wrong('--queue-codes 要四个号码，用逗号分开：签入,签出,示忙,示闲。')
  const recording = flags['recording-codes']?.split(',')
  const [pauseRecording = '', resumeRecording = ''] = recording ?? []
  if (
    recording !== undefined &&
    !(recording.length === 2 && recording.every((code) => /^[\d*#]+$/.test(code)))
  )
    wrong('--recording-codes 要两个按键码，用逗号分开：暂停,继续。')
  const [signIn = '', signOut = '', pause = '', resume = ''] = codes ?? []
  return {
    servers,
    domain: flags['pbx-domain'] ?? new URL(servers[0] ?? '').hostname,
    queueCodes: codes === undefined ? null : { signIn, signOut, pause, resume },
    echoNumber: flags.echo ?? null,
    recordingCodes: recording === undefined ? null : { pause: pauseRecording, resume: resumeRecording },
    secrets: seatsFile === undefined ? {} : seatsOf(seatsFile, warnings),
  }
}

const tlsOf = (flags: Flags): Configuration['tls'] => {
  const cert = flags['tls-cert']
  const key = flags['tls-key']
  if (cert === undefined && key === undefined) return null
  if (cert === undefined || key === undefined) return wrong('--tls-cert 和 --tls-key 要一起给。')
  return { cert: readGiven(cert, '证书'), key: readGiven(key, '证书私钥') }
}

/** Messages tell of people's matters: another computer is reached by https only. */
const gatewayOf = (flags: Flags): Configuration['gateway'] => {
  const { gateway } = flags
  if (gateway === undefined) return null
  if (flags.practice === true) wrong('练习中心不对外发任何通知：--practice 和 --gateway 不能一起用。')
  const url = z.url({ protocol: /^https?$/ }).safeParse(gateway)
  if (!url.success) return wrong('--gateway 要 http:// 或 https:// 地址。')
  const { protocol, hostname } = new URL(gateway)
  if (protocol === 'http:' && !isHere(hostname)) wrong('--gateway 在别的电脑上时要用 https:// 地址。')
  const file = flags['gateway-secret']
  return {
    url: gateway,
    secret: file === undefined ? null : readGiven(file, '网关密钥文件').toString('utf8').trim(),
  }
}

const flagsOf = (argv: readonly string[]) => {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    const name = error instanceof Error ? /'(-[^' ]*)/.exec(error.message)?.[1] : undefined
    return code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION'
      ? wrong(`没有 ${name ?? '这个'} 这个选项。`)
      : wrong(`选项 ${name ?? ''} 的值不对或没有给。`)
  }
}

const backupsOf = (flags: Flags): Configuration['backups'] => {
  const folder = flags['backup-dir']
  if (folder === undefined) return null
  const file = flags['key-file'] ?? wrong('备份是加密的，--backup-dir 要和 --key-file 一起给。')
  return { folder: path.resolve(folder), secret: readKey(file) }
}

/** Its password is in it: it is not repeated. */
const databaseOf = (url: string | undefined): string | null => {
  if (url === undefined || url === '') return null
  return URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)
    ? url
    : wrong('环境变量 DATABASE_URL 要 postgres://用户:密码@主机:端口/库 这样的地址。')
}

const webOf = (folder: string | undefined): string | null => {
  if (folder === undefined) return null
  if (!fs.existsSync(path.join(folder, 'index.html'))) wrong(`--web ${folder} 里没有坐席页面（index.html）。`)
  return folder
}

const exchangeFile = (given: string | undefined): string =>
  given !== undefined
    ? path.resolve(given)
    : (['../practice/main.ts', '../practice/main.js', './practice/main.js']
        .map((place) => path.resolve(import.meta.dirname, place))
        .find((place) => fs.existsSync(place)) ?? usualConfiguration.practiceExchange)

export const readArguments = (
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Asked => {
  const { values: flags, positionals: words } = flagsOf(argv)
  const warnings: string[] = []
  const port = flags.port === undefined ? usualConfiguration.port : Number(flags.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) wrong('--port 要 0 到 65535 的整数，0 表示任选。')
  const { log } = flags
  if (log !== undefined && log !== 'file' && log !== 'stderr') wrong('--log 只能是 file 或 stderr。')
  return {
    words,
    flags,
    warnings,
    configuration: {
      port,
      host: flags.host ?? usualConfiguration.host,
      folder: path.resolve(flags.data ?? usualConfiguration.folder),
      databaseUrl: databaseOf(environment['DATABASE_URL']),
      name: words.length === 0 ? (flags.name ?? null) : null,
      demo: flags.demo ?? false,
      practice: flags.practice ?? false,
      practiceExchange: exchangeFile(flags['practice-exchange']),
      pbx: pbxOf(flags, flags.seats ?? environment['SEATS_FILE'], warnings),
      web: webOf(flags.web),
      origins: flags.origin ?? [],
      tls: tlsOf(flags),
      gateway: gatewayOf(flags),
      logToFile: log !== 'stderr',
      backups: backupsOf(flags),
    },
  }
}
