// Builds the diagnostics file from what the seat remembers. Takes over only what contract/diagnostics.ts lists.
import type { Diagnostics, DiagnosticsCall, SipStep } from '../../contract/diagnostics.ts'
import { Diagnostics as Shape } from '../../contract/diagnostics.ts'
import type { IpcOutput } from '../../contract/ipc.ts'
import type { HeldSession } from '../../contract/session.ts'
import type { Settings } from '../../contract/settings.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import type { SyncStatus } from '../sync/status.ts'
import type { Workstation } from '../workstation.ts'
import { liveCalls } from '../workstation.ts'
import type { Memory } from './memory.ts'
import type { SipTrace } from './sipStep.ts'

export type Known = {
  readonly madeAt: number
  readonly about: IpcOutput<'about.read'>
  readonly protocol: number
  readonly browser: string
  readonly reference: number
  readonly session: HeldSession
  readonly offlineSignIn: boolean
  readonly settings: Settings
  readonly state: Workstation
  readonly sync: SyncStatus
  readonly memory: Memory
  readonly anomalies: readonly { readonly at: number; readonly what: string }[]
  readonly records: readonly CallRecord[]
  readonly microphones: readonly Device[]
  readonly speakers: readonly Device[]
  readonly storage: { readonly used: number; readonly quota: number } | null
}

type Device = { readonly id: string; readonly label: string }
/** First 12 hex digits of SHA-256. */
export type Hasher = (text: string) => Promise<string>

const isWord = /^[A-Za-z][A-Za-z0-9 .:_-]{0,79}$/

/** A word that may stand there, or that there was one. */
const wordOf = (text: string): string => (isWord.test(text) ? text : 'other')

/** What a message that could not be read began with. */
const kindOf = (first: string): Diagnostics['dropped'][number]['first'] =>
  first === 'SIP/2.0' ? 'answer' : /^[A-Z]{3,12}$/.test(first) ? 'request' : 'unreadable'

/** Languages and themes are the program's words; whatever else is text was chosen or typed by somebody. */
const spoken: readonly string[] = ['language', 'theme']

const settingsOf = (settings: Settings): Diagnostics['settings'] =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]: [string, unknown]) => {
      if (typeof value === 'boolean' || typeof value === 'number') return [name, value]
      if (typeof value === 'string' && spoken.includes(name)) return [name, wordOf(value)]
      if (value === null || value === undefined || value === '') return [name, 'unset']
      return [name, typeof value === 'object' && Object.keys(value).length === 0 ? 'unset' : 'set']
    }),
  )

const hashed = (hash: Hasher, text: string | null): Promise<string> | null =>
  text === null || text === '' ? null : hash(text)

const stepOf = async ({ callId, ...step }: SipTrace, hash: Hasher): Promise<SipStep> => ({
  ...step,
  call: await hashed(hash, callId),
})

const callOf = async (record: CallRecord, hash: Hasher): Promise<DiagnosticsCall> => ({
  ref: await hashed(hash, record.callRef),
  leg: await hashed(hash, record.legId),
  direction: record.direction,
  outcome: record.outcome,
  endedBy: record.endedBy,
  cause: record.endCause && { protocol: record.endCause.protocol, code: record.endCause.code },
  offeredAt: record.offeredAt,
  answeredAt: record.answeredAt,
  endedAt: record.endedAt,
  queuedMs: record.queuedMs,
  talkMs: record.talkMs,
  holdMs: record.holdMs,
  guarded: record.hangUpReason !== null,
  filed: record.filedAt !== null,
  quality: record.quality,
})

const devicesOf = async (known: Known, hash: Hasher): Promise<Diagnostics['devices']> => {
  const { settings } = known
  const of = (kind: 'microphone' | 'speaker', devices: readonly Device[]) =>
    devices.map(async ({ id, label }) => ({
      kind,
      id: await hash(id),
      label: label.slice(0, 120),
      chosen: (kind === 'microphone' ? (['microphone'] as const) : (['speaker', 'ringer'] as const)).filter(
        (use) => settings[use] === id,
      ),
    }))
  return Promise.all([...of('microphone', known.microphones), ...of('speaker', known.speakers)])
}

const serverOf = async (server: string, hash: Hasher): Promise<Diagnostics['seat']['pbx'][number]> => ({
  scheme: server.startsWith('wss:') ? 'wss' : 'ws',
  host: await hash(server.replace(/^wss?:\/\//, '').replace(/[/?].*$/, '')),
})

/** Checked against the list before it is handed out: a field too many is an error, not a leak. */
export const makeDiagnostics = async (known: Known, hash: Hasher): Promise<Diagnostics> => {
  const { memory, session, state, sync, about } = known
  return Shape.parse({
    kind: 'hotline-diagnostics',
    v: 1,
    madeAt: known.madeAt,
    versions: {
      program: about.version.slice(0, 40),
      protocol: known.protocol,
      runtime: about.runtime.slice(0, 200),
      browser: known.browser.slice(0, 300),
      secrets: about.secrets,
      reference: known.reference,
    },
    seat: {
      role: session.account.role,
      practice: session.centre.practice,
      offlineSignIn: known.offlineSignIn,
      phase: state.since.phase,
      lines: liveCalls(state).length,
      pbx: await Promise.all((session.sip?.servers ?? []).map((server) => serverOf(server, hash))),
      queueCodes: session.sip?.queueCodes !== null && session.sip !== null,
    },
    settings: settingsOf(known.settings),
    link: memory.links,
    sip: await Promise.all(memory.sip.map((step) => stepOf(step, hash))),
    calls: await Promise.all(known.records.map((record) => callOf(record, hash))),
    devices: await devicesOf(known, hash),
    sync: {
      badge: sync.badge,
      waiting: sync.waiting,
      refused: sync.refused,
      oldestPutAt: sync.oldestPutAt,
      troubleSince: sync.troubleSince,
      problem: sync.problem?.code ?? null,
      lastStoredAt: sync.lastStoredAt,
      lastPulledAt: sync.lastPulledAt,
    },
    storage: known.storage,
    dropped: memory.dropped.map(({ at, first }) => ({ at, first: kindOf(first) })),
    anomalies: known.anomalies.map(({ at, what }) => ({
      at,
      what: /^[A-Za-z ]{1,60}$/.test(what) ? what : 'other',
    })),
  })
}
