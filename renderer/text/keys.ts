// Words of the commands, as their buttons, the key list and the tray say them; and of choosing other keys.
import type { CommandName } from '../../core/commands.ts'
import type { Refusal } from '../../core/keyMap.ts'

type Words = {
  commands: Record<CommandName, string>
  /** What it does, for the printed list. */
  does: Record<CommandName, string>
  title: string
  note: string
  held: string
  print: string
  toSettings: string
  sheetTitle: string
  sheetPromise: string
  change: (command: string, key: string) => string
  pressNow: string
  changed: (key: string) => string
  taken: (key: string, command: string) => string
  swap: string
  refused: Record<Refusal, (key: string) => string>
  /** Another program has the key. */
  notElsewhere: (key: string) => string
  /** The same as a sentence of its own; each with its command. */
  keysTaken: (keys: readonly (readonly [key: string, command: string])[]) => string
  changeNote: string
  reset: string
}

const zh: Words = {
  commands: {
    answer: '接听',
    reject: '拒接',
    mute: '静音',
    record: '暂停录音',
    hold: '保持',
    swap: '切换',
    keypad: '拨号盘',
    redial: '重拨',
    callBack: '回拨',
    transfer: '转接',
    consult: '咨询',
    threeWay: '三方',
    warn: '预警',
    hangUp: '结束',
    ready: '恢复空闲',
    submit: '提交',
    search: '搜索',
    callerCard: '来电资料',
    knowledge1: '第一条知识',
    knowledge2: '第二条知识',
    knowledge3: '第三条知识',
    keys: '按键一览',
  },
  does: {
    answer: '接听来电，在别的程序里也有效',
    reject: '请其他坐席接，在别的程序里也有效',
    mute: '职工听不到您；再按取消',
    record: '职工说证件号、卡号时不录；再按继续录',
    hold: '职工听音乐；再按取回',
    swap: '和听音乐的那一位说，手上这一位听音乐',
    keypad: '通话中按号码；没有通话时拨号',
    redial: '再拨一次上一个号码',
    callBack: '回拨断线的、约好到点的、未接的、答应过的，一次一个',
    transfer: '把这通转给部门或同事；咨询时让双方直接通话',
    consult: '职工听音乐，先问部门或同事；再按回到职工',
    threeWay: '三个人都听得见；再按退出',
    warn: '发预警；值班领导签收预警',
    hangUp: '长按一秒结束；职工没挂断，我们不先挂',
    ready: '可以接下一个来电',
    submit: '交登记单，或办工单的这一步',
    search: '到通话记录或知识库里搜索',
    callerCard: '窗口窄时打开右栏',
    knowledge1: '展开第一条知识建议；再按写入告知职工',
    knowledge2: '展开第二条知识建议；再按写入告知职工',
    knowledge3: '展开第三条知识建议；再按写入告知职工',
    keys: '打开这张表',
  },
  title: '按键一览',
  note: '打字时这些键同样有效；拼音没选完字时不会误触。',
  held: '按住',
  print: '打印',
  toSettings: '改按键',
  sheetTitle: '12351 坐席工作站 · 按键一览',
  sheetPromise: '只要职工不挂断，我们不主动挂断。',
  change: (command, key) => `改键：${command} ${key}`,
  pressNow: '请按新的键',
  changed: (key) => `已改为 ${key}`,
  taken: (key, command) => `${key} 现在是“${command}”，没有改`,
  swap: '两个互换',
  refused: {
    typing: (key) => `${key} 打字要用，没有改`,
    editing: (key) => `${key} 是复制、粘贴一类的键，没有改`,
    inputMethod: (key) => `${key} 输入法要用，没有改`,
    browser: (key) => `${key} 浏览器要用，没有改`,
    system: (key) => `${key} 系统要用，没有改`,
    besideEnd: () => 'F11 挨着 F12，按错会挂断，空着不用',
    elsewhere: (key) => `来电时在别的程序里也要能按，${key} 那里另有用处；请选 F1 到 F12`,
  },
  notElsewhere: (key) => `${key} 被别的程序占用，来电时在那里按不到；请换一个键`,
  keysTaken: (keys) =>
    `${keys.map(([key, command]) => `${key}（${command}）`).join('、')}被别的程序占用，在别的程序里按不到，回到工作站照常能用。请到“设置 → 按键”换一个键。`,
  changeNote: '点一个键，再按新的；Esc 不改。',
  reset: '恢复默认',
}

