// Words of the settings page and of the device check.
import type { RingKind, RingTone } from '../../contract/settings.ts'
type Words = {
  title: string
  note: string
  sections: Record<'sound' | 'look' | 'centre' | 'keys' | 'about', string>
  microphone: string
  speaker: string
  ringer: string
  systemDefault: string
  gone: (name: string) => string
  chosenDevice: string
  unnamed: (n: number) => string
  level: string
  levelWord: Record<'silent' | 'low' | 'good' | 'loud' | 'off', string>
  openMeter: string
  closeMeter: string
  microphoneProblem: Record<'denied' | 'missing' | 'busy' | 'failed', string>
  testRing: string
  testRinging: string
  ringVolume: string
  rings: string
  ringOf: Record<RingKind, string>
  ringTone: Record<RingTone, string>
  ringVolumeOf: (kind: string) => string
  ownVoice: string
  ownVoiceState: Record<'idle' | 'taking' | 'playing' | 'heard' | 'silent', string>
  tryNote: string
  noteSounds: string
  noteHint: string
  percent: (n: number) => string
  echo: string
  echoNote: string
  echoRuns: (key: string) => string
  echoWhy: Record<'noTelephone' | 'noNumber' | 'lineBusy', string>
  processing: string
  echoCancellation: string
  noiseSuppression: string
  autoGainControl: string
  devicesNote: string
  theme: string
  themes: Record<'system' | 'light' | 'dark', string>
  language: string
  languages: Record<'zh-CN' | 'en', string>
  centreAddress: string
  centreBad: string
  centreSave: string
  centreSaved: string
  centreBusy: string
  centreNote: string
  centreServed: (address: string) => string
  about: Record<'version' | 'runtime' | 'secrets', string>
  secrets: Record<'keychain' | 'weak' | 'none', string>
}

const zh: Words = {
  title: '设置',
  note: '只影响这台电脑，改了马上生效',
  sections: { sound: '耳机和铃声', look: '外观和语言', centre: '中心', keys: '按键', about: '关于' },
  microphone: '麦克风',
  speaker: '听筒',
  ringer: '响铃设备',
  systemDefault: '跟随系统',
  gone: (name) => `${name}（没有插上）`,
  chosenDevice: '上次选的设备',
  unnamed: (n) => `设备 ${n}`,
  level: '麦克风音量',
  levelWord: { silent: '没听到声音', low: '偏小', good: '音量好', loud: '太响', off: '未开始' },
  openMeter: '试麦克风',
  closeMeter: '停止',
  microphoneProblem: {
    denied: '没有麦克风权限，请在系统或浏览器里允许后重试。',
    missing: '没有找到麦克风，请插上耳机再试。',
    busy: '麦克风被别的程序占用，请关掉那个程序再试。',
    failed: '麦克风打不开，请换一个或重新插拔。',
  },
  testRing: '听响铃',
  testRinging: '正在响铃',
  ringVolume: '铃声音量',
  rings: '各种来电的铃声',
  ringOf: { queue: '队列来电', direct: '直拨来电', internal: '内线', second: '通话中来电' },
  ringTone: { warble: '双音', chime: '三音', bell: '钟声', pulse: '短促', knock: '轻敲' },
  ringVolumeOf: (kind) => `${kind}的音量`,
  ownVoice: '听自己的声音',
  ownVoiceState: {
    idle: '说三秒，再放给您听；不用账号，也不打电话',
    taking: '请对着麦克风说话…',
    playing: '正在放您的声音',
    heard: '放完了：听得清楚，麦克风和耳机就都好',
    silent: '什么都没录到：看静音键和插头，或换一个麦克风',
  },
  tryNote: '试听一声',
  noteSounds: '正在响',
  noteHint: '在听职工说话的设备上响一声',
  percent: (n) => `${n}%`,
  echo: '回声测试',
  echoNote: '会拨一个内线，您说的话会原样传回来',
  echoRuns: (key) => `请说话：听得到自己，耳机和话路就都好；按 ${key} 结束`,
  echoWhy: {
    noTelephone: '话机没有接通，暂时不能测试',
    noNumber: '交换机没有回声测试号',
    lineBusy: '正在通话，结束后再测',
  },
  processing: '声音处理',
  echoCancellation: '回声消除',
  noiseSuppression: '降噪',
  autoGainControl: '自动音量',
  devicesNote: '响铃可以走音箱，通话走耳机，离开座位也听得见。',
  theme: '明暗',
  themes: { system: '跟随系统', light: '浅色', dark: '深色' },
  language: '语言',
  languages: { 'zh-CN': '中文', en: 'English' },
  centreAddress: '中心地址',
  centreBad: '地址要以 http:// 或 https:// 开头',
  centreSave: '保存地址',
  centreSaved: '已保存，窗口正在重新打开',
  centreBusy: '通话结束后再换：窗口要重新打开',
  centreNote: '留空使用这台电脑上的练习中心',
  centreServed: (address) => `${address}，这个页面就是它给的；要用别的中心，请在浏览器里打开它的地址`,
  about: { version: '版本', runtime: '运行环境', secrets: '密码保管' },
  secrets: {
    keychain: '系统钥匙串',
    weak: '系统钥匙串不可用，只做了简单保护',
    none: '不在这台电脑上保存',
  },
}

