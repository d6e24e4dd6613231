// What was done about an event, oldest first.
import {
  CircleCheck,
  FilePlus2,
  Flag,
  MessageSquareText,
  PhoneForwarded,
  Siren,
  TrendingUp,
} from 'lucide-react'
import { WarningLevel } from '../../contract/warnings.ts'
import type { WarningNote } from '../../contract/warnings.ts'
import { useNow } from '../app/ticker.ts'
import line from '../tickets/TicketTimeline.module.css'
import { useText } from '../text/catalogue.ts'
import { fullWhen } from '../text/when.ts'
import { useLevelName } from './useLevelName.ts'

const icons: Record<WarningNote['what'], typeof Siren> = {
  report: Siren,
  change: FilePlus2,
  graver: TrendingUp,
  escalate: PhoneForwarded,
  sign: CircleCheck,
  order: Flag,
  progress: MessageSquareText,
  close: CircleCheck,
}

export const EventTimeline = ({ notes }: { readonly notes: readonly WarningNote[] }) => {
  const { warnings: words } = useText()
  const nameOf = useLevelName()
  const now = useNow()
  const textOf = ({ what, text }: WarningNote): string => {
    const level = WarningLevel.safeParse(text)
    return what === 'graver' && level.success ? nameOf(level.data) : what === 'escalate' ? '' : text
  }
  return (
    <ol className={line.line} aria-label={words.page.timeline}>
      {notes.map((note, at) => {
        const Icon = icons[note.what]
        const says = note.what === 'escalate' ? words.page.escalated(note.text) : words.page.note[note.what]
        return (
          <li key={`${note.at}-${note.what}-${String(at)}`}>
            <time>{fullWhen(note.at, now)}</time>
            <span className={line.dot}>
              <Icon size={15} aria-hidden="true" />
            </span>
            <div>
              <strong>{[note.byName || words.page.centre, says].join(' ')}</strong>
              <p>{textOf(note)}</p>
            </div>
          </li>
        )
      })}
    </ol>
  )
}
