// One trouble of the centre's keeping: what is the matter, what is safe, who has to do what.
import type { KeepingTrouble } from '../../core/keeping/keeping.ts'
import { useNow } from '../app/ticker.ts'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import type { Text } from '../text/catalogue.ts'
import { useText } from '../text/catalogue.ts'
import { fullWhen } from '../text/when.ts'

type Said = { readonly what: string; readonly safe?: string; readonly todo: string }

const saidOf = (trouble: KeepingTrouble, words: Text['keeping'], now: number): Said => {
  switch (trouble.is) {
    case 'cannotWrite':
      return {
        what: words.cannot[trouble.why],
        safe: words.cannotSafe(fullWhen(trouble.since, now)),
        todo: words.cannotTodo[trouble.why],
      }
    case 'lowRoom':
      return { what: words.lowRoom(trouble.place, trouble.freeBytes), todo: words.lowRoomTodo }
    case 'backupFails':
      return {
        what: words.backupFails(fullWhen(trouble.since, now)),
        safe: trouble.lastAt === null ? words.noneGood : words.lastGood(fullWhen(trouble.lastAt, now)),
        todo: words.backupTodo[trouble.why],
      }
    case 'backupOld':
      return { what: words.backupOld(fullWhen(trouble.lastAt, now)), todo: words.backupOldTodo }
  }
}

export const TroubleNote = ({ trouble }: { readonly trouble: KeepingTrouble }) => {
  const { keeping: words } = useText()
  return (
    <ErrorNote tone={trouble.is === 'cannotWrite' ? 'red' : 'gold'} {...saidOf(trouble, words, useNow())} />
  )
}
