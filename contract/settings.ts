// Settings of this computer. In the desktop electron-store keeps them, in a browser localStorage; nothing secret here.
import { z } from 'zod'

export const RingTone = z.enum(['warble', 'chime', 'bell', 'pulse', 'knock'])
export type RingTone = z.infer<typeof RingTone>

/** Calls told apart by their ring. `second`: while another line is in hand. */
export const RingKind = z.enum(['queue', 'direct', 'internal', 'second'])
export type RingKind = z.infer<typeof RingKind>

/** `volume`: part of ringVolume. */
const Ring = z.object({ tone: RingTone, volume: z.number().min(0).max(1) })

export const mostStoresNoted = 300

export const Settings = z.object({
  /** Address of the central server; null: the practice centre on this computer. */
  centre: z.url({ protocol: /^https?$/ }).nullable(),
  language: z.enum(['zh-CN', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  /** Device ids as the browser names them; null: the system's default. */
  microphone: z.string().nullable(),
  speaker: z.string().nullable(),
  ringer: z.string().nullable(),
  ringVolume: z.number().min(0).max(1),
  rings: z.record(RingKind, Ring),
  echoCancellation: z.boolean(),
  noiseSuppression: z.boolean(),
  autoGainControl: z.boolean(),
  /** Use the buttons and lamps of the chosen headset. */
  headsetButtons: z.boolean(),
  /** Keys chosen instead of the defaults, command → key; core/keyMap.ts decides which of them count. */
  keys: z.record(z.string().max(40), z.string().max(40)),
  /** Last person signed in here, to fill the field; no password. */
  lastAccount: z.string().nullable(),
  /** Names of the stores of whoever worked here: a database that was emptied does not say them. */
  stores: z.array(z.string().max(200)).max(mostStoresNoted),
})
export type Settings = z.infer<typeof Settings>

export const defaultSettings: Settings = {
  centre: null,
  language: 'zh-CN',
  theme: 'system',
  microphone: null,
  speaker: null,
  ringer: null,
  ringVolume: 0.8,
  rings: {
    queue: { tone: 'warble', volume: 1 },
    direct: { tone: 'chime', volume: 1 },
    internal: { tone: 'pulse', volume: 0.7 },
    second: { tone: 'knock', volume: 0.5 },
  },
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  headsetButtons: true,
  keys: {},
  lastAccount: null,
  stores: [],
}
