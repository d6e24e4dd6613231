// Words of the call bar: lines and what is happening on them.
type Words = {
  bar: string
  lines: string
  idle: string
  idleNote: (answer: string, dial: string) => string
  notReadyNote: string
  wrapupNote: string
  withheld: string
  queued: (time: string) => string
  waited: (time: string) => string
  ringLimit: (limit: number) => string
  autoAnswer: (seconds: number) => string
  calling: string
  ringback: string
  announcement: string
  answering: string
  heldNote: string
  direction: Record<'inbound' | 'outbound' | 'internal', string>
  endedBy: Record<'caller' | 'callee' | 'agent' | 'system', string>
  outcome: Record<'missed' | 'abandoned' | 'rejected' | 'busy' | 'noAnswer' | 'failed', string>
  /** The program sent it back: another line was in hand. */
  engaged: string
  talked: (time: string) => string
  timer: string
  quality: Record<'good' | 'fair' | 'poor' | 'bad' | 'unheard' | 'none', string>
  qualityOf: (word: string, mos: string) => string
  badSound: string
  badSoundTodo: string
  resume: string
  unmute: string
  /** The light. */
  recording: string
  recordingPaused: (time: string) => string
  recordingNote: string
  pausedNote: string
  recordingNoLine: string
  pauseRecording: string
  resumeRecording: string
  handOver: string
  handOverNote: string
  handingOver: string
  passingTo: (who: string) => string
  passingNote: string
  backToCaller: string
  backToCallerNote: string
  leaveThreeWay: string
  threeWayNote: string
  threeWay: string
  consult: string
  otherWaits: (who: string) => string
  otherTalks: (who: string) => string
  caller: string
  asked: string
  passedBy: (number: string) => string
  transferredTo: (who: string) => string
  controls: string
  ring: (number: string, queue: string, key: string) => string
  secondCall: string
  callBack: (number: string) => string
  callBackWait: string
  cannotRing: string
  nothingDialled: string
  nobodyWaits: string
  lastCall: (number: string, outcome: string, why: string) => string
  showNumber: string
  hideNumber: string
  line: string
  myLines: string
  freeLine: string
  freeLineBusy: string
  practice: { title: string; note: string; leave: string; ringing: string }
}

const zh: Words = {
  bar: '通话条',
  lines: '当前线路',
  idle: '等候来电',
  idleNote: (answer, dial) => `来电会在这里响铃，按 ${answer} 接听；要打出去按 ${dial}`,
  notReadyNote: '现在不接队列来电，内线和拨出照常',
  wrapupNote: '登记单提交后自动恢复空闲，也可以先接下一个',
  withheld: '未显示号码',
  queued: (time) => `已排队 ${time}`,
  waited: (time) => `排队 ${time}`,
  autoAnswer: (seconds) => (seconds > 0 ? `${seconds} 秒后自动接听` : '正在自动接听'),
  ringLimit: (limit) => `振铃·${limit} 秒转下一位`,
  calling: '正在呼出',
  ringback: '对方振铃中',
  announcement: '正在播放提示音',
  answering: '正在接通',
  heldNote: '职工在听音乐',
  direction: { inbound: '职工来电', outbound: '呼出', internal: '内线' },
  endedBy: { caller: '对方已挂断', callee: '对方已挂断', agent: '通话已结束', system: '线路断了' },
  outcome: {
    missed: '没有接到',
    abandoned: '对方先挂断',
    rejected: '已拒接',
    busy: '对方正忙',
    noAnswer: '无人接听',
    failed: '没有接通',
  },
  engaged: '占线未接',
  talked: (time) => `通话 ${time}`,
  timer: '通话时长',
  quality: { good: '良', fair: '一般', poor: '差', bad: '很差', unheard: '听不到对方', none: '测量中' },
  qualityOf: (word, mos) => `音质${word} ${mos}`,
  badSound: '网络差，声音断断续续',
  badSoundTodo: '请换网线，不用无线；不行就记下号码，改用别的座位回拨',
  resume: '取回',
  unmute: '取消静音',
  recording: '录音中',
  recordingPaused: (time) => `停录 ${time}`,
  recordingNote: '话务系统正在录音',
  pausedNote: '录音已暂停，现在说的不会录下',
  recordingNoLine: '话路断着，现在不能暂停或继续录音',
  pauseRecording: '暂停录音',
  resumeRecording: '继续录音',
  handOver: '转出',
  handOverNote: '让来电人和对方直接通话，您离开',
  handingOver: '正在转出',
  passingTo: (who) => `正在转给 ${who}`,
  passingNote: '对方接了您就离开；没转成，职工还在线上',
  backToCaller: '回来电人',
  backToCallerNote: '结束咨询，回到来电人',
  leaveThreeWay: '退出三方',
  threeWayNote: '三个人都听得见；退出后另一方听音乐',
  threeWay: '三方通话',
  consult: '咨询',
  otherWaits: (who) => `${who}·保持`,
  otherTalks: (who) => `${who}·在线`,
  caller: '来电人',
  asked: '咨询方',
  passedBy: (number) => `${number} 转来`,
  transferredTo: (who) => `已转给 ${who}`,
  controls: '通话操作',
  ring: (number, queue, key) => `来电：${[number, queue].filter(Boolean).join('，')}，按 ${key} 接听`,
  secondCall: '另一个来电',
  callBack: (number) => `回拨 ${number}`,
  callBackWait: '话路恢复后可以回拨',
  cannotRing: '这个号码拨不出去，请到通话记录里核对',
  nothingDialled: '还没有拨过电话，没有可以重拨的',
  nobodyWaits: '没有要回拨的电话',
  lastCall: (number, outcome, why) =>
    `刚才 ${number}·${outcome}${why === '' || why === outcome ? '' : `·${why}`}`,
  showNumber: '显示完整号码（会留记录）',
  hideNumber: '隐藏号码',
  line: '线路',
  myLines: '我的线路',
  freeLine: '咨询线空闲',
  freeLineBusy: '两条线路都在用',
  practice: {
    title: '练习中，电话都是模拟的',
    note: '没有真的职工在线，按错也不要紧；登记单只存在练习里',
    leave: '我有账号，去签入',
    ringing: '练习来电',
  },
}

