// Words of signing in.
type Words = {
  title: string
  account: string
  password: string
  needAccount: string
  needPassword: string
  signIn: string
  signingIn: string
  tidying: string
  tidyingTodo: string
  away: string
  awayNote: string
  practise: string
  practiseNote: string
  noCentre: string
  centre: string
  changeCentre: string
  checkDevices: string
  close: string
  promise: string
}

const zh: Words = {
  title: '签入',
  account: '工号',
  password: '密码',
  needAccount: '请输入工号',
  needPassword: '请输入密码',
  signIn: '签入',
  signingIn: '正在签入…',
  tidying: '程序更新了，正在整理本机存储。',
  tidyingTodo: '资料都在；可能要几分钟，请不要关闭程序。',
  away: '中心暂时连不上，照样可以签入',
  awayNote: '用近几天在这台电脑上签入过的工号和原来的密码；接听、登记照常，恢复后自动上传。',
  practise: '先练习',
  practiseNote: '不用账号，来电都是模拟的，写的东西只存在练习里',
  noCentre: '还没有找到中心',
  centre: '中心地址',
  changeCentre: '改中心地址',
  checkDevices: '设备自检',
  close: '好了',
  promise: '只要职工不挂断电话，我们就不会主动挂断。',
}

const en: Words = {
  title: 'Sign in',
  account: 'Account',
  password: 'Password',
  needAccount: 'Type your account',
  needPassword: 'Type your password',
  signIn: 'Sign in',
  signingIn: 'Signing in…',
  tidying: 'After the update, this computer’s storage is being put in order.',
  tidyingTodo: 'Everything is kept. It may take some minutes; do not close the program.',
  away: 'The centre is away; you may sign in all the same',
  awayNote:
    'With an account that signed in on this computer in the last days, and its password; calls and forms work and are sent later.',
  practise: 'Practise first',
  practiseNote: 'No account needed; all callers are simulated',
  noCentre: 'No centre found yet',
  centre: 'Address of the centre',
  changeCentre: 'Change the centre',
  checkDevices: 'Device check',
  close: 'Done',
  promise: 'As long as the caller does not hang up, neither do we.',
}

export const session = { zh, en }
