// The sentences the telephone hands to core, in the agent's language: what happened, whether the call or the form is
// safe, what to do. Screens have their own catalogue (renderer/text).
import { certificateTexts } from '../certificateTexts.ts'

export const phoneTexts = {
  transferFailed: '转接未成功，来电人仍在线上，可继续通话。',
  joinFailed: '三方通话没有接通，请分别通话，或稍后再试。',
  lineLost: '与话务系统的连接中断，通话已断开，已填内容不受影响。',
  soundLost: '语音通道中断，通话已断开，已填内容不受影响。',
  notAcknowledged: '话务系统未确认接听，通话已断开，可回拨来电人。',
  notPrepared: '本机语音没有准备好，通话未接通。请回拨；再次出现请重新打开页面并告诉管理员。',
  noSound: '话务系统没有给出语音通道，通话未接通，请联系管理员。',
  notConnected: '话机未连接，电话没有拨出，请稍后再拨。',
  notEncrypted: '话务系统的地址没有加密（应以 wss 开头），没有连接，接不到电话。请联系管理员。',
  certificate: certificateTexts('话务系统', '接不到电话'),
  badNumber: '号码无法拨打，请检查后再拨。',
  queueNoAnswer: '话务系统没有回应排队状态，请再试一次。',
  queueRefused: '话务系统没有接受排队状态，请再试或联系管理员。',
} as const
