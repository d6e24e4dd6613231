// Serves contract/ipc.ts to the page, and is the only user of ipcMain. Every request passes the same six gates:
// our pages' main frames → known name, its page's own → not too often → valid input → handler → valid output. What comes back is
// an Answer, whatever happened. What a name does is decided in handlers.ts.
import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { failed, type Answer } from '../contract/answer.ts'
import {
  ipcCalls,
  ipcNotices,
  type IpcCallName,
  type IpcHandlers,
  type IpcNotice,
  type IpcNoticeName,
} from '../contract/ipc.ts'
import { note } from './log.ts'
import { isOurs } from './origin.ts'
import { words } from './words.ts'

const channel = 'desk'

/** Requests a page may make at once, and how many it gets back per second. Far above what screens need. */
const burst = 60
const perSecond = 30

export type Budget = { spend(name: string, now: number): boolean }

/** One bucket per name, so that a flood of one thing does not stop the others. */
export function makeBudget(): Budget {
  const buckets = new Map<string, { left: number; at: number }>()
  return {
    spend(name, now) {
      const bucket = buckets.get(name) ?? { left: burst, at: now }
      const left = Math.min(burst, bucket.left + (Math.max(0, now - bucket.at) / 1000) * perSecond)
      buckets.set(name, { left: left < 1 ? left : left - 1, at: now })
      return left >= 1
    },
  }
}

const isName = (name: unknown): name is IpcCallName =>
  typeof name === 'string' && Object.hasOwn(ipcCalls, name)

/** What the ring window may ask, and nobody else; everything else is the page's. */
const ofRing: ReadonlySet<IpcCallName> = new Set(['ring.read', 'ring.press'])

function isFrom(event: IpcMainInvokeEvent, page: WebContents | null): boolean {
  const frame = event.senderFrame
  return (
    page !== null && event.sender === page && frame !== null && frame.parent === null && isOurs(frame.url)
  )
}

/** `page`: the window of the seat; `ring`: the small one while it rings. null while there is none. */
export function serveDesk(
  handlers: IpcHandlers,
  page: () => WebContents | null,
  ring: () => WebContents | null = () => null,
): void {
  const budget = makeBudget()
  ipcMain.handle(channel, async (event, name: unknown, input: unknown): Promise<Answer<unknown>> => {
    const isRing = isFrom(event, ring())
    if (!isRing && !isFrom(event, page())) {
      note('request refused: not our page')
      return failed('forbidden', words.problem.notOurs)
    }
    if (!isName(name) || ofRing.has(name) !== isRing) return failed('unsupported', words.problem.unknown)
    if (!budget.spend(name, performance.now())) {
      return failed('too_many', words.problem.tooMany, { retryAfterMs: Math.ceil(1000 / perSecond) })
    }
    const row = ipcCalls[name]
    const asked = row.input.safeParse(input)
    if (!asked.success) {
      return failed('bad_input', words.problem.badInput, {
        field: asked.error.issues[0]?.path.join('.') ?? '',
      })
    }
    try {
      // The table ties each handler to its row's types; the compiler cannot follow that through a variable name.
      const answer: Answer<unknown> = await Reflect.apply(handlers[name], handlers, [asked.data])
      return answer.ok ? { ok: true, value: row.output.parse(answer.value) } : answer
    } catch (error) {
      note('request broke', { name, error: error instanceof Error ? error.message : 'not an error' })
      return failed('failed', words.problem.broke)
    }
  })
}

/** Tells the page; dropped when there is no page to tell. */
export function tellPage<N extends IpcNoticeName>(
  page: WebContents | null,
  name: N,
  notice: IpcNotice<N>,
): void {
  if (page === null || page.isDestroyed()) return
  page.send(channel, name, ipcNotices[name].parse(notice))
}
