// Words of the frame: navigation, page heads, sentences that no single page owns.
import type { PageName } from '../app/route.ts'

type Words = {
  name: string
  nav: Record<PageName, string>
  told: Record<
    | 'holdFailed'
    | 'resumeFailed'
    | 'transferFailed'
    | 'transferRuns'
    | 'consultFirst'
    | 'joinFailed'
    | 'recordingGoesOn'
    | 'recordingStaysPaused'
    | 'consultFailed'
    | 'consultOver'
    | 'lineBusy'
    | 'selfCheckFailed'
    | 'selfCheckRuns'
    | 'microphoneMoved'
    | 'microphoneBack'
    | 'earMoved'
    | 'earBack'
    | 'ringerMoved'
    | 'ringerBack'
    | 'queueUntold'
    | 'queueToldLate'
    | 'savedLate'
    | 'signOutOnCall'
    | 'accountClosed'
    | 'signOutUnsaved'
    | 'storageTight',
    string
  >
  /** A file that was to be kept. */
  notSaved(file: string): string
  dismiss: string
  /** Of what lies beside or over the page. */
  close: string
  /** The cross in a field. */
  clear: string
  navigation: string
  loading: string
  fault: Record<'what' | 'safe' | 'todo' | 'details' | 'again', string>
}

const zh: Words = {
  name: '12351 坐席工作站',
  nav: {
    desk: '工作台',
    tickets: '工单',
    knowledge: '知识库',
    warnings: '预警',
    records: '通话记录',
    wallboard: '班长席',
    outward: '对外通知',
    keeping: '中心状况',
    practice: '练习',
    sync: '同步',
    settings: '设置',
  },
  told: {
    holdFailed: '保持没有成功，对方仍能听到您，请再按一次。',
    resumeFailed: '取回没有成功，对方还在听音乐，请再按一次。',
    transferFailed: '没转成，职工还在线上。',
    transferRuns: '还在转，等对方接听；没转成会告诉您。',
    consultFirst: '这个号码不在名单里，没有转。请先咨询，再转出。',
    joinFailed: '三方没有接通，两条线路都还在。',
    recordingGoesOn: '没有暂停，还在录音。请先不要让职工说证件号、卡号，再按一次试试。',
    recordingStaysPaused: '录音没有恢复，这段还没有录上，请再按一次。',
    consultFailed: '没有咨询到，正在接回来电人。',
    consultOver: '对方已挂断，正在接回来电人。',
    selfCheckFailed: '自检没有通过，还不能接电话；原因写在通话条上，好了就自动恢复空闲。',
    selfCheckRuns: '自检还没做完（麦克风、语音通道），通过后自动恢复空闲，不用再按。',
    microphoneMoved: '麦克风没插好，已经换成：',
    microphoneBack: '现在用的麦克风：',
    earMoved: '耳机没插好，声音已经换到：',
    earBack: '现在听声音的设备：',
    ringerMoved: '选定的响铃设备不在，先用系统的设备响铃。请插好，或到设置里另选。',
    ringerBack: '选定的响铃设备可以用了。',
    lineBusy: '现在不能拨出：话路没通、正在拨另一个，或两条线路都在用。',
    queueUntold:
      '没能告诉排队系统您的状态：空闲时可能没有来电，示忙时可能还有。程序每半分钟再试，成了会告诉您。',
    queueToldLate: '排队系统现在知道您的状态了。',
    savedLate: '刚才没存上的通话，现在已存在本机。',
    signOutOnCall: '还有通话没结束，结束后再签出。',
    accountClosed: '本账号已停用。请把这通电话和登记办完，保存以后自动签出。',
    signOutUnsaved: '还有内容没存到本机，没有签出；存好后再签出。',
    storageTight: '本机存储快用完了；您写的都在，请告诉管理员清理磁盘。',
  },
  notSaved: (file) =>
    `“${file}”没有存下来：取消了，或那里写不进去。东西都还在，请再导出一次，换个有空间的地方。`,
  dismiss: '知道了',
  close: '关闭',
  clear: '清空',
  navigation: '主导航',
  loading: '正在打开',
  fault: {
    what: '这一页出错了。',
    safe: '通话不受影响，已写的都存在本机。',
    todo: '请重新打开这一页；再出错就告诉管理员。',
    details: '技术信息',
    again: '重新打开',
  },
}

const en: Words = {
  name: '12351 Hotline Seat',
  nav: {
    desk: 'Desk',
    tickets: 'Work orders',
    knowledge: 'Knowledge',
    warnings: 'Warnings',
    records: 'Call records',
    wallboard: 'Team lead',
    outward: 'Notices',
    keeping: 'Centre',
    practice: 'Practice',
    sync: 'Sync',
    settings: 'Settings',
  },
  told: {
    holdFailed: 'Hold did not work: they still hear you. Press again.',
    resumeFailed: 'They could not be taken up again and still hear music. Press again.',
    transferFailed: 'The transfer failed; the caller is still on the line.',
    transferRuns: 'Still transferring, until it is answered; you are told if it fails.',
    consultFirst: 'Not on the list, so not transferred: consult first, then connect the two.',
    recordingGoesOn: 'Not paused: the call is still recorded. Let nobody say a number yet, and press again.',
    recordingStaysPaused: 'Recording did not go on: nothing is recorded yet. Press again.',
    joinFailed: 'The three-way call did not come about; both lines are still there.',
    consultFailed: 'Nobody was reached; the caller is being taken up again.',
    consultOver: 'They hung up; the caller is being taken up again.',
    selfCheckFailed: 'The self-check failed: no calls yet. The call bar says why; ready again by itself.',
    selfCheckRuns: 'Microphone and voice path are still being checked: ready by itself when they pass.',
    microphoneMoved: 'The microphone is gone; now using:',
    microphoneBack: 'Microphone in use:',
    earMoved: 'The headset is gone; now listening on:',
    earBack: 'Listening on:',
    ringerMoved:
      'The chosen ring device is gone; it rings on the system’s. Plug it in, or choose another in the settings.',
    ringerBack: 'The chosen ring device is there.',
    lineBusy: 'Cannot dial now: no telephone line, another call going out, or both lines in use.',
    queueUntold:
      'The queue could not be told your state: calls may stay away, or come. It is tried every half minute; you will be told.',
    queueToldLate: 'The queue knows your state now.',
    savedLate: 'The call that could not be saved just now is on this computer.',
    signOutOnCall: 'A call is still on the line; sign out when it has ended.',
    accountClosed: 'This account was closed. Finish this call and its form; you are then signed out.',
    signOutUnsaved: 'Something is not saved on this computer yet; not signed out. Try again once it is.',
    storageTight: 'Storage here is nearly full. All you wrote is kept; please tell the administrator.',
  },
  notSaved: (file) =>
    `“${file}” was not saved: given up, or there is no room. Nothing is lost; export it again, to another place.`,
  dismiss: 'OK',
  close: 'Close',
  clear: 'Clear',
  navigation: 'Main',
  loading: 'Opening',
  fault: {
    what: 'This page failed.',
    safe: 'Calls go on; what was written is kept here.',
    todo: 'Open the page again; tell the administrator if it fails again.',
    details: 'Details',
    again: 'Open again',
  },
}

export const app = { zh, en }
