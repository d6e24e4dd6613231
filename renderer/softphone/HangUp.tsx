// Promise 3: we never hang up first [CALL-3]. Ending a connected inbound call takes the key or the button held for
// policy.hangUpHoldMs, or a click and a reason. Every other call ends at a plain press.
import { PhoneOff } from 'lucide-react'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { hangUpEvent } from '../../core/commands.ts'
import type { Call } from '../../core/softphone/call.ts'
import { needsGuard } from '../../core/softphone/call.ts'
import { useEndKey } from '../app/keys.ts'
import { ariaKeys, useKeys } from '../app/useKeys.ts'
import { KeyCap } from '../kit/KeyCap.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './HangUp.module.css'
import { HangUpConfirm } from './HangUpConfirm.tsx'

/** A press shorter than this is a click: it asks for the reason instead of saying "cancelled". */
const clickMs = 300
const cancelledMs = 1500

export const HangUp = ({ call }: { readonly call: Call }) => {
  const t = useText().keypad.hangUp
  const keys = useKeys()
  const { store, stamp, clock, reference, onCommand } = useWorkplace()
  const { hangUpHoldMs } = reference.policy
  const guarded = needsGuard(call)
  const { id } = call
  const [state, setState] = useState<'idle' | 'holding' | 'cancelled'>('idle')
  const [asks, setAsks] = useState(false)
  /** Since which tick it is held, and how to stop that. */
  const hold = useRef<{ readonly tick: number; readonly stop: () => void } | null>(null)
  const clicked = useRef(false)

  const end = useCallback(
    (reason: string | null) => store.dispatch(hangUpEvent(id, reason, stamp())),
    [store, stamp, id],
  )
  const down = useCallback(() => {
    if (!guarded) return end(null)
    if (hold.current) return
    setState('holding')
    const stop = clock.after(hangUpHoldMs, () => {
      hold.current = null
      setState('idle')
      end(null)
    })
    hold.current = { tick: clock.tick(), stop }
  }, [guarded, end, clock, hangUpHoldMs])
  const up = useCallback((): number => {
    if (!hold.current) return Number.POSITIVE_INFINITY
    hold.current.stop()
    const heldMs = clock.tick() - hold.current.tick
    hold.current = null
    setState('cancelled')
    return heldMs
  }, [clock])
  useEndKey(
    down,
    useCallback(() => void up(), [up]),
  )
  useEffect(() => {
    if (state !== 'cancelled') return undefined
    return clock.after(cancelledMs, () => setState('idle'))
  }, [state, clock])
  // The caller may hang up while it is held: nothing may fire afterwards.
  useEffect(() => () => hold.current?.stop(), [])
  const ask = useCallback(() => (guarded ? setAsks(true) : end(null)), [guarded, end])
  useLayoutEffect(() => onCommand('hangUp', ask), [onCommand, ask])

  const seconds = String(hangUpHoldMs / 1000)
  return (
    <>
      <button
        type="button"
        className={`${styles.end} ${guarded ? styles.guarded : ''} ${state === 'holding' ? styles.holding : ''}`}
        aria-keyshortcuts={ariaKeys(keys.hangUp)}
        onPointerDown={(event) => {
          clicked.current = true
          if (guarded && event.button === 0) down()
        }}
        onPointerUp={() => {
          clicked.current = up() < clickMs
          if (clicked.current) setState('idle')
        }}
        onPointerLeave={() => void up()}
        onPointerCancel={() => void up()}
        onClick={(event) => {
          // By the keyboard (detail 0) it is always a click.
          if (!guarded || event.detail === 0 || clicked.current) ask()
        }}
      >
        {guarded ? <Ring holdMs={hangUpHoldMs} /> : <PhoneOff size={18} aria-hidden="true" />}
        <span className={styles.words}>
          <b>{guarded ? t.hold(seconds) : t.plain}</b>
          <span className={styles.note}>
            <span>{state === 'cancelled' ? t.cancelled : guarded ? t.stillThere : t.plainNote}</span>
            {state === 'cancelled' ? null : <KeyCap keys={keys.hangUp} />}
          </span>
        </span>
      </button>
      <output className="unseen">{state === 'cancelled' ? t.cancelled : ''}</output>
      {asks ? (
        <HangUpConfirm
          onStay={() => setAsks(false)}
          onEnd={(reason) => {
            setAsks(false)
            end(reason)
          }}
        />
      ) : null}
    </>
  )
}

const radius = 12
const around = 2 * Math.PI * radius

/** The ring around the square fills while it is held. */
const Ring = ({ holdMs }: { readonly holdMs: number }) => (
  <svg className={styles.ring} width="30" height="30" viewBox="0 0 30 30" aria-hidden="true">
    <circle cx="15" cy="15" r={radius} className={styles.track} />
    <circle
      cx="15"
      cy="15"
      r={radius}
      className={styles.fill}
      strokeDasharray={around}
      style={{ transitionDuration: `${holdMs}ms`, ['--around' as string]: around }}
      transform="rotate(-90 15 15)"
    />
    <rect x="10.5" y="10.5" width="9" height="9" rx="2" fill="currentColor" />
  </svg>
)