const en: Words = {
  title: 'Settings',
  note: 'For this computer only; takes effect at once',
  sections: {
    sound: 'Headset and ring',
    look: 'Look and language',
    centre: 'Centre',
    keys: 'Keys',
    about: 'About',
  },
  microphone: 'Microphone',
  speaker: 'Speaker',
  ringer: 'Ring device',
  systemDefault: 'System default',
  gone: (name) => `${name} (not plugged in)`,
  chosenDevice: 'The device chosen before',
  unnamed: (n) => `Device ${n}`,
  level: 'Microphone level',
  levelWord: { silent: 'nothing heard', low: 'low', good: 'good', loud: 'too loud', off: 'not started' },
  openMeter: 'Try the microphone',
  closeMeter: 'Stop',
  microphoneProblem: {
    denied: 'No permission for the microphone: allow it and try again.',
    missing: 'No microphone found: plug in the headset.',
    busy: 'Another program uses the microphone: close it and try again.',
    failed: 'The microphone cannot be opened: try another one.',
  },
  testRing: 'Test ring',
  testRinging: 'Ringing',
  ringVolume: 'Ring volume',
  rings: 'Ring per kind of call',
  ringOf: { queue: 'Queue', direct: 'Direct', internal: 'Internal', second: 'Second call' },
  ringTone: { warble: 'Warble', chime: 'Chime', bell: 'Bell', pulse: 'Pulse', knock: 'Knock' },
  ringVolumeOf: (kind) => `Volume: ${kind}`,
  ownVoice: 'Hear yourself',
  ownVoiceState: {
    idle: 'Speak for three seconds, then listen; no account, no call',
    taking: 'Speak now…',
    playing: 'Playing your voice',
    heard: 'Done: if it was clear, microphone and headset are fine',
    silent: 'Nothing was recorded: check mute key and plug, or take another microphone',
  },
  tryNote: 'Play a note',
  noteSounds: 'Playing',
  noteHint: 'on the device callers are heard on',
  percent: (n) => `${n}%`,
  echo: 'Echo test',
  echoNote: 'Dials an extension that plays your own voice back',
  echoRuns: (key) => `Speak: if you hear yourself, headset and line are well; ${key} ends it`,
  echoWhy: {
    noTelephone: 'The telephone is not connected',
    noNumber: 'The PBX has no echo number',
    lineBusy: 'On a call: try afterwards',
  },
  processing: 'Sound processing',
  echoCancellation: 'Echo cancellation',
  noiseSuppression: 'Noise suppression',
  autoGainControl: 'Automatic gain',
  devicesNote: 'Let the ring use loudspeakers and the call the headset.',
  theme: 'Theme',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  language: 'Language',
  languages: { 'zh-CN': '中文', en: 'English' },
  centreAddress: 'Address of the centre',
  centreBad: 'The address must begin with http:// or https://',
  centreSave: 'Save the address',
  centreSaved: 'Saved; the window opens anew',
  centreBusy: 'Not during a call: the window opens anew',
  centreNote: 'Empty: the practice centre on this computer',
  centreServed: (address) => `${address}, where this page comes from; for another centre open its address`,
  about: { version: 'Version', runtime: 'Runtime', secrets: 'Password store' },
  secrets: { keychain: 'system key store', weak: 'weakly protected', none: 'not kept on this computer' },
}

export const settings = { zh, en }
