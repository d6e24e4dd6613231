// The centre as a process that takes time, dies between commit and answer, and comes back from a backup. What it
// answers is centreModel.ts; here is when, and whether anybody hears it.
import { z } from 'zod'
import type { Answer } from '../../contract/answer.ts'
import { done, failed } from '../../contract/answer.ts'
import { PullRequest } from '../../contract/sync.ts'
import { PROTOCOL } from '../../contract/version.ts'
import type { AccountId } from '../../contract/ids.ts'
import { aReference } from '../makers/reference.ts'
import { aSession } from '../makers/traffic.ts'
import type { CentreState } from './centreModel.ts'
import { newCentre, pulled, pushed } from './centreModel.ts'
import { toldIn, withoutKnownNumbers } from './numbers.ts'
import type { Dice } from './dice.ts'
import type { History } from './history.ts'
import type { World } from './world.ts'

export type Request = { readonly path: string; readonly token: string | null; readonly body: string }
export type Reply = {
  readonly status: number
  readonly retryAfterMs: number | null
  readonly answer: Answer<unknown>
}

/** What is wrong with the centre at the moment. */
export type CentreFaults = {
  /** Answers all of it, or one push in so many, with this instead. */
  refuses: 'no' | 'busy' | 'tooMany' | 'failed'
  /** Rolled back to the version before: understands only what this says. */
  older: boolean
  /** Breaks down over a batch that holds a poisoned thing, as a proxy or an older release does. */
  fragile: boolean
}

export type SimCentre = {
  readonly faults: CentreFaults
  readonly refused: Set<string>
  readonly poisoned: Set<string>
  state(): CentreState
  /** `reply` hears null when the connection breaks. */
  receive(request: Request, from: string, reply: (reply: Reply | null) => void): void
  backUp(): void
  /** Dies now and is back after `ms`; all that was under way is lost or done, never half done. */
  crash(ms: number): void
  /** As `crash`, and comes back with what an earlier backup held, under an epoch never used before. */
  restore(ms: number): void
  /** Every token given so far is worthless. */
  forgetTokens(): void
}

const tokenMs = 15 * 60_000
const body = z.object({ account: z.string().optional(), refreshToken: z.string().optional() })
/** What each item claims of itself, for the record. */
const Named = z.object({
  kind: z.enum(['call', 'ticket', 'warning', 'audit']),
  body: z.object({ id: z.string(), rev: z.number(), agent: z.string() }),
})

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
const ok = (value: unknown): Reply => ({ status: 200, retryAfterMs: null, answer: done(value) })
const no = (
  status: number,
  code: Parameters<typeof failed>[0],
  retryAfterMs: number | null = null,
): Reply => ({
  status,
  retryAfterMs,
  answer: failed(code, '试验', retryAfterMs === null ? {} : { retryAfterMs }),
})

