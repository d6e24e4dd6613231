// Words of the call bar: lines, controls, the guard before ending a call, and what may be wrong with the line.
import type { CommandName } from '../../core/commands.ts'
import type { DialProblem } from '../../core/softphone/dialString.ts'

type Link =
  | 'off'
  | 'connecting'
  | 'disconnected'
  | 'wrongSecret'
  | 'refused'
  | 'untrusted'
  | 'silent'
  | 'registered'

type Words = {
  bar: string
  lines: string
  idle: string
  idleNote: string
  notReadyNote: string
  wrapupNote: string
  withheld: string
  queued: (time: string) => string
  ringFor: (time: string, limit: number) => string
  calling: string
  ringback: string
  announcement: string
  answering: string
  heldNote: string
  direction: Record<'inbound' | 'outbound' | 'internal', string>
  endedBy: Record<'caller' | 'callee' | 'agent' | 'system', string>
  outcome: Record<'missed' | 'abandoned' | 'rejected' | 'busy' | 'noAnswer' | 'failed', string>
  talked: (time: string) => string
  timer: string
  quality: Record<'good' | 'fair' | 'poor' | 'bad' | 'unheard' | 'none', string>
  qualityOf: (word: string, mos: string) => string
  unheard: string
  commands: Record<CommandName, string>
  resume: string
  unmute: string
  controls: string
  ring: (number: string, queue: string) => string
  secondCall: string
  callBack: (number: string) => string
  callBackWait: string
  showNumber: string
  hideNumber: string
  line: (number: string, state: string) => string
  myLines: string
  freeLine: string
  freeLineBusy: string
  hangUp: {
    hold: (seconds: string) => string
    stillThere: string
    plain: string
    plainNote: string
    cancelled: string
    title: string
    text: string
    reasons: string
    stay: string
    end: string
    chooseFirst: string
  }
  keypad: {
    title: string
    dialTitle: string
    digit: (digit: string) => string
    pressed: string
    none: string
    number: string
    hint: string
    back: string
    dial: string
    close: string
    outside: string
    inside: string
    willDial: (number: string, kind: string) => string
    problem: Record<DialProblem, string>
  }
  transfer: {
    title: string
    note: string
    to: string
    list: string
    departments: string
    short: string
    confirm: (name: string) => string
    ready: string
    none: string
  }
  link: Record<Link, { badge: string; what: string; todo: string }>
  retryIn: (seconds: number) => string
  retrying: string
  linkDetails: string
  dropped: (n: number) => string
  cutNote: string
  practice: { title: string; note: string; leave: string; ringing: string }
  keysTitle: string
  keysNote: string
  keyHold: string
}

