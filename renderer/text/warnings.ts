// Words of early warnings (预警): the strip under the form, the telephone tree, the event file, the duty leader's page.
import type {
  WarningActionName,
  WarningNote,
  WarningReport,
  WarningSource,
  WarningState,
} from '../../contract/warnings.ts'

type Known = NonNullable<WarningReport['congress']>
type FileField =
  | 'employer'
  | 'address'
  | 'people'
  | 'staff'
  | 'cause'
  | 'acts'
  | 'demands'
  | 'contactName'
  | 'contactNumber'
  | 'source'
  | 'congress'
  | 'unionHeard'
  | 'registered'
  | 'hasUnion'

const zhFields: Record<FileField, string> = {
  employer: '单位',
  address: '地址',
  people: '涉及人数',
  staff: '总人数',
  cause: '事由',
  acts: '已发生',
  demands: '诉求',
  contactName: '代表',
  contactNumber: '联系电话',
  source: '信息来源',
  congress: '开过职代会',
  unionHeard: '听取工会意见',
  registered: '向人社报备',
  hasUnion: '有企业工会',
}
const enFields: Record<FileField, string> = {
  employer: 'Employer',
  address: 'Where',
  people: 'People',
  staff: 'Staff',
  cause: 'Cause',
  acts: 'So far',
  demands: 'Demands',
  contactName: 'Speaker',
  contactNumber: 'Telephone',
  source: 'Source',
  congress: 'Congress held',
  unionHeard: 'Union heard',
  registered: 'Office told',
  hasUnion: 'Has a union',
}
const zhSource: Record<WarningSource, string> = { self: '本人经历', colleague: '同事转述', net: '网上看到' }
const enSource: Record<WarningSource, string> = { self: 'own', colleague: 'told', net: 'from the net' }
const zhKnown: Record<Known, string> = { yes: '是', no: '否', unknown: '不详' }
const enKnown: Record<Known, string> = { yes: 'yes', no: 'no', unknown: 'unknown' }
const zhState: Record<WarningState, string> = { open: '待签收', signed: '已签收', closed: '已办结' }
const enState: Record<WarningState, string> = { open: 'to sign', signed: 'signed', closed: 'closed' }
const zhDo: Record<WarningActionName, string> = {
  sign: '签收',
  order: '批示',
  progress: '续报',
  close: '办结',
}
const enDo: Record<WarningActionName, string> = {
  sign: 'Sign',
  order: 'Order',
  progress: 'Progress',
  close: 'Close',
}
const zhNote: Record<WarningNote['what'], string> = {
  report: '报来',
  change: '补充',
  graver: '级别升高',
  escalate: '没人签收，转下一位',
  sign: '签收',
  order: '批示',
  progress: '续报',
  close: '办结',
}
const enNote: Record<WarningNote['what'], string> = {
  report: 'reported',
  change: 'added',
  graver: 'graver now',
  escalate: 'unsigned, rung on',
  sign: 'signed',
  order: 'ordered',
  progress: 'progress',
  close: 'closed',
}

const zhMinutes = (minutes: number): string =>
  minutes < 60
    ? `${minutes} 分钟`
    : minutes % 60 === 0
      ? `${minutes / 60} 小时`
      : `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分`
const enMinutes = (minutes: number): string =>
  minutes < 60
    ? `${minutes} min`
    : minutes % 60 === 0
      ? `${minutes / 60} h`
      : `${Math.floor(minutes / 60)} h ${minutes % 60} min`

const zh = {
  strip: '预警',
  heard: (quotes: readonly string[]) =>
    `${quotes.map((quote) => `“${quote}”`).join('')}${quotes.length > 0 ? '，' : ''}可能是群体性风险`,
  suggests: (level: string) => `建议${level}`,
  range: (from: number, to: number | null) => (to === null ? `${from} 人以上` : `${from}–${to} 人`),
  inBrackets: (word: string) => `（${word}）`,
  limit: (minutes: number) => `${zhMinutes(minutes)}内上报`,
  raise: '发预警',
  raiseTo: (level: string) => `升为${level}`,
  notIt: '不是…',
  notItWhy: '为什么不是',
  byHand: '发预警：您判断有群体性风险',
  byHandSays: '选好级别再按一次就报；情况随后补。',
  level: '级别',
  cancel: '取消',
  notSaved: (why: string) => `没存上：${why}`,
  raised: (level: string) => `${level}预警`,
  waitingAway: '已存本机，中心连不上，恢复后第一个报；请先打电话',
  waiting: '已存本机，正在报中心',
  parked: '中心没收，请到同步页看',
  arrived: '已到中心',
  toSign: (number: string) => `已到中心 ${number}，等值班领导签收`,
  signed: (who: string, time: string) => `${who} ${time} 已签收`,
  closed: (who: string) => `${who} 已签收，现已办结`,
  reportLeft: (minutes: number) => `上报剩 ${zhMinutes(minutes)}`,
  reportOver: (minutes: number) => `上报超 ${zhMinutes(minutes)}`,
  more: '补充情况',
  tree: '电话报告树',
  treeSays: '依次打电话报告，打完点一下，时间自动记下。',
  noNumber: '未登记号码',
  noTree: '电话报告树还没有填，请找班长',
  dial: '拨打',
  dialTo: (who: string) => `拨打${who}`,
  reached: '已报',
  reachedWhom: (who: string) => `已报${who}`,
  notReached: '没通',
  notReachedWhom: (who: string) => `没通${who}`,
  phonedAt: (time: string, reached: boolean) => (reached ? `${time} 已报告` : `${time} 没打通`),
  fields: zhFields,
  source: zhSource,
  known: zhKnown,
  people: '人',
  count: (count: number) => `${count} 人`,
  fileTitle: (level: string) => `${level}预警·补充情况`,
  fileSave: '存好并上报',
  fileHint: { acts: '停工、聚集、堵路、媒体…', demands: '他们要什么' },
  late: '超时报到',
  list: '预警事件',
  page: {
    none: '没有预警',
    noneSays: '坐席一发预警，这里立刻响铃',
    choose: '在左边选一件预警',
    open: '未办结',
    closed: '已办结',
    reports: (count: number) => `${count} 个来电`,
    noEmployer: '单位未说明',
    heardAt: (when: string) => `${when} 听到`,
    ringsAt: (employer: string, level: string) => `${level}预警待签收：${employer}`,
    moreRing: (count: number) => `还有 ${count} 件`,
    sign: '签收',
    see: '查看',
    says: (open: number) => (open > 0 ? `${open} 件待签收` : '都签收了'),
    failed: '没取到预警',
    state: zhState,
    do: zhDo,
    note: zhNote,
    escalated: (minutes: string) => `${minutes} 分钟没人签收，转下一位`,
    centre: '中心',
    timeline: '处置经过',
    calls: '来电情况',
    agent: (name: string) => `坐席 ${name}`,
    phoned: '电话报告',
    procedure: '程序',
    write: { order: '批示内容', progress: '现在怎样了', close: '结果' },
    needText: '请先写内容',
    notDone: (why: string) => `没办成：${why}`,
    showNumber: '显示联系电话',
    hideNumber: '隐藏联系电话',
    waits: (time: string) => `等了 ${time}`,
    quiet: '没有等您签收的预警；一来就响铃',
    stale: (time: string) => `中心连不上，这是 ${time} 的内容`,
  },
  wall: (count: number) => `${count} 件预警没人签收`,
  wallSee: '看预警',
}

