// Words of what the centre tells the world outside (对外通知).
import { overtaken, type OutwardKind, type OutwardState } from '../../contract/outward.ts'

const zhKind: Record<OutwardKind, string> = { notice: '通知部门', sms: '短信给职工' }
const enKind: Record<OutwardKind, string> = { notice: 'notice', sms: 'text message' }
const zhState: Record<OutwardState, string> = {
  waiting: '待发',
  delivered: '已发',
  refused: '网关不收',
  held: '放久了',
  dropped: '不再发',
}
const enState: Record<OutwardState, string> = {
  waiting: 'waiting',
  delivered: 'delivered',
  refused: 'refused',
  held: 'held back',
  dropped: 'dropped',
}

/** What the centre notes of itself; all else is the gateway's own word. */
const zhSaid: Readonly<Record<string, string>> = {
  'no answer': '网关没有答复',
  [overtaken]: '后来的一条已经发出，这条不用发了',
}
const enSaid: Readonly<Record<string, string>> = {
  'no answer': 'the gateway did not answer',
  [overtaken]: 'a later one is out, this one need not go',
}

const zh = {
  open: '还没发出的',
  settled: '最近办完的',
  kind: zhKind,
  state: zhState,
  toDecide: (count: number) => `${count} 条要您决定`,
  toSend: (count: number, retried: boolean) => `${count} 条待发${retried ? '，会自动再试' : ''}`,
  allOut: '都发出去了',
  delivered: (count: number) => `已发 ${count} 条`,
  notConfigured: '没有配置消息网关，通知都存在中心，没有发出',
  notConfiguredTodo: '部门和职工还不知道：请先打电话告知，再请运维配置网关。',
  heldSays: '放了三天以上，不再自动发；确认还用得着再发。',
  noneOpen: '没有等着发的',
  noneSettled: '还没有发过',
  made: (when: string) => `${when} 生成`,
  next: (time: string) => `${time} 再试`,
  tried: (count: number) => `试过 ${count} 次`,
  said: (text: string) => zhSaid[text] ?? `网关答复 ${text}`,
  ended: (state: OutwardState, when: string) =>
    state === 'delivered' ? `${when} 发出` : state === 'dropped' ? `${when} 起不再发` : when,
  send: '再发',
  sendThis: (what: string) => `再发：${what}`,
  drop: '不再发',
  dropThis: (what: string) => `不再发：${what}`,
  sendAll: '全部再发',
  readFailed: '没读出来',
  what: (kind: string, recipient: string) => `${kind}·${recipient}`,
}

const en: typeof zh = {
  open: 'Not out yet',
  settled: 'Settled last',
  kind: enKind,
  state: enState,
  toDecide: (count) => `${count} for you to decide`,
  toSend: (count, retried) => `${count} waiting${retried ? ', tried again' : ''}`,
  allOut: 'All are out',
  delivered: (count) => `${count} delivered`,
  notConfigured: 'No gateway is configured: everything is kept at the centre, nothing went out',
  notConfiguredTodo: 'Departments and workers do not know yet: call them, and have a gateway configured.',
  heldSays: 'Older than three days: goes out only when you say so.',
  noneOpen: 'Nothing waits',
  noneSettled: 'Nothing was sent yet',
  made: (when) => `made ${when}`,
  next: (time) => `again at ${time}`,
  tried: (count) => `tried ${count} times`,
  said: (text) => enSaid[text] ?? `the gateway says ${text}`,
  ended: (state, when) =>
    state === 'delivered' ? `out ${when}` : state === 'dropped' ? `dropped ${when}` : when,
  send: 'Send',
  sendThis: (what) => `Send: ${what}`,
  drop: 'Drop',
  dropThis: (what) => `Drop: ${what}`,
  sendAll: 'Send all',
  readFailed: 'Could not be read',
  what: (kind, recipient) => `${kind} · ${recipient}`,
}

export const outward = { zh, en }
