// How an agreed time is written: "今天 15:30", "明天 09:30", "11-28（周六）10:00". The field reads it back.
import { dayNumber, dayOf } from '../../core/tickets/workdays.ts'
import { hourMinute } from '../kit/time.ts'
import type { Text } from '../text/catalogue.ts'

export const agreedWords = (at: number, now: number, { agreed }: Pick<Text, 'agreed'>): string => {
  const { iso, weekday } = dayOf(dayNumber(at))
  return agreed.words(dayNumber(at) - dayNumber(now), iso.slice(5), weekday, hourMinute(at))
}
