// Made-up call records of about 2 KB of JSON, the same for ours and every peer.
import type { AccountId, CallId, Extension } from '../contract/ids.ts'
import type { CallRecord } from '../contract/softphone.ts'
import { nameTexts, tailKey } from '../core/sync/searchKeys.ts'
import { employerKey } from '../core/warnings/employer.ts'

const words =
  '工资 合同 加班 社保 欠薪 工伤 补偿 通知 单位 仲裁 调解 证据 名单 会议 车间 考勤 停工 待岗 离职 协议 医疗 互助 帮扶 子女 助学'.split(
    ' ',
  )

/** A small seeded generator: every run makes the same text. */
const dice = (seed: number) => () => {
  seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296
  return seed / 4_294_967_296
}

const sentence = (roll: () => number, length: number): string => {
  let text = ''
  while (text.length < length)
    text += (words[Math.floor(roll() * words.length)] ?? '') + (roll() < 0.2 ? '，' : '')
  return text.slice(0, length)
}

/** Version 7 UUID of a running number: sorts by age, as the product's ids do. */
export const idOf = (n: number, run: number): CallId =>
  `01940000-${String(run % 10_000).padStart(4, '0')}-7000-8000-${n.toString(16).padStart(12, '0')}` as CallId

export const aRecord = (n: number, run: number): CallRecord => {
  const roll = dice(n * 7919 + 1)
  const offeredAt = 1_790_000_000_000 + n * 60_000
  return {
    v: 1,
    id: idOf(n, run),
    rev: 1,
    agent: '1001' as AccountId,
    seat: '1001' as Extension,
    practice: true,
    direction: 'inbound',
    number: `138${String(10_000_000 + ((n * 7919) % 89_999_999)).padStart(8, '0')}`,
    name: null,
    place: '北京',
    queue: '12351',
    callRef: `bench-${n}`,
    legId: `leg-${n}`,
    queuedMs: 4000,
    offeredAt,
    answeredAt: offeredAt + 3000,
    endedAt: offeredAt + 183_000,
    talkMs: 180_000,
    holdMs: 0,
    outcome: 'answered',
    endedBy: 'caller',
    endCause: { protocol: 'Q.850', code: 16, text: '' },
    hangUpReason: null,
    transfer: null,
    madeFor: null,
    passedBy: null,
    threeWay: false,
    dialled: false,
    recording: null,
    quality: { loss: 0.001, jitterMs: 4, roundTripMs: 12, mos: 4.3, heard: true },
    form: {
      callerName: '示例',
      contactNumber: `138${String(10_000_000 + ((n * 7919) % 89_999_999)).padStart(8, '0')}`,
      member: 'yes',
      employer: `${sentence(roll, 8)}（示例）有限公司`,
      union: [],
      occurredOn: '2026-10 起',
      address: sentence(roll, 20),
      cause: sentence(roll, 60),
      course: sentence(roll, 260),
      category: 'ZX',
      topic: null,
      peopleInvolved: 1,
      confidential: false,
      urgency: 'normal',
      disposition: null,
      toldCaller: sentence(roll, 60),
      callBackAt: null,
      nextStep: sentence(roll, 20),
      dispatch: null,
    },
    filedAt: offeredAt + 200_000,
    wrapupMs: 17_000,
    ticketId: null,
  }
}

const surnames = Array.from('王王王李李张张刘陈杨赵黄周吴徐孙胡朱高林')
const given = Array.from('建国秀英伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂')

/** The nth call of a town: three-letter names as often as surnames are, a caller of four rings again. */
export const aNamedRecord = (n: number): CallRecord => {
  const roll = dice(Math.floor(n / 4) * 104_729 + 7)
  const letter = (of: readonly string[]): string => of[Math.floor(roll() * of.length)] ?? ''
  const number = `138${String(10_000_000 + Math.floor(roll() * 89_999_999)).padStart(8, '0')}`
  const callerName = letter(surnames) + letter(given) + letter(given)
  const record = aRecord(n, 0)
  return { ...record, number, form: record.form && { ...record.form, callerName, contactNumber: number } }
}

/** The row a store in clear keeps of it, found by as many keys as ours. */
export const plainRow = (record: CallRecord) => ({
  id: record.id,
  offeredAt: record.offeredAt,
  tail: tailKey(record.number),
  end: tailKey(record.number).slice(0, 4),
  category: record.form?.category,
  agent: record.agent,
  left: record.form?.disposition ?? undefined,
  employer: employerKey(record.form?.employer ?? ''),
  names: nameTexts(record.form?.callerName ?? null),
  record,
})

/** Its row in an outbox in clear. */
export const plainWaiting = (record: CallRecord) => ({
  key: `call:${record.id}`,
  id: record.id,
  kind: 'call',
  rev: record.rev,
  text: new TextEncoder().encode(JSON.stringify({ kind: 'call', body: record })),
  putAt: 0,
  attempts: 0,
  problem: null,
})
