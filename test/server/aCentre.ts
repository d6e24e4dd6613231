// A real centre for tests: server code, real database, HTTP on a free port, a clock that can be moved.
import { scryptSync } from 'node:crypto'
import { v7 } from 'uuid'
import type { Answer } from '../../contract/answer.ts'
import { api, type ApiInput, type ApiName, type ApiOutput } from '../../contract/api.ts'
import { AccountId, CallId, Extension, TicketId } from '../../contract/ids.ts'
import type { Role, Session } from '../../contract/session.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import type { TicketDispatch } from '../../contract/tickets.ts'
import { usualConfiguration, type Configuration } from '../../server/configuration.ts'
import type { Queries } from '../../server/database.ts'
import { startCentre, type Running } from '../../server/start.ts'
import { aForm, aRecord } from '../makers/forms.ts'
import type { Place } from './databases.ts'

export interface Reply<T> {
  readonly status: number
  readonly headers: Headers
  readonly answer: Answer<T>
}

export interface TestCentre {
  readonly running: Running
  /** `stand`: time does not pass until the answer is called. */
  readonly clock: { now(): number; advance(ms: number): void; stand(): () => void }
  ask<N extends ApiName>(name: N, input: ApiInput<N>, token?: string): Promise<Reply<ApiOutput<N>>>
  /** A POST of exactly this text. */
  askRaw(path: string, body: string, token?: string): Promise<Reply<unknown>>
  signIn(account: string): Promise<Session>
  /** Asks and expects success. */
  get<N extends ApiName>(name: N, input: ApiInput<N>, token?: string): Promise<ApiOutput<N>>
  stop(): Promise<void>
}

export const testPassword = 'a-long-test-password'

export const people: readonly {
  id: string
  role: Role
  department: string | null
  extension: string | null
}[] = [
  { id: '1001', role: 'agent', department: null, extension: '1001' },
  { id: '1002', role: 'agent', department: null, extension: '1002' },
  { id: '2001', role: 'lead', department: null, extension: '2001' },
  { id: '3001', role: 'handler', department: 'ZGFW', extension: null },
  { id: '3002', role: 'handler', department: 'QYBZ', extension: null },
  { id: '4001', role: 'duty', department: null, extension: null },
  { id: '4002', role: 'duty', department: null, extension: null },
  { id: '9001', role: 'admin', department: null, extension: null },
]

/** As passwords.ts keeps it, at next to no cost: it is slow on purpose, and nearly every test signs in. */
const quickHash = [
  'scrypt$16$8$1',
  Buffer.alloc(16, 1).toString('base64'),
  scryptSync(testPassword, Buffer.alloc(16, 1), 32, { N: 16, r: 8, p: 1 }).toString('base64'),
].join('$')

/** An account with the test password. */
export const addPerson = async (
  queries: Queries,
  { id, role, department, extension }: (typeof people)[number],
): Promise<void> => {
  await queries.rows(
    `insert into accounts (id, name, role, department, extension, password, made_at)
     values ($1, $2, $3, $4, $5, $6, 0)`,
    [id, `测试${id}`, role, department, extension, quickHash],
  )
}

const parseReply = async <T>(response: Response): Promise<Reply<T>> => {
  const answer: Answer<T> = await response.json()
  return { status: response.status, headers: response.headers, answer }
}

