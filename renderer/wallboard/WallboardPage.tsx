// The team lead's wall: every seat with its state and timer, live. Watching begins and ends with the page.
import { Button } from 'antd'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { SeatStatus } from '../../contract/seat.ts'
import type { WallOrder } from '../../core/wallboard/wall.ts'
import { callTakers, countPhases, sortSeats } from '../../core/wallboard/wall.ts'
import { go } from '../app/route.ts'
import { WorstTrouble } from '../keeping/WorstTrouble.tsx'
import { Choice } from '../kit/Choice.tsx'

import { EmptyLine } from '../kit/EmptyLine.tsx'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { InHead } from '../kit/PageHead.tsx'
import { clockTime } from '../kit/time.ts'
import { SeatGlyph } from '../seat/SeatGlyph.tsx'
import { useText } from '../text/catalogue.ts'
import { useWatched } from '../warnings/useWatched.ts'
import { useWorkplace } from '../workplace.ts'
import { SeatTile } from './SeatTile.tsx'
import frame from '../kit/frames.module.css'
import styles from './WallboardPage.module.css'

const orders = ['seat', 'phase', 'since'] as const
const none: readonly SeatStatus[] = []

const useWall = () => {
  const { feed } = useWorkplace()
  useEffect(() => feed.watchSeats(), [feed])
  const wall = useSyncExternalStore(feed.subscribe, feed.wall)
  const state = useSyncExternalStore(feed.subscribe, feed.state)
  return { wall, state }
}

export const WallboardPage = () => {
  const { wallboard, seat: words } = useText()
  const { wall, state } = useWall()
  const [order, setOrder] = useState<WallOrder>('seat')
  const seats = wall?.seats ?? none
  const sorted = useMemo(() => sortSeats(seats, order), [seats, order])
  const takers = useMemo(() => callTakers(seats), [seats])
  const counts = useMemo(() => countPhases(takers), [takers])
  const signedIn = takers.filter((seat) => seat.phase !== 'signedOut').length
  return (
    <div className={styles.page}>
      <InHead>
        <ul className={styles.counts} aria-label={wallboard.byState}>
          {counts.map(({ phase, count }) => (
            <li key={phase}>
              <SeatGlyph phase={phase} bare size={14} />
              {words.phase[phase]} <strong>{count}</strong>
            </li>
          ))}
        </ul>
        <span className={styles.order}>
          <Choice
            size="small"
            label={wallboard.order}
            options={orders.map((value) => ({ value, label: wallboard.orders[value] }))}
            value={order}
            onChange={setOrder}
          />
        </span>
      </InHead>
      <section className={frame.card} aria-label={wallboard.wall}>
        <header className={styles.head}>
          <h2>{wallboard.wall}</h2>
          {wall ? <span>{wallboard.counts(takers.length, signedIn)}</span> : null}
        </header>
        <Unsigned />
        <WorstTrouble className={styles.note} />
        {state.is === 'down' && wall ? (
          <Note what={wallboard.lost(clockTime(wall.at))} />
        ) : state.is === 'dismissed' ? (
          <Note
            what={
              state.why === 'signedInElsewhere'
                ? wallboard.dismissed
                : state.why === 'forbidden'
                  ? wallboard.forbidden
                  : wallboard.protocol
            }
          />
        ) : null}
        {seats.length === 0 ? (
          <EmptyLine text={wall ? `${wallboard.none}，${wallboard.noneSays}` : wallboard.connecting} />
        ) : (
          <ul className={styles.tiles}>
            {sorted.map((seat) => (
              <SeatTile key={`${seat.agent}-${seat.seat}`} seat={seat} skewMs={wall?.skewMs ?? 0} />
            ))}
          </ul>
        )}
      </section>
    </div>
  )
}

/** Red: warnings nobody has signed for. */
const Unsigned = () => {
  const { warnings: words } = useText()
  const open = useWatched().events.filter((event) => event.state === 'open')
  const employers = open.map((event) => event.employer || words.page.noEmployer)
  if (open.length === 0) return null
  return (
    <div className={styles.note}>
      <ErrorNote
        tone="red"
        urgent
        what={words.wall(open.length)}
        safe={employers.join('、')}
        action={
          <Button size="small" onClick={() => go('warnings', open[0]?.id ?? '')}>
            {words.wallSee}
          </Button>
        }
      />
    </div>
  )
}

const Note = ({ what }: { readonly what: string }) => (
  <div className={styles.note}>
    <ErrorNote tone="slate" what={what} />
  </div>
)
