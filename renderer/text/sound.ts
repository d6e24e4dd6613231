// Words about the seat's sound: why it cannot take calls, and what is wrong in a call. Each says what to do.
import type { Unfit } from '../../core/seat/selfCheck.ts'
import type { SoundTrouble } from '../softphone/soundTrouble.ts'

type Said = { what: string; todo: string }
type Words = {
  /** The device's name fits into a sentence or is left out. */
  unfit: Record<Unfit, Said>
  hearOn: (device: string) => string
  hearHere: string
  hearIt: string
  onlyLeft: (device: string) => string
  checkAgain: string
  checkSound: string
  worker: string
  other: string
  cannotHearUs: (who: string) => string
  cannotHearThem: (who: string) => string
  todo: Record<SoundTrouble['is'], string>
}

const zh: Words = {
  unfit: {
    microphoneOpening: { what: '正在打开麦克风', todo: '浏览器问起时请点“允许”' },
    microphoneDenied: {
      what: '没有麦克风权限，还不能接电话',
      todo: '请在浏览器或系统设置里允许使用麦克风，允许后自动恢复',
    },
    microphoneMissing: { what: '没有找到麦克风，还不能接电话', todo: '请插好耳机，插上后自动恢复' },
    microphoneBusy: {
      what: '麦克风被别的程序占用，还不能接电话',
      todo: '请关掉正在用麦克风的程序，一分钟内自动恢复',
    },
    earAsks: {
      what: '耳机没插好，还不能接电话',
      todo: '职工的声音不会自己从音箱放出来：请插好耳机，或者同意用右边的设备听',
    },
    earMissing: { what: '没有能听声音的设备，还不能接电话', todo: '请插好耳机，插上后自动恢复' },
    ringerMissing: {
      what: '这台电脑没有能响铃的设备，还不能接电话',
      todo: '请插好耳机或音箱，插上后自动恢复',
    },
    voiceTrying: { what: '正在检查语音通道', todo: '几秒就好' },
    voiceBlocked: {
      what: '语音端口被阻断，接通了也听不到声音',
      todo: '请告诉管理员放行到交换机的 UDP 端口；每分钟自动再查，通了自动恢复',
    },
  },
  hearOn: (device) => `用“${device}”听`,
  hearHere: '用现在的设备听',
  hearIt: '用它听',
  onlyLeft: (device) => `耳机没插好，只剩“${device}”`,
  checkAgain: '再查一次',
  checkSound: '检查耳机',
  worker: '来电人',
  other: '对方',
  cannotHearUs: (who) => `${who}听不到您`,
  cannotHearThem: (who) => `您听不到${who}`,
  todo: {
    muted: '耳机的静音键按下了，再按一下',
    silent: '麦克风没有声音，看静音键和插头',
    missing: '没有找到麦克风，请插好耳机',
    denied: '没有麦克风权限，请允许使用',
    busy: '麦克风被别的程序占用，请关掉它',
    unheard: '请问一声，看耳机音量和插头',
    earAsks: '耳机没插好，声音没有放出来',
    earMissing: '没有能听声音的设备，请插好耳机',
  },
}

const en: Words = {
  unfit: {
    microphoneOpening: { what: 'Opening the microphone', todo: 'Allow it when the browser asks' },
    microphoneDenied: {
      what: 'No permission for the microphone: no calls yet',
      todo: 'Allow the microphone in the browser or the system; it goes on by itself',
    },
    microphoneMissing: { what: 'No microphone found: no calls yet', todo: 'Plug in the headset' },
    microphoneBusy: {
      what: 'Another program uses the microphone: no calls yet',
      todo: 'Close that program; checked again within a minute',
    },
    earAsks: {
      what: 'The headset is not plugged in: no calls yet',
      todo: 'A worker’s voice never comes out of a loudspeaker by itself: plug it in, or agree',
    },
    earMissing: { what: 'Nothing to hear callers with: no calls yet', todo: 'Plug in the headset' },
    ringerMissing: { what: 'Nothing here can ring: no calls yet', todo: 'Plug in headset or loudspeakers' },
    voiceTrying: { what: 'Checking the voice path', todo: 'takes a few seconds' },
    voiceBlocked: {
      what: 'Voice ports are blocked: nobody would be heard',
      todo: 'Ask the administrator to open UDP to the exchange; checked every minute',
    },
  },
  hearOn: (device) => `Listen on ${device}`,
  hearHere: 'Listen on this device',
  hearIt: 'Listen there',
  onlyLeft: (device) => `Headset unplugged; only ${device} is left`,
  checkAgain: 'Check again',
  checkSound: 'Check headset',
  worker: 'The caller',
  other: 'The other side',
  cannotHearUs: (who) => `${who} cannot hear you`,
  cannotHearThem: (who) => `You cannot hear: ${who.toLowerCase()}`,
  todo: {
    muted: 'muted on the headset: press its mute key again',
    silent: 'nothing from the microphone: check mute key and plug',
    missing: 'no microphone found: plug in the headset',
    denied: 'no permission for the microphone',
    busy: 'another program uses the microphone',
    unheard: 'ask; check volume and plug',
    earAsks: 'headset unplugged; the voice is not played',
    earMissing: 'nothing to listen with: plug in the headset',
  },
}

export const sound = { zh, en }
