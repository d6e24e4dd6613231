// Words of a ring over other programs: the desktop's small window, and the notification of a browser.
type Words = {
  title: string
  open: string
  earlier: (count: number) => string
  notice: string
  notices: string
  allow: string
  noticeState: Record<'unsupported' | 'ask' | 'granted' | 'denied', string>
}

/** As far as they are counted; more are "many". */
const most = 20

const zh: Words = {
  title: '12351 来电',
  open: '打开工作站',
  earlier: (count) =>
    count === 0 ? '第一次来电' : count > most ? `以前来过 ${most} 次以上` : `以前来过 ${count} 次`,
  notice: '点这里回到坐席工作站',
  notices: '来电通知',
  allow: '允许通知',
  noticeState: {
    unsupported: '这个浏览器不能弹通知，来电时请看任务栏和听铃声',
    ask: '看别的网页或程序时，来电会弹出提醒；提醒里没有号码和姓名',
    granted: '已允许：看别的网页或程序时，来电会弹出提醒',
    denied: '浏览器不允许通知，要在地址栏左边的网站设置里改',
  },
}

const en: Words = {
  title: '12351 call',
  open: 'Open the workstation',
  earlier: (count) =>
    count === 0 ? 'First call' : count > most ? `More than ${most} earlier calls` : `${count} earlier calls`,
  notice: 'Click to come back to the seat',
  notices: 'Ring notices',
  allow: 'Allow',
  noticeState: {
    unsupported: 'This browser shows no notifications',
    ask: 'A notice when it rings while you look elsewhere; no number in it',
    granted: 'Allowed: a notice when it rings while you look elsewhere',
    denied: 'Forbidden: change it in the site settings beside the address',
  },
}

export const ringWindow = { zh, en }
