// Why a call ended, in words: one table for whatever SIP, the telephone network or the seat itself may say.
// The telephone writes the Chinese word into the record, the screens say it in the agent's language.
import type { EndCode } from '../../contract/softphone.ts'
import { q850Causes } from './q850Causes.ts'
import { sipCauses } from './sipCauses.ts'

const zh = {
  SIP: sipCauses.zh,
  'Q.850': q850Causes.zh,
  seat: {
    0: '通话中程序或页面重新打开了',
    1: '接听没有得到确认',
    2: '线路或语音通道中断',
    3: '没有语音通道',
    4: '话机未连接',
    5: '号码无法拨打',
    6: '本机语音没有准备好',
    7: '坐席正在通话，没有振铃',
  } as Readonly<Record<number, string>>,
  /** For codes no table has: SIP by the hundred, Q.850 by the sixteen. */
  sipClass: [
    '呼叫没有接通',
    '呼叫没有接通',
    '正常结束',
    '对方已转移',
    '呼叫没有被接受',
    '话务系统出错',
    '对方没有接受',
  ],
  q850Class: [
    '没有接通',
    '正常结束',
    '线路资源不足',
    '功能不能用',
    '功能不支持',
    '呼叫消息无效',
    '信令出错',
    '网络互通故障',
  ],
  unknown: '原因不明',
}

const en: typeof zh = {
  SIP: sipCauses.en,
  'Q.850': q850Causes.en,
  seat: {
    0: 'the program or page was opened anew in the call',
    1: 'the answer was not acknowledged',
    2: 'line or sound path lost',
    3: 'no sound path',
    4: 'the telephone was not connected',
    5: 'the number cannot be dialled',
    6: 'the sound of this computer was not ready',
    7: 'the seat was on another call: it did not ring',
  },
  sipClass: [
    'not put through',
    'not put through',
    'ended normally',
    'forwarded',
    'not accepted',
    'fault of the exchange',
    'not accepted by the other side',
  ],
  q850Class: [
    'not put through',
    'ended normally',
    'not enough line capacity',
    'not available',
    'not supported',
    'message invalid',
    'signalling fault',
    'fault between networks',
  ],
  unknown: 'reason unknown',
}

export const causes = { zh, en }

/** The words for a cause; every code has some. */
export const causeWord = (words: typeof zh, { protocol, code }: EndCode): string => {
  const known = words[protocol][code]
  if (known !== undefined) return known
  if (protocol === 'SIP') return words.sipClass[Math.floor(code / 100)] ?? words.unknown
  if (protocol === 'Q.850') return words.q850Class[Math.floor(code / 16)] ?? words.unknown
  return words.unknown
}
