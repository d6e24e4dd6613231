// The call bar: two rows, always there, never moving. Row A is the seat, row B the line; which face row B shows is
// barView's. What must be heard is said to screen readers here: a ring at once, an ended call when it suits.
import { useLayoutEffect, useMemo } from 'react'
import { isConnected } from '../../core/softphone/call.ts'
import { useKeys } from '../app/useKeys.ts'
import { useText } from '../text/catalogue.ts'
import { ShownContext, useWorkplace, useWorkstation } from '../workplace.ts'
import { AwayRow } from './AwayRow.tsx'
import type { BarView } from './barView.ts'
import { behindTheBar } from '../store.ts'
import { barView, hasRowB, ringBegins } from './barView.ts'
import { noPanel, useBarPanel } from './barPanel.ts'
import { DialBox } from './DialBox.tsx'
import styles from './CallBar.module.css'
import { endedWord } from './callWords.ts'
import { EndedRow } from './EndedRow.tsx'
import { FirstRing } from './FirstRing.tsx'
import { IdleRow } from './IdleRow.tsx'
import { LineRow } from './LineRow.tsx'
import { RingRow } from './RingRow.tsx'
import { RowA } from './RowA.tsx'
import { useOwedKeys } from './useOwedKeys.ts'
import { UnfitRow } from './UnfitRow.tsx'
import { WarningRow } from '../warnings/WarningRow.tsx'
import { maskNumber } from '../../core/privacy/mask.ts'

export const CallBar = () => {
  const t = useText().softphone
  const { session } = useWorkplace()
  return (
    <section className={styles.bar} aria-label={t.bar}>
      <RowA />
      {!hasRowB(session) ? null : session.sip ? <Line /> : <WarningRow />}
    </section>
  )
}

/** [BAR-8] The line is shown as it is, but for the frame in which FirstRing stands in its place. */
const Line = () => {
  const { store, soon } = useWorkplace()
  const shown = useMemo(
    () => behindTheBar(store, soon, (before, now) => ringBegins(before, now) !== null),
    [store, soon],
  )
  return (
    <ShownContext value={shown}>
      <RowB />
    </ShownContext>
  )
}

const RowB = () => {
  const state = useWorkstation((each) => each)
  const { onCommand } = useWorkplace()
  const { panel, show } = useBarPanel()
  const view = barView(state)
  const connected = view.is === 'line' && isConnected(view.call)
  // With a call in hand F6 is the keypad of that call (Controls); otherwise it dials.
  useLayoutEffect(() => {
    if (connected) return undefined
    return onCommand('keypad', () => show(panel.is === 'dial' ? noPanel : { is: 'dial', number: '' }))
  }, [connected, onCommand, panel.is, show])
  useOwedKeys(view)
  return (
    <div className={styles.place}>
      <Face view={view} />
      <FirstRing />
      {panel.is === 'dial' ? (
        <span className={styles.dial}>
          <DialBox key={panel.number} number={panel.number} onClose={() => show(noPanel)} />
        </span>
      ) : null}
      <Voice view={view} />
    </div>
  )
}

/** Keyed by what it is: a button under the agent's focus must not turn into another one. */
const Face = ({ view }: { readonly view: BarView }) => {
  switch (view.is) {
    case 'ringing':
      return <RingRow key={`ring-${view.call.id}`} call={view.call} />
    case 'line':
      return <LineRow key={`line-${view.call.id}`} call={view.call} second={view.second} />
    case 'away':
      return <AwayRow key="away" cut={view.cut} />
    case 'ended':
      return <EndedRow key={`ended-${view.call.id}`} call={view.call} />
    case 'unfit':
      return <UnfitRow key="unfit" unfit={view.unfit} />
    default:
      return <IdleRow key="idle" />
  }
}

const Voice = ({ view }: { readonly view: BarView }) => {
  const t = useText().softphone
  const keys = useKeys()
  const rings = view.is === 'ringing' ? view.call : view.is === 'line' ? view.second : null
  return (
    <>
      <div className="unseen" role="alert">
        {rings
          ? t.ring(
              rings.number === '' ? t.withheld : maskNumber(rings.number),
              rings.queue ?? '',
              keys.answer,
            )
          : ''}
      </div>
      <output className="unseen">{view.is === 'ended' ? endedWord(t, view.call) : ''}</output>
    </>
  )
}
