// What travels between seat and centre: work orders, notes, sessions and pulled pages of made-up people.
import type { AccountId, AuditId, Extension } from '../../contract/ids.ts'
import type { StoreKey } from '../../contract/seal.ts'
import type { Session } from '../../contract/session.ts'
import type { CallSummary } from '../../contract/softphone.ts'
import type { AuditNote, PullAnswer } from '../../contract/sync.ts'
import type { Ticket, TicketDispatch } from '../../contract/tickets.ts'
import { summaryOf } from '../../core/softphone/callSummary.ts'
import { aForm, aRecord, ticketId } from './forms.ts'
import { callId, morning } from './stamps.ts'

export const centreId = 'centre-of-tests'

export const aDispatch = (n: number, over: Partial<TicketDispatch> = {}): TicketDispatch => ({
  v: 1,
  id: ticketId(n),
  rev: 1,
  callId: callId(n),
  agent: '1001' as AccountId,
  practice: false,
  localNumber: `L1001-1123-${String(n).padStart(3, '0')}`,
  title: '恒泽电子（示例）裁员要求“自愿离职”',
  callerName: '王建平',
  contactNumber: '13800008000',
  member: 'yes',
  employer: '恒泽电子（示例）有限公司',
  occurredOn: '2026-11-20（周五）',
  address: '东区科创六街 9 号',
  cause: '公司通知产线调整，要裁员。',
  course: '部门开会口头通知，名单上有 60 多人。',
  category: 'TS',
  topic: 'layoff',
  peopleInvolved: 60,
  confidential: false,
  urgency: 'urgent',
  toldCaller: '先别签，保留通知和考勤。',
  plan: {
    department: 'service',
    departmentName: '市总 职工服务部',
    assisting: [],
    limit: 'hard',
    dueAt: morning + 15 * 86_400_000,
    dueIsFirm: true,
    note: '',
  },
  dispatchedAt: morning + 300_000,
  ...over,
})

export const aTicket = (n: number, over: Partial<Ticket> = {}): Ticket => ({
  id: ticketId(n),
  number: `20261123-${String(n).padStart(4, '0')}`,
  state: 'dispatched',
  dispatch: aDispatch(n),
  events: [],
  acceptedAt: morning + 301_000,
  signDueAt: morning + 86_400_000,
  dueAt: morning + 15 * 86_400_000,
  changedAt: morning + 301_000,
  ...over,
})

/** A filed record: rev 2, with its form. */
export const aFiled = (n: number, over: Parameters<typeof aRecord>[1] = {}) =>
  aRecord(n, { rev: 2, form: aForm(), filedAt: morning + 400_000, wrapupMs: 118_000, ...over })

export const aNote = (n: number, over: Partial<AuditNote> = {}): AuditNote => ({
  v: 1,
  id: `0193f0a0-0000-7000-a000-${String(n).padStart(12, '0')}` as AuditId,
  rev: 1,
  agent: '1001' as AccountId,
  what: 'number.shown',
  callId: callId(n),
  at: morning,
  ...over,
})

/** A colleague's call as the centre tells of it. */
export const aSummary = (n: number, over: Partial<CallSummary> = {}): CallSummary => ({
  ...summaryOf(aFiled(n)),
  agent: '1002' as AccountId,
  ...over,
})

export const aPage = (over: Partial<PullAnswer> = {}): PullAnswer => ({
  centre: centreId,
  epoch: 0,
  serverNow: morning,
  cursor: 1,
  more: false,
  reference: null,
  calls: [],
  tickets: [],
  warnings: [],
  ...over,
})

/** 32 bytes of the same value. */
export const aStoreKey = (id: number): StoreKey => ({
  id,
  key: Buffer.alloc(32, id).toString('base64'),
})

export const aSession = (over: Partial<Session> = {}): Session => ({
  account: { id: '1001' as AccountId, name: '李明（示例）', role: 'agent', department: null },
  token: 'token-1',
  newcomer: false,
  tokenExpiresAt: morning + 900_000,
  refreshToken: 'refresh-1',
  storeKeys: [aStoreKey(1)],
  sip: {
    extension: '1001' as Extension,
    servers: ['wss://pbx.example.invalid/ws'],
    domain: 'pbx.example.invalid',
    password: 'made-up-secret',
    queueCodes: null,
    practice: false,
    echoNumber: null,
    recordingCodes: null,
    certificate: null,
  },
  centre: { id: centreId, name: '示例中心', practice: false, epoch: 0 },
  serverNow: morning,
  ...over,
})
