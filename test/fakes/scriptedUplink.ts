// The Uplink port over a made-up centre in memory, with a script of faults: one word per request, in order.
// The centre keeps the contract: it stores by id, the higher rev wins, and it judges item by item.
import type { Answer, Problem } from '../../contract/answer.ts'
import { done, failed } from '../../contract/answer.ts'
import type { PullAnswer, PushAnswer, PushVerdict } from '../../contract/sync.ts'
import { PushItem } from '../../contract/sync.ts'
import type { Uplink } from '../../core/centrePorts.ts'
import type { Clock } from '../../core/ports.ts'

export const faults = [
  'lostRequest', // never arrives
  'lostAnswer', // is stored, and nobody hears of it
  'doubled', // arrives twice
  'late', // arrives only after the next one, and nobody hears of it
  'portal', // somebody else answers
  'busy',
  'tooMany',
  'serverError', // nothing of it is stored
  'signedOut',
  'someBusy', // every second item is put off
  'tooNew', // every third item is from the future
  'forgetful', // stored, but the answer names only half of it
] as const
export type Fault = (typeof faults)[number] | 'none'

export type ScriptedCentre = {
  /** Highest rev stored, and how often it changed. */
  readonly stored: ReadonlyMap<string, { readonly rev: number; readonly changes: number }>
  /** Ids refused for ever, and ids on which the centre breaks down. */
  readonly refuses: Set<string>
  readonly poisoned: Set<string>
  /** Every request's number of items, in order; 0 is a probe. */
  readonly requests: number[]
  /** True: nobody answers anything. */
  away: boolean
}

const answerMs = 20
const lostMs = 15_000

export const scriptedUplink = (
  clock: Clock,
  nextFault: () => Fault,
): { uplink: Uplink; centre: ScriptedCentre } => {
  const stored = new Map<string, { rev: number; changes: number }>()
  const refuses = new Set<string>()
  const poisoned = new Set<string>()
  const requests: number[] = []
  const centre: ScriptedCentre = { stored, refuses, poisoned, requests, away: false }
  let late: (() => void)[] = []

  const soon = <T>(ms: number, answer: Answer<T>): Promise<Answer<T>> =>
    new Promise((resolve) => clock.after(ms, () => resolve(answer)))
  const problem = <T>(code: Problem['code'], more = {}): Promise<Answer<T>> =>
    soon(answerMs, failed(code, '试验', more))

  const judge = (item: PushItem, place: number, fault: Fault): PushVerdict => {
    const { id, rev } = item.body
    if (refuses.has(id)) return { id, verdict: 'refused', text: '缺少来电人', field: 'form.callerName' }
    if (fault === 'someBusy' && place % 2 === 1) return { id, verdict: 'busy' }
    if (fault === 'tooNew' && place % 3 === 2) return { id, verdict: 'too_new' }
    const known = stored.get(id)
    if (known && known.rev >= rev) return { id, verdict: 'duplicate' }
    stored.set(id, { rev, changes: (known?.changes ?? 0) + 1 })
    return { id, verdict: 'stored' }
  }
  const store = (texts: readonly Uint8Array[], fault: Fault): Answer<PushAnswer> => {
    const items = texts.map((text) => PushItem.parse(JSON.parse(new TextDecoder().decode(text))))
    if (items.some((item) => poisoned.has(item.body.id))) return failed('failed', '中心处理出错')
    const verdicts = items.map((item, place) => judge(item, place, fault))
    return done({
      centre: 'scripted',
      epoch: 0,
      serverNow: clock.now(),
      verdicts: fault === 'forgetful' ? verdicts.filter((_, place) => place % 2 === 0) : verdicts,
    })
  }

  const gone = <T>(): Promise<Answer<T>> => soon(lostMs, failed('unreachable', '试验'))

  const push = async (texts: readonly Uint8Array[]): Promise<Answer<PushAnswer>> => {
    const fault = nextFault()
    requests.push(texts.length)
    if (centre.away) return gone()
    const waiting = late
    late = []
    switch (fault) {
      case 'lostRequest':
        return gone()
      case 'lostAnswer':
        store(texts, 'none')
        return gone()
      case 'late':
        late = [...waiting, () => store(texts, 'none')]
        return gone()
      case 'portal':
        return problem('not_ours')
      case 'busy':
        return problem('busy', { retryAfterMs: 2_000 })
      case 'tooMany':
        return problem('too_many', { retryAfterMs: 5_000 })
      case 'serverError':
        return problem('failed')
      case 'signedOut':
        return problem('not_signed_in')
      default: {
        if (fault === 'doubled') store(texts, 'none')
        const answer = store(texts, fault)
        for (const arrive of waiting) arrive()
        return soon(answerMs, answer)
      }
    }
  }
  const nothingNew: PullAnswer = {
    centre: 'scripted',
    epoch: 0,
    serverNow: 0,
    cursor: 0,
    more: false,
    reference: null,
    calls: [],
    tickets: [],
    warnings: [],
  }
  return {
    centre,
    uplink: {
      push,
      pull: () => (centre.away ? gone() : soon(answerMs, done({ ...nothingNew, serverNow: clock.now() }))),
      probe() {
        requests.push(0)
        return centre.away ? gone() : soon(answerMs, done(null))
      },
    },
  }
}
