// Words of a seat: its states, its timers, the day's totals.
import type { SeatPhase } from '../../contract/seat.ts'
import type { Role } from '../../contract/session.ts'

type Words = {
  phase: Record<SeatPhase, string>
  practice: (word: string) => string
  /** Said before the state by the button that opens the menu. */
  menu: string
  switchState: string
  ready: string
  readyNote: string
  /** Under a live call or an open form the choice waits. */
  later: string
  notReady: string
  minutes: (n: number) => string
  signOut: string
  /** What stays behind: forms not filed, and how much has not reached the centre. */
  signOutNote: (unsent: number, files: number) => string
  signOutLater: string
  seat: (number: string) => string
  role: Record<Role, string>
  noTelephone: string
  totals: Record<'answered' | 'talk' | 'wrapup' | 'missed', string>
  totalsLabel: string
  unfiled: (n: number) => string
}

const zh: Words = {
  phase: {
    signedOut: '未签入',
    ready: '空闲',
    notReady: '示忙',
    ringing: '振铃',
    onCall: '通话中',
    held: '保持',
    dialling: '外呼',
    wrapup: '话后整理',
    linkLost: '网络中断',
  },
  practice: (word) => `练习·${word}`,
  menu: '坐席状态：',
  switchState: '切换状态',
  ready: '空闲',
  readyNote: '接队列来电',
  later: '通话和登记单办完后生效',
  notReady: '示忙，暂不接队列来电',
  minutes: (n) => `限 ${n} 分钟`,
  signOut: '签出',
  signOutNote(unsent, files) {
    const left = [unsent > 0 ? `${unsent} 条` : '', files > 0 ? `${files} 个附件` : ''].filter(Boolean)
    return left.length > 0
      ? `还有 ${left.join('、')}没上传，留在本机，您下次签入时上传`
      : '没写完的登记单留在本机'
  },
  signOutLater: '通话结束后才能签出',
  seat: (number) => `坐席 ${number}`,
  role: { agent: '坐席', lead: '班长', handler: '承办人', duty: '预警值班领导', admin: '管理员' },
  noTelephone: '浏览器，未接话机',
  totals: { answered: '今日接听', talk: '平均通话', wrapup: '话后', missed: '未接' },
  totalsLabel: '今日合计',
  unfiled: (n) => `${n} 张登记单没提交`,
}

const en: Words = {
  phase: {
    signedOut: 'Signed out',
    ready: 'Ready',
    notReady: 'Not ready',
    ringing: 'Ringing',
    onCall: 'On call',
    held: 'Held',
    dialling: 'Dialling',
    wrapup: 'Wrap-up',
    linkLost: 'Link lost',
  },
  practice: (word) => `Practice · ${word}`,
  menu: 'Seat state: ',
  switchState: 'Switch',
  ready: 'Ready',
  readyNote: 'take calls from the queue',
  later: 'takes effect once call and form are done',
  notReady: 'Not ready: no calls from the queue',
  minutes: (n) => `up to ${n} min`,
  signOut: 'Sign out',
  signOutNote(unsent, files) {
    const left = [unsent > 0 ? `${unsent} records` : '', files > 0 ? `${files} attachments` : ''].filter(
      Boolean,
    )
    return left.length > 0
      ? `${left.join(' and ')} not uploaded yet: they stay here and go up when you sign in again`
      : 'unfinished forms stay on this computer'
  },
  signOutLater: 'possible when the call has ended',
  seat: (number) => `Seat ${number}`,
  role: { agent: 'Agent', lead: 'Lead', handler: 'Handler', duty: 'Duty leader', admin: 'Administrator' },
  noTelephone: 'browser, no telephone',
  totals: { answered: 'Answered', talk: 'Avg talk', wrapup: 'Wrap-up', missed: 'Missed' },
  totalsLabel: 'Totals of today',
  unfiled: (n) => `${n} forms not filed`,
}

export const seat = { zh, en }
