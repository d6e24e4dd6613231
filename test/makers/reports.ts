// What a seat reports of a made-up lay-off, and what the centre tells of it.
import type { AccountId, WarningId } from '../../contract/ids.ts'
import type { WarningReport, WarningTold } from '../../contract/warnings.ts'
import { callId, morning } from './stamps.ts'

export const warningId = (n: number): WarningId =>
  `0193f0a0-0000-7000-b000-${String(n).padStart(12, '0')}` as WarningId

export const aReport = (n: number, over: Partial<WarningReport> = {}): WarningReport => ({
  v: 1,
  id: warningId(n),
  rev: 1,
  callId: callId(n),
  agent: '1001' as AccountId,
  practice: false,
  level: 'red',
  rule: 'CY41',
  quotes: ['裁了', '三百多人'],
  employer: '恒泽电子（示例）有限公司',
  address: '东区科创六街 9 号',
  people: 300,
  staff: 800,
  cause: '厂里裁了三百多人，没有开过职代会。',
  acts: '',
  demands: '要求依法补偿',
  contactName: '王建平',
  contactNumber: '13800008000',
  source: 'self',
  congress: 'no',
  unionHeard: 'no',
  registered: 'unknown',
  hasUnion: 'no',
  phoned: [],
  heardAt: morning,
  raisedAt: morning + 5_000,
  ...over,
})

export const aTold = (n: number, over: Partial<WarningTold> = {}): WarningTold => ({
  report: aReport(n),
  event: warningId(n),
  number: `YJ20261123-${String(n).padStart(4, '0')}`,
  level: 'red',
  state: 'open',
  receivedAt: morning + 6_000,
  signedAt: null,
  signedBy: null,
  changedAt: morning + 6_000,
  ...over,
})
