// [SERVER-56] The administrator's page of the centre itself (中心状况): can it store, how much room is left, when was the
// last good backup; what is amiss stands above, in words and with what to do.
import type { Keeping } from '../../contract/keeping.ts'
import { troublesOf } from '../../core/keeping/keeping.ts'
import { useNow } from '../app/ticker.ts'
import { Card } from '../kit/Card.tsx'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { WordList } from '../kit/WordList.tsx'
import { shownOf } from '../sync/useSync.ts'
import { useText } from '../text/catalogue.ts'
import { fullWhen } from '../text/when.ts'
import styles from './KeepingPage.module.css'
import { TroubleNote } from './TroubleNote.tsx'
import { useKeeping } from './useKeeping.ts'

export const KeepingPage = () => {
  const { keeping: words } = useText()
  const loaded = useKeeping()
  const shown = shownOf(loaded)?.value
  return (
    <div className={styles.page}>
      {loaded.is === 'failed' ? <ErrorNote tone="slate" what={words.readFailed} todo={loaded.text} /> : null}
      {shown
        ? troublesOf(shown.keeping, shown.serverNow).map((trouble, index) => (
            <TroubleNote key={`${trouble.is}-${index}`} trouble={trouble} />
          ))
        : null}
      {shown ? <Facts keeping={shown.keeping} /> : null}
    </div>
  )
}

const Facts = ({ keeping: { unwritable, room, backup } }: { readonly keeping: Keeping }) => {
  const { keeping: words } = useText()
  const now = useNow()
  const rows = [
    [words.writes, unwritable === null ? words.writesWell : words.cannot[unwritable.why]],
    [
      words.room,
      room.map((each) => words.roomOf(each.place, each.freeBytes)).join('，') || words.roomUnknown,
    ],
    [words.daily, backup.daily ? words.dailyOn : words.dailyOff],
    [words.lastBackup, backup.lastAt === null ? words.none : fullWhen(backup.lastAt, now)],
  ] as const
  return (
    <Card title={words.title}>
      <WordList rows={rows} />
    </Card>
  )
}