export const startSimCentre = (world: World, dice: Dice, history: History): SimCentre => {
  const reference = aReference()
  let state = newCentre(
    'centre-of-tests',
    reference.departments.map((department) => department.code),
  )
  let up = true
  let run = 0
  let issued = 0
  let newestEpoch = 0
  const tokens = new Map<string, { account: string; endsAt: number }>()
  const refresh = new Map<string, string>()
  const backups: { state: CentreState; number: number }[] = [{ state, number: 0 }]
  const refused = new Set<string>()
  const poisoned = new Set<string>()
  const faults: CentreFaults = { refuses: 'no', older: false, fragile: false }

  const session = (account: string): Reply => {
    issued += 1
    const token = `token-${issued}-${'x'.repeat(20)}`
    const refreshToken = `refresh-${issued}`
    tokens.set(token, { account, endsAt: world.now() + tokenMs })
    refresh.set(refreshToken, account)
    const made = aSession()
    return ok({
      ...made,
      account: { ...made.account, id: account as AccountId },
      sip: null,
      token,
      refreshToken,
      tokenExpiresAt: world.now() + tokenMs,
      serverNow: world.now(),
      centre: { ...made.centre, id: state.id, epoch: state.epoch },
    })
  }

  const push = (account: string, from: string, given: unknown): Reply => {
    const items = z.object({ items: z.array(z.unknown()) }).safeParse(given).data?.items ?? []
    const named = items.flatMap((item) => Named.safeParse(item).data ?? [])
    const told = toldIn(items)
    for (const { kind, body: thing } of named)
      history.add({
        what: 'arrived',
        told: told.get(thing.id) ?? null,
        store: from,
        account,
        agent: thing.agent,
        kind,
        id: thing.id,
        rev: thing.rev,
      })
    if (faults.refuses === 'tooMany') return no(429, 'too_many', 5_000)
    if (faults.refuses === 'busy') return no(503, 'busy', 3_000)
    if (faults.refuses === 'failed') return no(500, 'failed')
    if (faults.fragile && named.some((item) => poisoned.has(item.body.id))) return no(500, 'failed')
    const answer = pushed(state, given, account, world.now(), (id) => {
      if (refused.has(id)) return 'refuse'
      if (poisoned.has(id)) return 'busy'
      return faults.older && id.charCodeAt(id.length - 1) % 3 === 0 ? 'tooNew' : null
    })
    if ('problem' in answer) return no(422, answer.problem.code)
    const { verdicts } = answer
    state = answer.state
    for (const { item, verdict, number } of verdicts) {
      if (!item) continue
      const thing = { kind: item.kind, id: item.body.id, rev: item.body.rev }
      if (verdict === 'stored') history.add({ what: 'stored', number: number ?? null, ...thing })
      if (verdict === 'refused') history.add({ what: 'refused', ...thing })
    }
    return ok({
      centre: state.id,
      epoch: state.epoch,
      serverNow: world.now(),
      verdicts: verdicts.map((each) => ({ ...each, item: undefined })),
    })
  }

  const act = ({ path, token, body: text }: Request, from: string): Reply => {
    const given = parsed(text)
    if (path === '/health')
      return ok({
        ok: true,
        centre: state.id,
        protocol: PROTOCOL,
        serverNow: world.now(),
        practice: false,
        pbx: [],
      })
    const { account = '', refreshToken = '' } = body.safeParse(given).data ?? {}
    if (path === '/api/session/open') return session(account)
    if (path === '/api/session/refresh') {
      const known = refresh.get(refreshToken)
      return known === undefined ? no(401, 'not_signed_in') : session(known)
    }
    const caller = tokens.get(token ?? '')
    if (!caller || caller.endsAt <= world.now()) return no(401, 'not_signed_in')
    if (path === '/api/session/close') {
      tokens.delete(token ?? '')
      return ok(null)
    }
    if (given === undefined) return no(400, 'bad_input')
    if (path === '/api/sync/push') return push(caller.account, from, given)
    const request = PullRequest.safeParse(given)
    if (!request.success) return no(422, 'bad_input')
    const page = pulled(state, request.data, caller.account, world.now())
    return ok({ ...page, reference: request.data.reference === reference.version ? null : reference })
  }

  const goDown = (ms: number): void => {
    up = false
    run += 1
    world.after(ms, () => {
      up = true
    })
  }

  return {
    faults,
    refused,
    poisoned,
    state: () => state,
    receive(request, from, reply) {
      const mine = run
      const broken = (): boolean => !up || run !== mine
      if (!up) return reply(null)
      world.after(dice.between(1, 15), () => {
        if (broken()) return reply(null)
        // One transaction: it is done here, whole, or not at all.
        const made = act(request, from)
        world.after(dice.between(1, 10), () => reply(broken() ? null : made))
      })
    },
    backUp() {
      backups.push({ state, number: backups.length })
      history.add({ what: 'backup', backup: backups.length - 1 })
    },
    crash(ms) {
      history.add({ what: 'crashed', who: 'centre', how: 'killed' })
      goDown(ms)
    },
    restore(ms) {
      const at = Math.max(0, backups.length - dice.between(1, 3))
      const backup = backups[at] ?? { state, number: 0 }
      // What was backed up after that moment is of a time that no longer happened.
      backups.length = at + 1
      newestEpoch += 1
      state = withoutKnownNumbers({ ...backup.state, epoch: newestEpoch }, world.now())
      history.add({ what: 'restored', backup: backup.number, epoch: newestEpoch })
      goDown(ms)
    },
    forgetTokens: () => tokens.clear(),
  }
}
