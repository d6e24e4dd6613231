// Words of the telephone link: three different troubles and the good state.
type Link =
  | 'off'
  | 'connecting'
  | 'disconnected'
  | 'wrongSecret'
  | 'refused'
  | 'untrusted'
  | 'silent'
  | 'registered'

type Words = {
  state: Record<Link, { badge: string; what: string; todo: string }>
  retryIn: (seconds: number) => string
  retrying: string
  details: string
  dropped: (n: number) => string
  certificateBadge: (days: number) => string
  certificate: (days: number) => string
  cutNote: string
}

const zh: Words = {
  state: {
    off: { badge: '话路未用', what: '这个账号没有话机。', todo: '' },
    connecting: { badge: '话路连接中', what: '正在连接话路。', todo: '通常几秒就好，登记单照常可写。' },
    disconnected: {
      badge: '话机未连接',
      what: '连不上交换机，现在接不到电话。',
      todo: '正在自动重连；登记单照常可写，都存在本机。',
    },
    wrongSecret: {
      badge: '话机未注册',
      what: '交换机不认这个话机的口令，现在接不到电话。',
      todo: '请签出再签入一次；还不行就告诉班长。',
    },
    refused: {
      badge: '话机未注册',
      what: '交换机拒绝了这个话机，现在接不到电话。',
      todo: '请告诉班长，报上您的坐席号。',
    },
    untrusted: {
      badge: '话机未注册',
      what: '交换机的证书不可信，没有连接。',
      todo: '请告诉管理员检查交换机证书。',
    },
    silent: {
      badge: '话路无应答',
      what: '网络通着，但交换机没有回应，来电可能到不了。',
      todo: '正在重试；登记单照常可写。',
    },
    registered: { badge: '话路正常', what: '话机已注册，可以接打电话。', todo: '' },
  },
  retryIn: (seconds) => `话路断，正在重连（${seconds} 秒）`,
  retrying: '话路断，正在重连',
  details: '技术信息',
  dropped: (n) => `有 ${n} 条读不懂的话路消息，可能漏了来电`,
  certificateBadge: (days) => `证书剩 ${days} 天`,
  certificate: (days) =>
    `交换机的证书 ${days === 0 ? '今天' : `${days} 天后`}到期，到期后就接不到电话。请告诉管理员更换。`,
  cutNote: '登记单和记录都在本机，不会丢',
}

const en: Words = {
  state: {
    off: { badge: 'No telephone', what: 'This account has no telephone.', todo: '' },
    connecting: { badge: 'Connecting', what: 'Connecting to the PBX.', todo: 'Forms work meanwhile.' },
    disconnected: {
      badge: 'Not connected',
      what: 'The PBX cannot be reached: no calls now.',
      todo: 'Reconnecting by itself; forms work and are kept here.',
    },
    wrongSecret: {
      badge: 'Not registered',
      what: 'The PBX does not accept this seat’s secret.',
      todo: 'Sign out and in again; else tell the lead.',
    },
    refused: {
      badge: 'Not registered',
      what: 'The PBX refuses this seat.',
      todo: 'Tell the lead your seat number.',
    },
    untrusted: {
      badge: 'Not registered',
      what: 'The PBX’s certificate is not trusted.',
      todo: 'Ask the administrator to check it.',
    },
    silent: {
      badge: 'PBX silent',
      what: 'Connected, but the PBX does not answer.',
      todo: 'Trying again; forms work.',
    },
    registered: { badge: 'Line up', what: 'Registered: calls come and go.', todo: '' },
  },
  retryIn: (seconds) => `Line down, reconnecting (${seconds} s)`,
  retrying: 'Line down, reconnecting',
  details: 'Details',
  dropped: (n) => `${n} unreadable messages: a call may have been missed`,
  certificateBadge: (days) => `certificate: ${days} d`,
  certificate: (days) =>
    `The PBX’s certificate expires in ${days} days; then no calls come. Tell the administrator.`,
  cutNote: 'Form and record are kept on this computer',
}

export const phoneLink = { zh, en }
