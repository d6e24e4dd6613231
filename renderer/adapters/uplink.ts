// The uploader's way to the centre: finished texts go out as they are, answers come back parsed and proven ours.
// What an answer means for a row is decided in core/sync/settle.ts.
import { z } from 'zod'
import type { Answer } from '../../contract/answer.ts'
import { failed } from '../../contract/answer.ts'
import { PullAnswer, PushAnswer, PushVerdict } from '../../contract/sync.ts'
import { WarningTold } from '../../contract/warnings.ts'
import type { PulledPage, Uplink } from '../../core/centrePorts.ts'
import type { Clock } from '../../core/ports.ts'
import { withToken } from './centreClient.ts'
import type { CentreLine } from './centreLine.ts'
import type { SessionKeeper } from './session.ts'

/** Long enough for a first small batch on a 56 kbit/s line. */
const pushLimitMs = 60_000
const pullLimitMs = 30_000
const probeLimitMs = 5_000

/** Verdicts one by one: a word this program does not know leaves its row waiting, not the whole batch. */
const LoosePushAnswer = PushAnswer.extend({ verdicts: z.array(z.unknown()) })

/** Likewise what a newer centre tells: one row that this program cannot read does not keep the others from it. */
const LoosePullAnswer = PullAnswer.extend({
  calls: z.array(z.unknown()),
  tickets: z.array(z.unknown()),
  warnings: z.array(z.unknown()).default([]),
})
const { calls: Calls, tickets: Tickets } = PullAnswer.shape

/** [SYNC-31] [F64] Of each list what can be read, and how much of the page cannot. */
const pageOf = (told: z.infer<typeof LoosePullAnswer>): PulledPage => {
  const calls = told.calls.flatMap((each) => Calls.element.safeParse(each).data ?? [])
  const tickets = told.tickets.flatMap((each) => Tickets.element.safeParse(each).data ?? [])
  const warnings = told.warnings.flatMap((each) => WarningTold.safeParse(each).data ?? [])
  const all = told.calls.length + told.tickets.length + told.warnings.length
  const unread = all - calls.length - tickets.length - warnings.length
  return { ...told, calls, tickets, warnings, ...(unread > 0 ? { unread } : {}) }
}

const encoder = new TextEncoder()
const comma = encoder.encode(',')

/** A PushRequest around finished items, put together as bytes. */
const bodyOf = (clientNow: number, items: readonly Uint8Array[]): Blob => {
  const parts = items.flatMap((item, at) => (at === 0 ? [item] : [comma, item]))
  const head = encoder.encode(`{"clientNow":${clientNow},"items":[`)
  const all = [head, ...parts, encoder.encode(']}')]
  const whole = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of all) {
    whole.set(part, at)
    at += part.length
  }
  return new Blob([whole])
}

const ours = <T extends { centre: string }>(session: SessionKeeper, answer: T): Answer<T> =>
  answer.centre === session.centre()
    ? { ok: true, value: answer }
    : failed('not_ours', '这里已是另一个中心，内容已存在本机，请联系管理员')
const unreadable = () => failed('failed', '中心的答复无法识别，内容已存在本机，请升级本程序')

export const openUplink = (line: CentreLine, session: SessionKeeper, clock: Clock): Uplink => {
  const owner = session.read()?.session.account.id ?? null
  /** [STORE-10] Somebody else signed in meanwhile: this work is not theirs to send. */
  const isOwners = (): boolean => owner !== null && session.read()?.session.account.id === owner
  const notOwners = () => failed('not_signed_in', '请由本人签入后上传，内容已存在本机')
  return {
    async push(items) {
      if (!isOwners()) return notOwners()
      const body = bodyOf(clock.now(), items)
      const answer = await withToken(session, (token, centre) =>
        line.sendRaw('sync.push', { body, token, centre, limitMs: pushLimitMs }),
      )
      if (!answer.ok) return answer
      const pushed = LoosePushAnswer.safeParse(answer.value)
      if (!pushed.success) return unreadable()
      const verdicts = pushed.data.verdicts.flatMap((each) => PushVerdict.safeParse(each).data ?? [])
      return ours(session, { ...pushed.data, verdicts })
    },
    async pull(request) {
      if (!isOwners()) return notOwners()
      const answer = await withToken(session, (token, centre) =>
        line.sendRaw('sync.pull', { body: JSON.stringify(request), token, centre, limitMs: pullLimitMs }),
      )
      if (!answer.ok) return answer
      const told = LoosePullAnswer.safeParse(answer.value)
      return told.success ? ours(session, pageOf(told.data)) : unreadable()
    },
    async probe() {
      const answer = await line.send('health', {
        body: '',
        token: null,
        centre: session.centre(),
        limitMs: probeLimitMs,
      })
      return answer.ok ? { ok: true, value: null } : answer
    },
  }
}
