// The headset's buttons and lamps over WebHID: opens the one the agent chose, whenever it is plugged in, hands its
// reports to core/headset and sends what comes back. The only user of navigator.hid.
import type { CommandName } from '../../core/commands.ts'
import type { Headset, HeadsetEffect, HeadsetEvent } from '../../core/headset/headset.ts'
import { newHeadset, nothingShown, shownOf, stepHeadset } from '../../core/headset/headset.ts'
import type { Collection } from '../../core/headset/layout.ts'
import { layoutOf, telephonyPage } from '../../core/headset/layout.ts'
import type { Clock } from '../../core/ports.ts'
import type { Store } from '../store.ts'

/** As far as we use WebHID; TypeScript's own library does not know it. */
export type HidDevice = EventTarget & {
  readonly opened: boolean
  readonly productName: string
  readonly collections: readonly Collection[]
  open(): Promise<void>
  close(): Promise<void>
  forget(): Promise<void>
  sendReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void>
}
export type Hid = EventTarget & {
  getDevices(): Promise<readonly HidDevice[]>
  requestDevice(options: { filters: readonly { usagePage: number }[] }): Promise<readonly HidDevice[]>
}
type InputReport = Event & { readonly reportId: number; readonly data: DataView }

declare global {
  interface Navigator {
    readonly hid?: Hid
  }
}

export type HeadsetState =
  /** This browser has no WebHID. */
  | { readonly is: 'unsupported' }
  /** The agent does not want the buttons used. */
  | { readonly is: 'off' }
  /** None was chosen yet, or the chosen one is not plugged in. */
  | { readonly is: 'none' }
  | { readonly is: 'connected'; readonly name: string }
  /** busy: another program has it; noButtons: it has neither hook switch nor mute. */
  | { readonly is: 'failed'; readonly name: string; readonly why: 'busy' | 'noButtons' }

export type HeadsetDriver = {
  state(): HeadsetState
  subscribe(listener: () => void): () => void
  /** Asks the agent which one, in the browser's or the desktop's own list. Only from a click. */
  choose(): Promise<void>
  /** The chosen one is no longer ours to use. */
  forget(): Promise<void>
  use(wanted: boolean): void
  close(): Promise<void>
}

export type HeadsetParts = {
  readonly hid: Hid | undefined
  readonly store: Store
  readonly clock: Clock
  readonly wanted: boolean
  runCommand(command: CommandName): void
}

type Open = {
  readonly device: HidDevice
  headset: Headset
  readonly leave: () => void
  sending: Promise<void>
}

const isTelephony = (device: HidDevice): boolean =>
  device.collections.some(({ usagePage }) => usagePage === telephonyPage)

export const openHeadset = ({
  hid,
  store,
  clock,
  runCommand,
  wanted: first,
}: HeadsetParts): HeadsetDriver => {
  const listeners = new Set<() => void>()
  let wanted = first
  let open: Open | null = null
  let state: HeadsetState = { is: hid ? (wanted ? 'none' : 'off') : 'unsupported' }
  const become = (next: HeadsetState) => {
    state = next
    for (const listener of listeners) listener()
  }

  const carryOut = (on: Open, effect: HeadsetEffect) => {
    if (effect.do === 'run') return runCommand(effect.command)
    const { reportId } = effect
    const bytes = new Uint8Array(effect.bytes)
    // One after another; a headset that is just being unplugged refuses, and says so by itself.
    on.sending = on.sending.then(() => on.device.sendReport(reportId, bytes)).catch(() => undefined)
  }
  const move = (on: Open, event: HeadsetEvent) => {
    const [headset, effects] = stepHeadset(on.headset, event)
    on.headset = headset
    for (const effect of effects) carryOut(on, effect)
  }

  const take = async (device: HidDevice): Promise<boolean> => {
    const name = device.productName
    const layout = layoutOf(device.collections)
    if (!layout) {
      become({ is: 'failed', name, why: 'noButtons' })
      return false
    }
    try {
      if (!device.opened) await device.open()
    } catch {
      become({ is: 'failed', name, why: 'busy' })
      return false
    }
    const [headset, effects] = newHeadset(layout, shownOf(store.read()))
    const onReport = (event: Event) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one kind of event of this name
      const { reportId, data } = event as InputReport
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      move(now, { type: 'reported', reportId, bytes, tick: clock.tick() })
    }
    device.addEventListener('inputreport', onReport)
    const leaveStore = store.subscribe(() =>
      move(now, { type: 'callsChanged', shown: shownOf(store.read()) }),
    )
    const now: Open = {
      device,
      headset,
      sending: Promise.resolve(),
      leave: () => {
        leaveStore()
        device.removeEventListener('inputreport', onReport)
      },
    }
    open = now
    for (const effect of effects) carryOut(now, effect)
    become({ is: 'connected', name })
    return true
  }

  const release = async () => {
    const left = open
    open = null
    if (!left) return
    left.leave()
    move(left, { type: 'callsChanged', shown: nothingShown })
    await left.sending
    await left.device.close().catch(() => undefined)
  }

  /** The chosen one first; else whichever is plugged in. */
  const look = async (preferred: HidDevice | null) => {
    if (!hid) return
    if (!wanted) {
      await release()
      return become({ is: 'off' })
    }
    const all = (await hid.getDevices().catch(() => [])).filter(isTelephony)
    const list = preferred ? [preferred, ...all.filter((each) => each !== preferred)] : all
    if (open && list[0] === open.device) return
    if (open && !preferred && list.includes(open.device)) return
    await release()
    let failed: HeadsetState | null = null
    for (const device of list) {
      if (await take(device)) return
      failed ??= state
    }
    become(failed ?? { is: 'none' })
  }

  // Plugging in and out come close together: one after the other, and nothing after the end.
  let closed = false
  let turn = Promise.resolve()
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    turn = turn.then(() => (closed ? undefined : work()))
    return turn
  }
  const onPlug = () => void inTurn(() => look(null))
  hid?.addEventListener('connect', onPlug)
  hid?.addEventListener('disconnect', onPlug)
  onPlug()

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async choose() {
      const chosen =
        (await hid?.requestDevice({ filters: [{ usagePage: telephonyPage }] }).catch(() => [])) ?? []
      const best = chosen.find((device) => layoutOf(device.collections) !== null) ?? chosen[0]
      if (best) await inTurn(() => look(best))
    },
    forget: () =>
      inTurn(async () => {
        const device = open?.device
        await release()
        await device?.forget().catch(() => undefined)
        await look(null)
      }),
    use(next) {
      if (wanted === next) return
      wanted = next
      void inTurn(() => look(null))
    },
    async close() {
      hid?.removeEventListener('connect', onPlug)
      hid?.removeEventListener('disconnect', onPlug)
      await inTurn(release)
      closed = true
    },
  }
}
