// Carries out core's line step: opens and drops sockets, sends REGISTER and pings, keeps the one timer.
// The deciding is all in core/softphone/reconnect.ts.
import type { Clock } from '../../../core/ports.ts'
import type { PhoneLink } from '../../../core/softphone/phoneEvent.ts'
import type { Line, LineEffect, LineEvent } from '../../../core/softphone/pbxLine.ts'
import { nextTick, stepLine } from '../../../core/softphone/reconnect.ts'
import { unreachable } from '../../../core/unreachable.ts'
import { REPAIR_LIMIT_MS } from './reinvite.ts'
import type { SipSocket } from './sipSocket.ts'

/**
 * All that counts on a connection that was left: a PBX that was slow says it where it knew the call, and hears it there
 * from a page that has no time to wait for the next one.
 */
const isGoodBye = (text: string) => text.startsWith('BYE ')

/** The part of a line event that is not the clock's or the dice's. */
type Happening = LineEvent extends infer One
  ? One extends LineEvent
    ? Omit<One, 'at' | 'tick' | 'dice'>
    : never
  : never

export type LineKeeper = {
  tell(happening: Happening): void
  send(text: string): boolean
  isRegistered(): boolean
  protocol(): 'WS' | 'WSS'
}

export function keepLine(deps: {
  clock: Clock
  random(): number
  open(server: string, on: { opened(): void; closed(): void; received(text: string): void }): SipSocket
  received(text: string): void
  register(expiresMs: number, server: string): void
  dropped(): void
  ping(): void
  repairCalls(): void
  report(link: PhoneLink): unknown
}): LineKeeper {
  const { clock } = deps
  let line: Line = { phase: 'off' }
  let socket: SipSocket | null = null
  /** Left, and still listened to. */
  const left: SipSocket[] = []
  let server = ''
  let cancelTimer = () => {}
  const waiting: Happening[] = []
  let isStepping = false

  function tell(happening: Happening) {
    waiting.push(happening)
    // An effect may tell something in turn; it is then stepped after the present one is through.
    if (isStepping) return
    isStepping = true
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const event = { ...next, at: clock.now(), tick: clock.tick(), dice: deps.random() } as LineEvent
      const [stepped, ...effects] = stepLine(line, event)
      line = stepped
      for (const effect of effects) carryOut(effect)
    }
    isStepping = false
    cancelTimer()
    const due = nextTick(line)
    if (due !== null)
      cancelTimer = clock.after(Math.max(0, due - clock.tick()), () => tell({ type: 'ticked' }))
  }

  function carryOut(effect: LineEffect) {
    switch (effect.type) {
      case 'openSocket': {
        server = effect.server
        const mine: SipSocket = deps.open(effect.server, {
          opened: () => socket === mine && tell({ type: 'opened' }),
          closed: () => socket === mine && tell({ type: 'closed' }),
          received: (text) => (socket === mine || isGoodBye(text)) && deps.received(text),
        })
        socket = mine
        return
      }
      case 'dropSocket':
        socket?.drop()
        socket = null
        // Signed off: nothing is waited for any more.
        if (line.phase === 'off') for (const each of left.splice(0)) each.drop()
        deps.dropped()
        return
      case 'leaveSocket': {
        const mine = socket
        if (mine !== null) left.push(mine)
        clock.after(REPAIR_LIMIT_MS, () => {
          mine?.drop()
          if (mine !== null && left.includes(mine)) left.splice(left.indexOf(mine), 1)
        })
        socket = null
        deps.dropped()
        return
      }
      case 'register':
        deps.register(effect.expiresMs, server)
        return
      case 'ping':
        deps.ping()
        return
      case 'repairCalls':
        deps.repairCalls()
        return
      case 'report':
        deps.report(effect.link)
        return
      default:
        unreachable(effect)
    }
  }

  return {
    tell,
    send: (text) =>
      (socket?.send(text) ?? false) || (isGoodBye(text) && left.some((each) => each.send(text))),
    isRegistered: () => line.phase === 'registered',
    protocol: () => (server.startsWith('wss') ? 'WSS' : 'WS'),
  }
}
