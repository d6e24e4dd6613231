// What tests ask the PBX about its queue, its seats and its calls, in our words instead of the manager's.
import type { Message } from './ami.ts'

type List = (action: string, fields?: Record<string, string>) => Promise<Message[]>

const DEVICE_STATES = [
  'unknown',
  'idle',
  'inUse',
  'busy',
  'invalid',
  'unavailable',
  'ringing',
  'ringInUse',
  'onHold',
] as const

export interface Member {
  number: string
  paused: boolean
  pausedReason: string
  inCall: boolean
  /** unavailable means the seat is not registered. */
  state: (typeof DEVICE_STATES)[number]
  callsTaken: number
}

export interface Channel {
  name: string
  /** The number of the seat, or "trunk". */
  endpoint: string
  callRef: string
  state: string
  application: string
  /** Whoever is on it hears somebody: a call just answered is put together a moment later. */
  bridged: boolean
}

export async function membersOf(list: List): Promise<Member[]> {
  const rows = await list('QueueStatus', { Queue: '12351' })
  return rows
    .filter((row) => row['Event'] === 'QueueMember')
    .map((row) => ({
      number: (row['Location'] ?? '').replace('PJSIP/', ''),
      paused: row['Paused'] === '1',
      pausedReason: row['PausedReason'] ?? '',
      inCall: row['InCall'] === '1',
      state: DEVICE_STATES[Number(row['Status'])] ?? 'unknown',
      callsTaken: Number(row['CallsTaken']),
    }))
}

export async function waitingIn(list: List): Promise<number> {
  const rows = await list('QueueStatus', { Queue: '12351' })
  return rows.filter((row) => row['Event'] === 'QueueEntry').length
}

/** Numbers registered now. The manager answers Error when there is not one contact. */
export async function registeredIn(list: List): Promise<string[]> {
  const rows = await list('PJSIPShowContacts').catch(() => [])
  return rows.map((row) => row['Endpoint'] ?? '')
}

export async function channelsOf(list: List): Promise<Channel[]> {
  const rows = await list('CoreShowChannels')
  return rows.map((row) => ({
    name: row['Channel'] ?? '',
    endpoint: /^PJSIP\/(.+)-/.exec(row['Channel'] ?? '')?.[1] ?? '',
    callRef: row['Linkedid'] ?? '',
    state: row['ChannelStateDesc'] ?? '',
    application: row['Application'] ?? '',
    bridged: (row['BridgeId'] ?? '') !== '',
  }))
}
