// Words of the commands, as their buttons, the key list and the tray say them.
import type { CommandName } from '../../core/commands.ts'

type Words = {
  commands: Record<CommandName, string>
  title: string
  note: string
  held: string
}

const zh: Words = {
  commands: {
    answer: '接听',
    reject: '拒接',
    mute: '静音',
    hold: '保持',
    keypad: '拨号盘',
    transfer: '转接',
    hangUp: '结束',
    ready: '恢复空闲',
    submit: '提交',
    search: '搜索',
    callerCard: '来电资料',
    keys: '按键一览',
  },
  title: '按键一览',
  note: '打字时这些键同样有效；拼音没选完字时不会误触。',
  held: '按住',
}

const en: Words = {
  commands: {
    answer: 'Answer',
    reject: 'Reject',
    mute: 'Mute',
    hold: 'Hold',
    keypad: 'Keypad',
    transfer: 'Transfer',
    hangUp: 'End',
    ready: 'Ready again',
    submit: 'File',
    search: 'Search',
    callerCard: 'Caller',
    keys: 'Keys',
  },
  title: 'Keys',
  note: 'They work while typing, and never during composition.',
  held: 'hold',
}

export const keys = { zh, en }
