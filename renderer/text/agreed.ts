// Words of the time a call back is agreed for: how it is written, and what speaks against it.
import type { TimeProblem } from '../../core/wrapup/agreedTime.ts'

const weekdaysZh = ['日', '一', '二', '三', '四', '五', '六']
const weekdaysEn = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

const zh = {
  /** `ahead`: days from today. */
  words: (ahead: number, day: string, weekday: number, time: string) =>
    ahead === 0
      ? `今天 ${time}`
      : ahead === 1
        ? `明天 ${time}`
        : `${day}（周${weekdaysZh[weekday] ?? ''}）${time}`,
  understood: (time: string) => `${time} 到点提醒您回拨`,
  none: '和职工说好几点，到点在左边提醒',
  pick: '选时间',
  offers: '可约的时间',
  problem: (problem: TimeProblem | { readonly is: 'unread' }) => {
    switch (problem.is) {
      case 'past':
        return '这个时间已经过了'
      case 'closed':
        return `只能约${problem.everyDay ? '' : '工作日'} ${problem.from}–${problem.to}`
      case 'far':
        return `最多约到 ${problem.days} 天以后`
      case 'unread':
        return '看不懂这个时间，例如 15:30、明天 9:30'
    }
  },
}

const en: typeof zh = {
  words: (ahead, day, weekday, time) =>
    ahead === 0
      ? `today ${time}`
      : ahead === 1
        ? `tomorrow ${time}`
        : `${day} (${weekdaysEn[weekday] ?? ''}) ${time}`,
  understood: (time) => `${time}: you will be reminded`,
  none: 'Agree on a time; you are reminded on the left',
  pick: 'Choose a time',
  offers: 'Times to offer',
  problem: (problem) => {
    switch (problem.is) {
      case 'past':
        return 'That is over'
      case 'closed':
        return `Only ${problem.everyDay ? '' : 'on working days '}${problem.from}–${problem.to}`
      case 'far':
        return `At most ${problem.days} days ahead`
      case 'unread':
        return 'Not understood: write 15:30 or tomorrow 9:30'
    }
  },
}

export const agreed = { zh, en }
