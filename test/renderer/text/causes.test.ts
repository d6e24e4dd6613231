// Why a call ended must have words, whatever number the PBX or the network gives it.
import { expect, test } from 'vitest'
import { causes, causeWord } from '../../../renderer/text/causes.ts'

/** What exchanges, gateways and carriers are known to send: RFC 3261 section 21 with its successors, and Q.850 table 1. */
const sip = [
  200, 300, 301, 302, 305, 380, 400, 401, 402, 403, 404, 405, 406, 407, 408, 410, 413, 414, 415, 416, 420,
  421, 422, 423, 428, 429, 430, 433, 436, 437, 438, 470, 480, 481, 482, 483, 484, 485, 486, 487, 488, 489,
  491, 493, 494, 500, 501, 502, 503, 504, 505, 513, 580, 600, 603, 604, 606, 607, 608,
]
const q850 = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 14, 16, 17, 18, 19, 20, 21, 22, 23, 25, 26, 27, 28, 29, 30, 31, 34, 38, 39,
  40, 41, 42, 43, 44, 46, 47, 49, 50, 52, 53, 54, 55, 57, 58, 62, 63, 65, 66, 69, 70, 79, 81, 82, 83, 84, 85,
  86, 87, 88, 90, 91, 95, 96, 97, 98, 99, 100, 101, 102, 103, 110, 111, 127,
]
const chinese = /^[\u4e00-\u9fff，]+$/

test('[CALL-13] every known cause has words of its own, in both languages', () => {
  for (const code of sip) {
    expect(causes.zh.SIP[code], `SIP ${code}`).toMatch(chinese)
    expect(causes.en.SIP[code], `SIP ${code}`).toMatch(/^[a-z ,]+$/)
  }
  for (const code of q850) {
    expect(causes.zh['Q.850'][code], `Q.850 ${code}`).toMatch(chinese)
    expect(causes.en['Q.850'][code], `Q.850 ${code}`).toMatch(/^[a-z ,]+$/)
  }
  for (const code of [0, 1, 2, 3, 4, 5, 6, 7]) expect(causes.zh.seat[code], `seat ${code}`).toMatch(chinese)
  expect(Object.keys(causes.en.seat)).toEqual(Object.keys(causes.zh.seat))
  expect(Object.keys(causes.en.SIP)).toEqual(Object.keys(causes.zh.SIP))
  expect(Object.keys(causes.en['Q.850'])).toEqual(Object.keys(causes.zh['Q.850']))
})

test('[CALL-13] a cause nobody has heard of is still no bare number', () => {
  for (const words of [causes.zh, causes.en])
    for (let code = -1; code < 1000; code += 1)
      for (const protocol of ['SIP', 'Q.850', 'seat'] as const)
        expect(causeWord(words, { protocol, code })).not.toMatch(/^\d*$/)
  expect(causeWord(causes.zh, { protocol: 'SIP', code: 499 })).toBe('呼叫没有被接受')
  expect(causeWord(causes.zh, { protocol: 'Q.850', code: 45 })).toBe('线路资源不足')
})

test('[CALL-13] the same number means another thing in the network than in SIP', () => {
  expect(causeWord(causes.zh, { protocol: 'Q.850', code: 27 })).toBe('对方线路故障，可能停机')
  expect(causeWord(causes.zh, { protocol: 'seat', code: 2 })).toBe('线路或语音通道中断')
  // A reload in the middle of a call, as core/sync/recover.ts records it.
  expect(causeWord(causes.zh, { protocol: 'seat', code: 0 })).toBe('通话中程序或页面重新打开了')
})