const en: Words = {
  bar: 'Call bar',
  lines: 'Current line',
  idle: 'Waiting for calls',
  idleNote: (answer, dial) => `Calls ring here: ${answer} answers; ${dial} dials`,
  notReadyNote: 'No calls from the queue; internal and outgoing calls work',
  wrapupNote: 'Ready again once the form is filed, or take the next call first',
  withheld: 'Number withheld',
  queued: (time) => `waited ${time}`,
  waited: (time) => `waited ${time}`,
  autoAnswer: (seconds) => (seconds > 0 ? `answers itself in ${seconds} s` : 'answering itself'),
  ringLimit: (limit) => `ringing · passed on after ${limit} s`,
  calling: 'Calling',
  ringback: 'Ringing there',
  announcement: 'Announcement playing',
  answering: 'Connecting',
  heldNote: 'The caller hears music',
  direction: { inbound: 'caller', outbound: 'outgoing', internal: 'internal' },
  endedBy: { caller: 'They hung up', callee: 'They hung up', agent: 'Call ended', system: 'Line cut' },
  outcome: {
    missed: 'Missed',
    abandoned: 'They gave up',
    rejected: 'Rejected',
    busy: 'Engaged',
    noAnswer: 'No answer',
    failed: 'Not put through',
  },
  engaged: 'Line engaged',
  talked: (time) => `talked ${time}`,
  timer: 'Call time',
  quality: {
    good: 'good',
    fair: 'fair',
    poor: 'poor',
    bad: 'bad',
    unheard: 'nothing heard',
    none: 'measuring',
  },
  qualityOf: (word, mos) => `Sound ${word} ${mos}`,
  badSound: 'Bad network: the voice breaks up',
  badSoundTodo: 'Use a cable, not Wi-Fi; else note the number and call back from another seat',
  resume: 'Resume',
  unmute: 'Unmute',
  recording: 'Recording',
  recordingPaused: (time) => `Paused ${time}`,
  recordingNote: 'The exchange records this call',
  pausedNote: 'Recording is paused: what is said now is not recorded',
  recordingNoLine: 'The line is down: recording cannot be paused or resumed now',
  pauseRecording: 'Pause recording',
  resumeRecording: 'Resume recording',
  handOver: 'Connect',
  handOverNote: 'Lets the caller and the other side talk; you leave',
  handingOver: 'Transferring',
  passingTo: (who) => `Transferring to ${who}`,
  passingNote: 'You leave once it is answered; if not, the caller stays on the line',
  backToCaller: 'To caller',
  backToCallerNote: 'Ends the consultation and goes back to the caller',
  leaveThreeWay: 'Leave',
  threeWayNote: 'All three hear each other; after leaving one side hears music',
  threeWay: 'Three-way call',
  consult: 'consultation',
  otherWaits: (who) => `${who} · held`,
  otherTalks: (who) => `${who} · on the line`,
  caller: 'caller',
  asked: 'consulted',
  passedBy: (number) => `from ${number}`,
  transferredTo: (who) => `Transferred to ${who}`,
  controls: 'Call controls',
  ring: (number, queue, key) => `Incoming call: ${number}, ${queue}; ${key} answers`,
  secondCall: 'Another call',
  callBack: (number) => `Call back ${number}`,
  callBackWait: 'Call back once the line is up',
  cannotRing: 'This number cannot be dialled: check it in the records',
  nothingDialled: 'Nothing has been dialled yet',
  nobodyWaits: 'Nobody waits for a call',
  lastCall: (number, outcome, why) =>
    `Just now ${number} · ${outcome}${why === '' || why === outcome ? '' : ` · ${why}`}`,
  showNumber: 'Show the whole number (is recorded)',
  hideNumber: 'Hide the number',
  line: 'Line',
  myLines: 'My lines',
  freeLine: 'Second line free',
  freeLineBusy: 'Both lines in use',
  practice: {
    title: 'Practice: all calls are simulated',
    note: 'Nobody real is on the line; mistakes do no harm',
    leave: 'I have an account',
    ringing: 'Practice call',
  },
}

export const softphone = { zh, en }
