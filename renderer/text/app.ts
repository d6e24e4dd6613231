// Words of the frame: navigation, page heads, states that every page has.
type Words = {
  name: string
  nav: Record<'desk' | 'tickets' | 'records' | 'wallboard' | 'practice' | 'sync' | 'settings', string>
}

const zh: Words = {
  name: '12351 坐席工作站',
  nav: {
    desk: '工作台',
    tickets: '工单',
    records: '通话记录',
    wallboard: '班长席',
    practice: '练习',
    sync: '同步',
    settings: '设置',
  },
}

const en: Words = {
  name: '12351 Hotline Seat',
  nav: {
    desk: 'Desk',
    tickets: 'Work orders',
    records: 'Call records',
    wallboard: 'Team lead',
    practice: 'Practice',
    sync: 'Sync',
    settings: 'Settings',
  },
}

export const app = { zh, en }
