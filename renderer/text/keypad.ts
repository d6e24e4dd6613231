// Words of the keypad, the transfer and the guard before ending a call.
import type { DialProblem } from '../../core/softphone/dialString.ts'

type Words = {
  title: string
  dialTitle: string
  digit: (digit: string) => string
  pressed: string
  none: string
  number: string
  hint: string
  back: string
  dial: string
  notFree: string
  close: string
  outside: string
  inside: string
  from: (line: string, place: string) => string
  willDial: (number: string, kind: string) => string
  /** The lines want something else than the number itself. */
  willSend: (number: string, sent: string, kind: string) => string
  problem: Record<DialProblem, string>
  speed: {
    title: string
    last: string
    again: (who: string) => string
    star: (name: string) => string
    unstar: string
    none: string
    choose: (count: number) => string
  }
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
  transfer: {
    title: string
    note: string
    to: string
    list: string
    departments: string
    short: string
    confirm: (name: string) => string
    askTitle: string
    askNote: string
    ask: (name: string) => string
    ready: string
    notListed: string
    none: string
  }
}

const zh: Words = {
  title: '拨号盘',
  dialTitle: '拨打电话',
  digit: (digit) => `按键 ${digit}`,
  pressed: '已按',
  none: '直接在键盘上按数字也行',
  number: '号码',
  hint: '手机、区号加座机、内线、短号或单位名',
  back: '删一位',
  dial: '拨打',
  notFree: '现在不能拨出：话路没通、正在拨另一个，或两条线路都在用',
  close: '收起',
  outside: '外线',
  inside: '内线',
  from: (line, place) => `${line}·${place}`,
  willDial: (number, kind) => `将拨 ${number}·${kind}`,
  willSend: (number, sent, kind) => `将拨 ${number}·${kind}·实际送出 ${sent}`,
  problem: {
    empty: '请输入号码',
    letters: '号码里有不能拨的字，请只留数字',
    code: '以 * 或 # 开头的功能码不能在这里拨',
    tooShort: '号码不完整，请补齐位数',
    tooLong: '号码太长，请检查是否多了几位',
    foreign: '不能拨打境外号码',
    unknown: '没有这样的号码，请核对区号和位数',
    self: '这是您自己的号码',
    forbidden: '按规定不能拨打这个号码',
  },
  speed: {
    title: '单位和短号',
    last: '最近拨出',
    again: (who) => `再拨 ${who}`,
    star: (name) => `常用：${name}`,
    unstar: '不再放在最前',
    none: '没有这样的单位；请直接输入号码',
    choose: (count) => `找到 ${count} 个，按 Enter 选第一个`,
  },
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
  transfer: {
    title: '转接',
    note: '转出去后您就离开这通电话',
    to: '转给谁',
    list: '可以转到',
    departments: '承办单位',
    short: '常用短号',
    confirm: (name) => `转给 ${name}`,
    askTitle: '咨询',
    askNote: '来电人先听音乐；问好了再转，或者回到来电人',
    ask: (name) => `先咨询 ${name}`,
    ready: '选一个去处，或输入号码',
    notListed: '不在名单里的号码不能直接转：先咨询，再转出',
    none: '没有登记电话的单位，请直接输入号码',
  },
}

const en: Words = {
  title: 'Keypad',
  dialTitle: 'Dial',
  digit: (digit) => `Key ${digit}`,
  pressed: 'Pressed',
  none: 'You can type digits on the keyboard',
  number: 'Number',
  hint: 'mobile, area code and number, extension, short number, or a name',
  back: 'Delete one',
  dial: 'Dial',
  notFree: 'Cannot dial now: no line, another call going out, or both in use',
  close: 'Close',
  outside: 'outside',
  inside: 'internal',
  from: (line, place) => `${line} · ${place}`,
  willDial: (number, kind) => `dials ${number} · ${kind}`,
  willSend: (number, sent, kind) => `dials ${number} · ${kind} · sends ${sent}`,
  problem: {
    empty: 'Type a number',
    letters: 'Only digits can be dialled',
    code: 'Service codes cannot be dialled here',
    tooShort: 'The number is not complete',
    tooLong: 'The number is too long',
    foreign: 'Numbers abroad cannot be dialled',
    unknown: 'No such number: check the area code',
    self: 'This is your own number',
    forbidden: 'This number may not be dialled',
  },
  speed: {
    title: 'Departments and short numbers',
    last: 'Dialled last',
    again: (who) => `Dial ${who} again`,
    star: (name) => `Favourite: ${name}`,
    unstar: 'No longer first',
    none: 'No such department: type the number',
    choose: (count) => `${count} found, Enter takes the first`,
  },
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
  transfer: {
    title: 'Transfer',
    note: 'You leave the call once it is transferred',
    to: 'To whom',
    list: 'Places',
    departments: 'Departments',
    short: 'Short numbers',
    confirm: (name) => `Transfer to ${name}`,
    askTitle: 'Consult',
    askNote: 'The caller hears music; then transfer, or go back to the caller',
    ask: (name) => `Ask ${name} first`,
    ready: 'Choose a place or type a number',
    notListed: 'Not on the list, so not straight away: consult first, then connect',
    none: 'No department has a number on file; type one',
  },
}

export const keypad = { zh, en }
