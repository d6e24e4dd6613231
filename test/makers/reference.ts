// A small set of reference data with one of everything the rules look at. Codes as at the hotline, rows made up.
import type { Reference } from '../../contract/reference.ts'

const row = (code: string, zh: string, sort: number) => ({ code, zh, en: zh, active: true, sort })

export const aReference = (over: Partial<Reference> = {}): Reference => ({
  version: 1,
  categories: [
    { ...row('ZX', '问题咨询', 1), isCase: true },
    { ...row('TS', '信访投诉', 2), isCase: true },
    { ...row('WX', '无效来电', 3), isCase: false },
  ],
  topics: [
    { ...row('wages', '劳动报酬', 2), categories: ['ZX', 'TS'], department: 'rights', limit: 'hard' },
    { ...row('layoff', '裁员·解除·经济补偿', 1), categories: ['TS'], department: 'service', limit: 'hard' },
    { ...row('card', '互助服务卡', 3), categories: ['ZX'], department: 'service', limit: 'normal' },
    { ...row('other', '其他', 9), categories: ['ZX', 'TS'], department: null, limit: null },
  ],
  dispositions: [
    { ...row('answered', '当场答复', 1), dispatches: false },
    { ...row('dispatch', '派单', 2), dispatches: true },
    { ...row('callback', '预约回拨', 3), dispatches: false },
    { ...row('silent', '无声', 4), dispatches: false },
  ],
  departments: [
    { ...row('service', '市总 职工服务部', 1), kind: 'municipal', phone: null },
    { ...row('rights', '权益保障部', 2), kind: 'municipal', phone: null },
  ],
  notReadyReasons: [
    { ...row('rest', '小休', 1), glyph: 'rest', maxMinutes: 15, countsAsWork: false, automatic: false },
  ],
  hangUpReasons: [row('harass', '骚扰', 1)],
  timeLimits: [
    { ...row('sign', '签收 1 个工作日', 1), workingDays: 1, hours: null },
    { ...row('normal', '一般问题 5 个工作日', 2), workingDays: 5, hours: null },
    { ...row('hard', '难点问题 15 个工作日', 3), workingDays: 15, hours: null },
    { ...row('sudden', '突发 2 小时', 4), workingDays: null, hours: 2 },
  ],
  unions: [
    { ...row('east', '东区', 1), parent: null },
    { ...row('east-0', '东区总工会', 1), parent: 'east' },
  ],
  requiredFields: [
    { fields: ['category', 'disposition'] },
    { categories: ['ZX', 'TS'], fields: ['callerName', 'contactNumber', 'topic', 'cause', 'toldCaller'] },
    { categories: ['TS'], fields: ['occurredOn', 'address', 'course'] },
    { dispositions: ['dispatch'], fields: ['dispatch', 'course'] },
    { dispositions: ['callback'], fields: ['nextStep'] },
  ],
  calendar: [{ year: 2026, off: ['2026-10-01', '2026-10-02'], worked: ['2026-10-10'] }],
  policy: {
    secondCall: 'show',
    hangUpHoldMs: 1000,
    ringSeconds: 20,
    wrapupWarnSeconds: 180,
    serviceLevelSeconds: [15, 20],
    offlineSignInDays: 7,
    amberAt: 0.75,
    signLimit: 'sign',
    workdayStart: '09:00',
    workdayEnd: '17:30',
    outsidePrefix: '',
    shortNumbers: [],
    areaCode: '010',
  },
  ...over,
})
