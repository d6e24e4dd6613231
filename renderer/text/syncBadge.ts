// Words of the sync badge in the bar and of the page head while the centre is away.
type Words = {
  synced: string
  starting: string
  practice: string
  waiting: (n: number) => string
  files: (n: number) => string
  refused: (n: number) => string
  offline: (time: string, n: number) => string
  failing: (n: number) => string
  signedOut: (n: number) => string
  open: (state: string) => string
  /** What the page head says; the second, for a seat without a telephone, has no calls to go on with. */
  awayHead: readonly [seat: string, other: string]
  failingHead: readonly [seat: string, other: string]
  signedOutHead: readonly [seat: string, other: string]
  kept: (n: number) => string
  keptNone: string
  comesBack: string
  look: (n: number) => string
}

const zh: Words = {
  synced: '已同步',
  starting: '正在核对',
  practice: '只在本机，不上传',
  waiting: (n) => `待上传 ${n}`,
  files: (n) => `附件待上传 ${n}`,
  refused: (n) => `被退 ${n}`,
  offline: (time, n) => (n > 0 ? `离线 ${time}·待上传 ${n}` : `离线 ${time}`),
  failing: (n) => (n > 0 ? `中心没收下·待上传 ${n}` : '中心有故障'),
  signedOut: (n) => (n > 0 ? `要重新签入·待上传 ${n}` : '要重新签入'),
  open: (state) => `同步：${state}，打开同步页`,
  awayHead: ['中心暂时连不上，接听、登记、派单、查知识照常', '中心暂时连不上'],
  failingHead: ['中心有故障，接听、登记、派单、查知识照常', '中心有故障'],
  signedOutHead: ['中心要您重新签入，接听、登记照常', '中心要您重新签入'],
  kept: (n) => `${n} 件已存本机，恢复后按次序自动上传`,
  keptNone: '写的都存在本机，恢复后自动上传',
  comesBack: '连上后这里自动更新',
  look: (n) => `看 ${n} 件`,
}

const en: Words = {
  synced: 'Synced',
  starting: 'Checking',
  practice: 'This computer only',
  waiting: (n) => `${n} to send`,
  files: (n) => `${n} files to send`,
  refused: (n) => `${n} refused`,
  offline: (time, n) => (n > 0 ? `Offline ${time} · ${n} to send` : `Offline ${time}`),
  failing: (n) => (n > 0 ? `Centre fails · ${n} to send` : 'Centre fails'),
  signedOut: (n) => (n > 0 ? `Sign in again · ${n} to send` : 'Sign in again'),
  open: (state) => `Sync: ${state}; open the page`,
  awayHead: ['The centre is away; calls, forms and dispatches go on', 'The centre is away'],
  failingHead: ['The centre has a fault; calls, forms and dispatches go on', 'The centre has a fault'],
  signedOutHead: [
    'The centre wants you to sign in again; calls and forms go on',
    'The centre wants you to sign in again',
  ],
  kept: (n) => `${n} kept here, sent in order later`,
  keptNone: 'Everything is kept here and sent later',
  comesBack: 'Brought up to date once it is back',
  look: (n) => `See ${n}`,
}

export const syncBadge = { zh, en }