const en: typeof zh = {
  strip: 'Early warning',
  heard: (quotes) =>
    `${quotes.map((quote) => `“${quote}”`).join(' ')}${quotes.length > 0 ? ': ' : ''}maybe a mass risk`,
  suggests: (level) => `suggested: ${level}`,
  range: (from, to) => (to === null ? `${from} or more` : `${from}–${to}`),
  inBrackets: (word) => ` (${word})`,
  limit: (minutes) => `report within ${enMinutes(minutes)}`,
  raise: 'Raise',
  raiseTo: (level) => `Raise to ${level}`,
  notIt: 'It is not…',
  notItWhy: 'Why it is not',
  byHand: 'Early warning: your own judgement',
  byHandSays: 'Choose a level and press once more; details may follow.',
  level: 'Level',
  cancel: 'Cancel',
  notSaved: (why) => `Not saved: ${why}`,
  raised: (level) => `Warning, ${level}`,
  waitingAway: 'Kept here; the centre is away, it goes first once it is back. Please phone',
  waiting: 'Kept here, on its way',
  parked: 'Refused by the centre: see the sync page',
  arrived: 'At the centre',
  toSign: (number) => `At the centre as ${number}; not signed yet`,
  signed: (who, time) => `Signed by ${who} at ${time}`,
  closed: (who) => `Signed by ${who}, closed`,
  reportLeft: (minutes) => `${enMinutes(minutes)} left to report`,
  reportOver: (minutes) => `${enMinutes(minutes)} over`,
  more: 'Add details',
  tree: 'Telephone tree',
  treeSays: 'Phone them in turn; press when done, the time is noted.',
  noNumber: 'no number entered',
  noTree: 'Nobody has filled in the telephone tree; ask the lead',
  dial: 'Dial',
  dialTo: (who) => `Dial ${who}`,
  reached: 'Reached',
  reachedWhom: (who) => `Reached ${who}`,
  notReached: 'No answer',
  notReachedWhom: (who) => `No answer from ${who}`,
  phonedAt: (time, reached) => (reached ? `reported ${time}` : `no answer ${time}`),
  fields: enFields,
  source: enSource,
  known: enKnown,
  people: 'people',
  count: (count) => `${count} people`,
  fileTitle: (level) => `Warning, ${level}: details`,
  fileSave: 'Save and report',
  fileHint: { acts: 'Stoppage, gathering, road block, media…', demands: 'What they want' },
  late: 'reported late',
  list: 'Warnings',
  page: {
    none: 'No warnings',
    noneSays: 'As soon as a seat raises one, it rings here',
    choose: 'Choose a warning on the left',
    open: 'Open',
    closed: 'Closed',
    reports: (count) => `${count} calls`,
    noEmployer: 'employer unknown',
    heardAt: (when) => `heard ${when}`,
    ringsAt: (employer, level) => `Warning, ${level}, to be signed: ${employer}`,
    moreRing: (count) => `${count} more`,
    sign: 'Sign',
    see: 'Look',
    says: (open) => (open > 0 ? `${open} to sign` : 'all signed'),
    failed: 'Warnings could not be fetched',
    state: enState,
    do: enDo,
    note: enNote,
    escalated: (minutes) => `${minutes} min unsigned, rung on`,
    centre: 'Centre',
    timeline: 'What was done',
    calls: 'Calls',
    agent: (name) => `Agent ${name}`,
    phoned: 'Phoned',
    procedure: 'Procedure',
    write: { order: 'The order', progress: 'How it stands', close: 'The outcome' },
    needText: 'Please write it down first',
    notDone: (why) => `Not done: ${why}`,
    showNumber: 'Show the telephone number',
    hideNumber: 'Hide the telephone number',
    waits: (time) => `waits ${time}`,
    quiet: 'No warning waits for you; it rings as soon as one comes',
    stale: (time) => `The centre is away; as of ${time}`,
  },
  wall: (count) => `${count} warnings unsigned`,
  wallSee: 'See them',
}

export const warnings = { zh, en }