const zh: Words = {
  bar: '通话条',
  lines: '当前线路',
  idle: '等候来电',
  idleNote: '来电会在这里响铃，按 F2 接听；要打出去按 F6',
  notReadyNote: '现在不接队列来电，内线和拨出照常',
  wrapupNote: '登记单提交后自动恢复空闲，也可以先接下一个',
  withheld: '未显示号码',
  queued: (time) => `排队 ${time}`,
  ringFor: (time, limit) => `振铃 ${time}·${limit} 秒转下一位`,
  calling: '正在呼出',
  ringback: '对方振铃中',
  announcement: '正在播放提示音',
  answering: '正在接通',
  heldNote: '职工在听音乐',
  direction: { inbound: '职工来电', outbound: '呼出', internal: '内线' },
  endedBy: { caller: '对方已挂断', callee: '对方已挂断', agent: '通话已结束', system: '线路断了' },
  outcome: {
    missed: '没有接到',
    abandoned: '对方先挂断',
    rejected: '已拒接',
    busy: '对方占线',
    noAnswer: '无人接听',
    failed: '没有接通',
  },
  talked: (time) => `通话 ${time}`,
  timer: '通话时长',
  quality: { good: '良', fair: '一般', poor: '差', bad: '很差', unheard: '听不到对方', none: '测量中' },
  qualityOf: (word, mos) => `音质${word} ${mos}`,
  unheard: '5 秒没听到对方声音，请问一声，或到设置里检查耳机',
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
  resume: '取回',
  unmute: '取消静音',
  controls: '通话操作',
  ring: (number, queue) => `来电：${number}，${queue}，按 F2 接听`,
  secondCall: '另一个来电',
  callBack: (number) => `回拨 ${number}`,
  callBackWait: '话路恢复后可以回拨',
  showNumber: '显示完整号码（会留记录）',
  hideNumber: '隐藏号码',
  line: (number, state) => `线路 ${number}，${state}`,
  myLines: '我的线路',
  freeLine: '咨询线空闲',
  freeLineBusy: '两条线路都在用',
  hangUp: {
    hold: (seconds) => `长按 ${seconds} 秒结束`,
    stillThere: '职工还在线上',
    plain: '结束',
    plainNote: '按一下就结束',
    cancelled: '已取消，通话继续',
    title: '职工还在线上，确实要结束吗？',
    text: '只要职工不挂断，我们不主动挂断。有例外情形请选原因，会记入通话记录。',
    reasons: '结束原因',
    stay: '继续通话',
    end: '结束通话',
    chooseFirst: '先选一个原因',
  },
  keypad: {
    title: '拨号盘',
    dialTitle: '拨打电话',
    digit: (digit) => `按键 ${digit}`,
    pressed: '已按',
    none: '直接在键盘上按数字也行',
    number: '号码',
    hint: '手机、区号加座机、内线或短号',
    back: '删一位',
    dial: '拨打',
    close: '收起',
    outside: '外线',
    inside: '内线',
    willDial: (number, kind) => `将拨 ${number}·${kind}`,
    problem: {
      empty: '请输入号码',
      letters: '号码里有不能拨的字，请只留数字',
      code: '以 * 或 # 开头的功能码不能在这里拨',
      tooShort: '号码不完整，请补齐位数',
      tooLong: '号码太长，请检查是否多了几位',
      foreign: '不能拨打境外号码',
      unknown: '没有这样的号码，请核对区号和位数',
      self: '这是您自己的号码',
    },
  },
  transfer: {
    title: '转接',
    note: '转出去后您就离开这通电话',
    to: '转给谁',
    list: '可以转到',
    departments: '承办单位',
    short: '常用短号',
    confirm: (name) => `转给 ${name}`,
    ready: '选一个去处，或输入号码',
    none: '没有登记电话的单位，请直接输入号码',
  },
  link: {
    off: { badge: '话路未用', what: '这个账号没有话机。', todo: '' },
    connecting: { badge: '话路连接中', what: '正在连接话路。', todo: '通常几秒就好，登记单照常可写。' },
    disconnected: {
      badge: '话机未连接',
      what: '连不上交换机，现在接不到电话。',
      todo: '正在自动重连；登记单照常可写，都存在本机。',
    },
    wrongSecret: {
      badge: '话机未注册',
      what: '交换机不认这个话机的口令，现在接不到电话。',
      todo: '请签出再签入一次；还不行就告诉班长。',
    },
    refused: {
      badge: '话机未注册',
      what: '交换机拒绝了这个话机，现在接不到电话。',
      todo: '请告诉班长，报上您的坐席号。',
    },
    untrusted: {
      badge: '话机未注册',
      what: '交换机的证书不可信，没有连接。',
      todo: '请告诉管理员检查交换机证书。',
    },
    silent: {
      badge: '话路无应答',
      what: '网络通着，但交换机没有回应，来电可能到不了。',
      todo: '正在重试；登记单照常可写。',
    },
    registered: { badge: '话路正常', what: '话机已注册，可以接打电话。', todo: '' },
  },
  retryIn: (seconds) => `话路断，正在重连（${seconds} 秒）`,
  retrying: '话路断，正在重连',
  linkDetails: '技术信息',
  dropped: (n) => `有 ${n} 条读不懂的话路消息，可能漏了来电`,
  cutNote: '登记单和记录都在本机，不会丢',
  practice: {
    title: '练习中，电话都是模拟的',
    note: '没有真的职工在线，按错也不要紧；登记单只存在练习里',
    leave: '我有账号，去签入',
    ringing: '练习来电',
  },
  keysTitle: '按键一览',
  keysNote: '打字时这些键同样有效；拼音没选完字时不会误触。',
  keyHold: '按住',
}

