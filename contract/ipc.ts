// THE table of what the page and the desktop's main process may say to each other. Values are JSON only.
// electron/handlers.ts must satisfy it, the page sees it as `Desk`; a name missing here does not exist.
import { z } from 'zod'
import type { Answer } from './answer.ts'
import { CertificateTrouble } from './certificate.ts'
import { Settings } from './settings.ts'

const call = <I extends z.core.$ZodType, O extends z.core.$ZodType>(input: I, output: O) => ({
  input,
  output,
})
const nothing = z.null()

/** Words to be shown, from outside: a long one is cut, for a refusal would cost all that is told with it. */
const shown = (most: number) => z.string().overwrite((text) => text.slice(0, most))

/** A ringing call as the ring window shows it: the page masks before it tells. */
export const RingShown = z.object({
  number: shown(64),
  name: shown(64).nullable(),
  place: shown(64).nullable(),
  queue: shown(64).nullable(),
  queuedMs: z.number().nullable(),
  /** Earlier calls of this number; null: not looked up yet. */
  earlier: z.number().int().nullable(),
  practice: z.boolean(),
  /** Another call is in hand. */
  second: z.boolean(),
})
export type RingShown = z.infer<typeof RingShown>

/** Characters of sealed bytes in one message: what a page may hand over at once without stopping the desktop. */
export const journalMessageMax = 3_000_000
/** `rev` null: the later one counts (what is typed); else the higher one, the first of equals. */
export const JournalPut = z.object({
  key: z.string().min(1).max(100),
  rev: z.number().int().nullable(),
  sealed: z.base64().max(journalMessageMax),
})
export type JournalPut = z.infer<typeof JournalPut>
/** It is over, or the centre has it: up to this rev (null: any), put by that save (null: by any). */
export const JournalDrop = z.object({
  key: z.string().min(1).max(100),
  rev: z.number().int().nullable(),
  seq: z.number().int().nullable(),
})
export type JournalDrop = z.infer<typeof JournalDrop>
/** All or nothing; what it drops goes before what it puts. */
export const JournalSave = z.object({
  puts: z.array(JournalPut).max(3_000),
  drops: z.array(JournalDrop).max(3_000),
})
export type JournalSave = z.infer<typeof JournalSave>

const fitsMessage = (saves: readonly JournalSave[]): boolean =>
  saves.flatMap(({ puts }) => puts).reduce((sum, put) => sum + put.sealed.length, 0) <= journalMessageMax

/** What the page is told of the disk the profile lies on. */
export const DiskShown = z.object({
  /** full: nothing or hardly anything fits any more; the journal writes into its reserve. */
  level: z.enum(['ok', 'low', 'full']),
  freeBytes: z.number(),
  /** So much should be freed; 0 while it is ok. */
  toFreeBytes: z.number(),
  /** The data folder was last used on another computer: a roaming profile or a copy. */
  copied: z.boolean(),
})
export type DiskShown = z.infer<typeof DiskShown>

/** Commands whose key does not reach us from other programs: one of those has it. */
export const KeysTaken = z.object({ commands: z.array(z.string().max(40)).max(20) })
export type KeysTaken = z.infer<typeof KeysTaken>

