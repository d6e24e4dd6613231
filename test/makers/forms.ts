// A wrap-up form as a made-up worker's call would fill it, and the record of that call.
import type { AccountId, Extension, TicketId } from '../../contract/ids.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import type { WrapupForm } from '../../contract/wrapup.ts'
import { emptyForm } from '../../contract/wrapup.ts'
import { callId, morning } from './stamps.ts'

export const aForm = (over: Partial<WrapupForm> = {}): WrapupForm => ({
  ...emptyForm,
  callerName: '王建平',
  contactNumber: '13800008000',
  member: 'yes',
  employer: '恒泽电子（示例）有限公司',
  union: ['east', 'east-0'],
  occurredOn: '2026-11-20（周五）',
  address: '东区科创六街 9 号',
  cause: '公司通知产线调整，要裁员。先让大家签“自愿离职”。',
  course: '上周五下午部门开会口头通知，名单上有 60 多人。',
  category: 'TS',
  topic: 'layoff',
  peopleInvolved: 60,
  urgency: 'urgent',
  disposition: 'dispatch',
  toldCaller: '先别签，保留通知和考勤。',
  ...over,
})

/** An answered inbound call that the caller ended, 4 minutes and 37 seconds long. */
export const aRecord = (n: number, over: Partial<CallRecord> = {}): CallRecord => ({
  v: 1,
  id: callId(n),
  rev: 1,
  agent: '1001' as AccountId,
  seat: '1001' as Extension,
  practice: false,
  direction: 'inbound',
  number: '13800008000',
  name: null,
  place: '北京·移动',
  queue: '维权咨询',
  callRef: `ref-${n}`,
  legId: `leg-${n}`,
  queuedMs: 21_000,
  offeredAt: morning,
  answeredAt: morning + 5_000,
  endedAt: morning + 282_000,
  talkMs: 277_000,
  holdMs: 0,
  outcome: 'answered',
  endedBy: 'caller',
  endCause: { protocol: 'Q.850', code: 16, text: 'Normal call clearing' },
  hangUpReason: null,
  transfer: null,
  madeFor: null,
  passedBy: null,
  threeWay: false,
  dialled: false,
  recording: null,
  quality: null,
  form: null,
  filedAt: null,
  wrapupMs: null,
  ticketId: null,
  ...over,
})

export const ticketId = (n: number): TicketId =>
  `0193f0a0-0000-7000-9000-${String(n).padStart(12, '0')}` as TicketId