const en: Words = {
  commands: {
    answer: 'Answer',
    reject: 'Reject',
    mute: 'Mute',
    record: 'Pause recording',
    hold: 'Hold',
    swap: 'Swap',
    keypad: 'Keypad',
    redial: 'Redial',
    callBack: 'Call back',
    transfer: 'Transfer',
    consult: 'Consult',
    threeWay: 'Three-way',
    warn: 'Early warning',
    hangUp: 'End',
    ready: 'Ready again',
    submit: 'File',
    search: 'Search',
    callerCard: 'Caller',
    knowledge1: 'First article',
    knowledge2: 'Second article',
    knowledge3: 'Third article',
    keys: 'Keys',
  },
  does: {
    answer: 'Takes the call, from other programs too',
    reject: 'Leaves the call to another seat, from other programs too',
    mute: 'The caller cannot hear you; again: they can',
    record: 'Not recorded while private numbers are said; again: recorded',
    hold: 'The caller hears music; again: back',
    swap: 'Speaks with the one who waits; the other hears music',
    keypad: 'Digits in a call; dials without one',
    redial: 'Dials the last number again',
    callBack: 'Rings who was cut off, agreed and due, missed, or promised',
    transfer: 'Passes the call on; in a consultation puts the two through',
    consult: 'Asks somebody while the caller hears music; again: back',
    threeWay: 'All three hear each other; again: not any more',
    warn: 'Raises an early warning; the duty leader signs for it',
    hangUp: 'Held for a second; we never hang up first',
    ready: 'Ready for the next call',
    submit: 'Files the form, or takes the step of a work order',
    search: 'Searches the call records or the knowledge base',
    callerCard: 'Opens the right column of a narrow window',
    knowledge1: 'Unfolds the first suggestion; again: puts it into the form',
    knowledge2: 'Unfolds the second suggestion; again: puts it into the form',
    knowledge3: 'Unfolds the third suggestion; again: puts it into the form',
    keys: 'Opens this list',
  },
  title: 'Keys',
  note: 'They work while typing, and never during composition.',
  held: 'hold',
  print: 'Print',
  toSettings: 'Change keys',
  sheetTitle: '12351 seat · keys',
  sheetPromise: 'We never hang up first.',
  change: (command, key) => `Change ${command} ${key}`,
  pressNow: 'Press the new key',
  changed: (key) => `Now ${key}`,
  taken: (key, command) => `${key} is “${command}”: not changed`,
  swap: 'Swap them',
  refused: {
    typing: (key) => `${key} is needed for typing: not changed`,
    editing: (key) => `${key} copies, pastes or undoes: not changed`,
    inputMethod: (key) => `${key} belongs to the input method: not changed`,
    browser: (key) => `${key} belongs to the browser: not changed`,
    system: (key) => `${key} belongs to the system: not changed`,
    besideEnd: () => 'F11 lies beside F12 and stays empty',
    elsewhere: (key) => `${key} means something else in other programs: choose F1 to F12`,
  },
  notElsewhere: (key) => `Another program has ${key}: it does not work there. Choose another key`,
  keysTaken: (keys) =>
    `Another program has ${keys.map(([key, command]) => `${key} (${command})`).join(', ')}: it works in this window only. Choose another under Settings, Keys.`,
  changeNote: 'Click a key, then press the new one; Esc leaves it.',
  reset: 'Defaults',
}

export const keys = { zh, en }