/** Page → main, answered. */
export const ipcCalls = {
  /** Where the centre is, starting the practice centre on this computer when none is set. */
  'centre.find': call(nothing, z.object({ url: z.string(), practice: z.boolean() })),
  /** Why the centre's certificate is refused, which a page is never told; null: it is not, or nobody shows one. */
  'centre.certificate': call(nothing, CertificateTrouble.nullable()),
  'settings.read': call(nothing, Settings),
  'settings.write': call(Settings.partial(), Settings),
  /** Keeps a small secret under the system's key store; `strength` says how well. */
  'secrets.keep': call(
    z.object({ name: z.string().max(64), secret: z.string().max(8192) }),
    z.object({ strength: z.enum(['keychain', 'weak', 'none']) }),
  ),
  'secrets.recall': call(z.object({ name: z.string().max(64) }), z.string().nullable()),
  'secrets.forget': call(z.object({ name: z.string().max(64) }), z.null()),
  /** What runs this page, shown under 关于. */
  'about.read': call(
    nothing,
    z.object({ version: z.string(), runtime: z.string(), secrets: z.enum(['keychain', 'weak', 'none']) }),
  ),
  /** Asks the person where to save the file for support; false: they did not want it after all. */
  'diagnostics.save': call(
    z.object({ name: z.string().regex(/^[a-z0-9-]{1,80}\.json$/), text: z.string().max(8_000_000) }),
    z.object({ saved: z.boolean() }),
  ),
  /** Saves into the second journal, in order: answered when all are synced. What is put is sealed; main has no key. */
  'journal.append': call(
    z.object({
      store: z.string().min(1).max(200),
      saves: z.array(JournalSave).min(1).max(500).refine(fitsMessage),
    }),
    /** The number of each save. */
    z.object({ seqs: z.array(z.number().int()) }),
  ),
  /** What it holds and nobody dropped, by key, from the one after `after` on, in pages; `next` null: that was all. */
  'journal.read': call(
    z.object({ store: z.string().min(1).max(200), after: z.string().max(100).nullable() }),
    z.object({ entries: z.array(JournalPut), next: z.string().nullable() }),
  ),
  'disk.read': call(nothing, DiskShown),
  /** Tries the keys that are to work from other programs. */
  'hotkeys.read': call(nothing, KeysTaken),
  /** Seat state for tray, badge, ring window and the question before closing. */
  'window.showState': call(
    z.object({
      phase: z.string(),
      ringing: z.boolean(),
      onCall: z.boolean(),
      waiting: z.number().int(),
      unfiled: z.number().int(),
      ring: RingShown.nullable(),
      /** Reasons for not being ready, for the tray; empty while nobody is signed in. */
      reasons: z.array(z.object({ code: z.string().max(40), word: shown(40) })),
      /** The reason given now. */
      reason: z.string().max(40).nullable(),
    }),
    z.null(),
  ),
  /** Only the ring window may ask: what to show, and with which keys. */
  'ring.read': call(
    nothing,
    z.object({
      ring: RingShown.nullable(),
      /** null: the key does not reach us from other programs. */
      keys: z.object({ answer: z.string().nullable(), reject: z.string().nullable() }),
      language: Settings.shape.language,
      theme: Settings.shape.theme,
    }),
  ),
  /** Only the ring window may ask. `show` brings the workstation to the front. */
  'ring.press': call(z.object({ press: z.enum(['answer', 'reject', 'show']) }), z.null()),
  'window.raise': call(nothing, z.null()),
  'link.open': call(z.object({ url: z.string().max(2048) }), z.null()),
} as const

/** Main → page, not answered. */
export const ipcNotices = {
  /** A tel: or sip: link was opened. */
  'dial.requested': z.object({ number: z.string().max(64) }),
  /** A global key, the tray or a headset asks for a command of core/commands.ts. */
  'command.requested': z.object({ command: z.string().max(40) }),
  /** The tray asks for not ready with this reason. */
  'notReady.requested': z.object({ reason: z.string().max(40) }),
  /** To the ring window: the call it shows has changed. */
  'ring.changed': z.object({ ring: RingShown.nullable() }),
  'disk.changed': DiskShown,
  /** A file the page handed over was saved, or was not: given up, or no room. */
  'download.ended': z.object({ file: z.string().max(260), saved: z.boolean() }),
  'hotkeys.changed': KeysTaken,
  'power.changed': z.object({ state: z.enum(['suspend', 'resume']) }),
} as const

export type IpcCallName = keyof typeof ipcCalls
export type IpcNoticeName = keyof typeof ipcNotices
export type IpcInput<N extends IpcCallName> = z.infer<(typeof ipcCalls)[N]['input']>
export type IpcOutput<N extends IpcCallName> = z.infer<(typeof ipcCalls)[N]['output']>
export type IpcNotice<N extends IpcNoticeName> = z.infer<(typeof ipcNotices)[N]>
export type IpcHandlers = { [N in IpcCallName]: (input: IpcInput<N>) => Promise<Answer<IpcOutput<N>>> }
/** What the preload puts on the page as `window.desk`: one named function per row above, none in a browser. */
export type Desk = {
  readonly [N in IpcCallName]: (input: IpcInput<N>) => Promise<Answer<IpcOutput<N>>>
} & {
  /** Listens until the returned function is called. */
  readonly [N in IpcNoticeName]: (listener: (notice: IpcNotice<N>) => void) => () => void
}

/** What the desktop shows while nobody is signed in. */
export const nobodySeated: IpcInput<'window.showState'> = {
  phase: 'signedOut',
  ringing: false,
  onCall: false,
  waiting: 0,
  unfiled: 0,
  ring: null,
  reasons: [],
  reason: null,
}