const en: Words = {
  bar: 'Call bar',
  lines: 'Current line',
  idle: 'Waiting for calls',
  idleNote: 'Calls ring here: F2 answers; F6 dials',
  notReadyNote: 'No calls from the queue; internal and outgoing calls work',
  wrapupNote: 'Ready again once the form is filed, or take the next call first',
  withheld: 'Number withheld',
  queued: (time) => `waited ${time}`,
  ringFor: (time, limit) => `ringing ${time} · passed on after ${limit} s`,
  calling: 'Calling',
  ringback: 'Ringing there',
  announcement: 'Announcement playing',
  answering: 'Connecting',
  heldNote: 'The caller hears music',
  direction: { inbound: 'caller', outbound: 'outgoing', internal: 'internal' },
  endedBy: { caller: 'They hung up', callee: 'They hung up', agent: 'Call ended', system: 'Line cut' },
  outcome: {
    missed: 'Missed',
    abandoned: 'They gave up',
    rejected: 'Rejected',
    busy: 'Engaged',
    noAnswer: 'No answer',
    failed: 'Not put through',
  },
  talked: (time) => `talked ${time}`,
  timer: 'Call time',
  quality: {
    good: 'good',
    fair: 'fair',
    poor: 'poor',
    bad: 'bad',
    unheard: 'nothing heard',
    none: 'measuring',
  },
  qualityOf: (word, mos) => `Sound ${word} ${mos}`,
  unheard: 'Nothing heard for 5 s: ask, or check the headset in settings',
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
  resume: 'Resume',
  unmute: 'Unmute',
  controls: 'Call controls',
  ring: (number, queue) => `Incoming call: ${number}, ${queue}; F2 answers`,
  secondCall: 'Another call',
  callBack: (number) => `Call back ${number}`,
  callBackWait: 'Call back once the line is up',
  showNumber: 'Show the whole number (is recorded)',
  hideNumber: 'Hide the number',
  line: (number, state) => `Line ${number}, ${state}`,
  myLines: 'My lines',
  freeLine: 'Second line free',
  freeLineBusy: 'Both lines in use',
  hangUp: {
    hold: (seconds) => `Hold ${seconds} s to end`,
    stillThere: 'The caller is still there',
    plain: 'End',
    plainNote: 'one press ends it',
    cancelled: 'Cancelled, the call goes on',
    title: 'The caller is still there. End the call?',
    text: 'We never hang up first. For an exception choose the reason; it goes into the record.',
    reasons: 'Reason',
    stay: 'Stay on the call',
    end: 'End the call',
    chooseFirst: 'Choose a reason first',
  },
  keypad: {
    title: 'Keypad',
    dialTitle: 'Dial',
    digit: (digit) => `Key ${digit}`,
    pressed: 'Pressed',
    none: 'You can type digits on the keyboard',
    number: 'Number',
    hint: 'mobile, area code and number, extension or short number',
    back: 'Delete one',
    dial: 'Dial',
    close: 'Close',
    outside: 'outside',
    inside: 'internal',
    willDial: (number, kind) => `dials ${number} · ${kind}`,
    problem: {
      empty: 'Type a number',
      letters: 'Only digits can be dialled',
      code: 'Service codes cannot be dialled here',
      tooShort: 'The number is not complete',
      tooLong: 'The number is too long',
      foreign: 'Numbers abroad cannot be dialled',
      unknown: 'No such number: check the area code',
      self: 'This is your own number',
    },
  },
  transfer: {
    title: 'Transfer',
    note: 'You leave the call once it is transferred',
    to: 'To whom',
    list: 'Places',
    departments: 'Departments',
    short: 'Short numbers',
    confirm: (name) => `Transfer to ${name}`,
    ready: 'Choose a place or type a number',
    none: 'No department has a number on file; type one',
  },
  link: {
    off: { badge: 'No telephone', what: 'This account has no telephone.', todo: '' },
    connecting: { badge: 'Connecting', what: 'Connecting to the PBX.', todo: 'Forms work meanwhile.' },
    disconnected: {
      badge: 'Not connected',
      what: 'The PBX cannot be reached: no calls now.',
      todo: 'Reconnecting by itself; forms work and are kept here.',
    },
    wrongSecret: {
      badge: 'Not registered',
      what: 'The PBX does not accept this seat’s secret.',
      todo: 'Sign out and in again; else tell the lead.',
    },
    refused: {
      badge: 'Not registered',
      what: 'The PBX refuses this seat.',
      todo: 'Tell the lead your seat number.',
    },
    untrusted: {
      badge: 'Not registered',
      what: 'The PBX’s certificate is not trusted.',
      todo: 'Ask the administrator to check it.',
    },
    silent: {
      badge: 'PBX silent',
      what: 'Connected, but the PBX does not answer.',
      todo: 'Trying again; forms work.',
    },
    registered: { badge: 'Line up', what: 'Registered: calls come and go.', todo: '' },
  },
  retryIn: (seconds) => `Line down, reconnecting (${seconds} s)`,
  retrying: 'Line down, reconnecting',
  linkDetails: 'Details',
  dropped: (n) => `${n} unreadable messages: a call may have been missed`,
  cutNote: 'Form and record are kept on this computer',
  practice: {
    title: 'Practice: all calls are simulated',
    note: 'Nobody real is on the line; mistakes do no harm',
    leave: 'I have an account',
    ringing: 'Practice call',
  },
  keysTitle: 'Keys',
  keysNote: 'They work while typing, and never during composition.',
  keyHold: 'hold',
}

export const softphone = { zh, en }