export const startTestCentre = async (
  place: Place,
  over: Partial<Configuration> = {},
): Promise<TestCentre> => {
  let ahead = 0
  let standsAt: number | null = null
  const now = (): number => (standsAt ?? Date.now()) + ahead
  const running = await startCentre(
    {
      ...usualConfiguration,
      port: 0,
      folder: place.folder,
      databaseUrl: place.databaseUrl,
      pbx: {
        servers: ['ws://127.0.0.1:8088/ws'],
        domain: 'pbx.example',
        queueCodes: { signIn: '*45', signOut: '*44', pause: '*46', resume: '*47' },
        echoNumber: null,
        recordingCodes: null,
        secrets: { 1001: 'secret-1001', 1002: 'secret-1002', 2001: 'secret-2001' },
      },
      ...over,
    },
    now,
  )
  if ((await running.database.rows('select 1 from accounts')).length === 0)
    await Promise.all(people.map((person) => addPerson(running.database, person)))
  const headersFor = (token: string | undefined): Record<string, string> => ({
    'content-type': 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  })
  const askRaw = async <T>(path: string, body: string, token?: string): Promise<Reply<T>> =>
    parseReply(await fetch(running.address + path, { method: 'POST', headers: headersFor(token), body }))
  const ask = async <N extends ApiName>(
    name: N,
    input: ApiInput<N>,
    token?: string,
  ): Promise<Reply<ApiOutput<N>>> => {
    const { method, path } = api[name]
    if (method === 'POST') return askRaw(path, JSON.stringify(input), token)
    return parseReply(await fetch(running.address + path, { headers: headersFor(token) }))
  }
  const get = async <N extends ApiName>(
    name: N,
    input: ApiInput<N>,
    token?: string,
  ): Promise<ApiOutput<N>> => {
    const { answer } = await ask(name, input, token)
    if (!answer.ok) throw new Error(`${name}: ${answer.problem.code} ${answer.problem.field ?? ''}`)
    return answer.value
  }
  return {
    running,
    clock: {
      now,
      advance: (ms) => {
        ahead += ms
      },
      stand() {
        standsAt = Date.now()
        return () => {
          standsAt = null
        }
      },
    },
    ask,
    askRaw,
    get,
    signIn: (account) => get('session.open', { account, password: testPassword }),
    stop: () => running.close(),
  }
}

/** A record of this agent with an id of its own. */
export const aCallOf = (agent: string, over: Partial<CallRecord> = {}): CallRecord =>
  aRecord(1, {
    id: CallId.parse(v7()),
    agent: AccountId.parse(agent),
    seat: Extension.parse(agent),
    offeredAt: Date.now() - 300_000,
    answeredAt: Date.now() - 295_000,
    endedAt: Date.now() - 10_000,
    form: aForm({ category: 'TS', topic: 'CYJC', disposition: 'DF' }),
    filedAt: Date.now() - 5_000,
    ...over,
  })

/** A dispatch by this agent to a department. */
export const aDispatchOf = (
  agent: string,
  department: string,
  over: Partial<TicketDispatch> = {},
): TicketDispatch => ({
  v: 1,
  id: TicketId.parse(v7()),
  rev: 1,
  callId: CallId.parse(v7()),
  agent: AccountId.parse(agent),
  practice: false,
  localNumber: `L${agent}-1123-001`,
  title: '要求支付经济补偿',
  callerName: '王建平',
  contactNumber: '13800008000',
  member: 'yes',
  employer: '恒泽电子（示例）有限公司',
  occurredOn: '上周五',
  address: '东区科创六街 9 号',
  cause: '公司口头通知裁员',
  course: '名单上有六十多人',
  category: 'TS',
  topic: 'CYJC',
  peopleInvolved: 60,
  confidential: false,
  urgency: 'urgent',
  toldCaller: '先别签字',
  plan: {
    department,
    departmentName: '职工服务部',
    assisting: [],
    limit: 'D5',
    dueAt: Date.now() + 86_400_000,
    dueIsFirm: true,
    note: '请联系本人',
  },
  dispatchedAt: Date.now(),
  ...over,
})

export const items = (
  ...given: ({ call: CallRecord } | { ticket: TicketDispatch } | { raw: unknown })[]
): ApiInput<'sync.push'> => ({
  clientNow: Date.now(),
  items: given.map((each) =>
    'call' in each
      ? { kind: 'call', body: each.call }
      : 'ticket' in each
        ? { kind: 'ticket', body: each.ticket }
        : each.raw,
  ),
})
