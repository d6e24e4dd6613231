// What a failure of the system or of the database means to whoever runs the centre: what is the matter and what to do, in
// one sentence. Their own words are English and name a function, and a database's may hold values.
import { traceOf } from './database.ts'

interface Raised {
  readonly code?: unknown
  readonly errno?: unknown
  readonly syscall?: unknown
  readonly path?: unknown
  readonly address?: unknown
  readonly port?: unknown
  readonly hostname?: unknown
}

const full = '磁盘满了。请腾出空间再试。'
/** ENOSPC as the embedded database's file system numbers it; it throws no Error. */
const wasiFull = 51

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

const listening = (code: string, { address, port }: Raised): string | null => {
  const where = [address, port].map(text).filter(Boolean).join(':')
  switch (code) {
    case 'EADDRINUSE':
      return `${where} 已有程序在用。请停下它，或换 --port。`
    case 'EADDRNOTAVAIL':
      return `本机没有 --host 给的地址 ${where}。`
    case 'EACCES':
      return `没有权限监听 ${where}（1024 以下的端口要管理员）。请换 --port。`
    default:
      return null
  }
}

const files = (code: string, name: string): string | null => {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return `没有权限读写 ${name}。请用数据目录的主人运行，或把目录交给现在的用户。`
    case 'ENOTSUP':
      return `${name} 那里建不了目录。请换一个目录。`
    case 'EROFS':
      return `${name} 在只读的盘上。请换一个目录。`
    case 'ENOENT':
      return `没有 ${name} 所在的目录。请先建好，或检查写法。`
    case 'EEXIST':
    case 'ENOTDIR':
    case 'EISDIR':
      return `${name} 该是文件夹却是文件，或该是文件却是文件夹。请检查写法。`
    default:
      return null
  }
}

const postgres = (code: string, { address, port, hostname }: Raised): string | null => {
  switch (code) {
    case 'ECONNREFUSED':
      return `${text(address)}:${text(port)} 没有 PostgreSQL 在听。请检查 DATABASE_URL，看数据库是否开着。`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `找不到主机 ${text(hostname)}。请检查 DATABASE_URL 和 --host。`
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `到 PostgreSQL ${text(address)}:${text(port)} 的网络不通。`
    case '3D000':
      return 'PostgreSQL 里没有 DATABASE_URL 写的这个库。请先建库。'
    case '28000':
    case '28P01':
      return 'PostgreSQL 不认 DATABASE_URL 里的用户名或密码。'
    case '42501':
      return 'PostgreSQL 的这个用户没有在库里建表的权限。请让它做库的主人（owner）。'
    case '57P03':
      return 'PostgreSQL 正在启动或停止，请稍后再试。'
    default:
      return null
  }
}

/** A connection that ended without a code: nobody answered, or somebody who is no PostgreSQL. */
const unanswered = /Connection terminated|timeout exceeded when trying to connect|timeout expired/i

/** null: not one of those that an operator can do something about. */
export const sentenceOf = (error: unknown): string | null => {
  if (typeof error !== 'object' || error === null) return null
  const raised: Raised = error
  const code = text(raised.code)
  if (code === 'ENOSPC' || code === '53100' || raised.errno === wasiFull) return full
  if (/^ERR_(OSSL|SSL)/.test(code)) return '证书或私钥不对：两个都要是 PEM 格式，而且是一对。'
  if (raised.syscall === 'listen') return listening(code, raised)
  if (typeof raised.path === 'string') return files(code, raised.path)
  if (error instanceof Error && unanswered.test(error.message))
    return 'PostgreSQL 没有应答，或答话的不是 PostgreSQL。请检查 DATABASE_URL 的主机和端口。'
  return postgres(code, raised)
}

/** No error object is ever said whole: a database error carries the values of its statement. */
export const saidOf = (error: unknown): string =>
  sentenceOf(error) ??
  (error instanceof Error && !('params' in error) && !('severity' in error) ? error.message : traceOf(error))
