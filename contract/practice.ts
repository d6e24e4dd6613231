// What the practice exchange and the process that started it say to each other: one JSON object per line,
// configuration first, then commands one way and events the other. Callers, numbers and places are made up.
// Spans end in Seconds or Ms as named; instants end in At (epoch ms).
import { z } from 'zod'

const Extension = z.string().regex(/^\d{2,10}$/)

/** Keys a seat presses in a call to pause its recording and to go on. */
export const practiceRecording = { pause: '*81', resume: '*82' } as const

export const PracticeAccount = z.object({
  extension: Extension,
  /** Random per run: nothing outside this machine ever needs it. */
  password: z.string().min(1),
  /** Shown to the other seat in calls between seats. */
  name: z.string().default(''),
})
export type PracticeAccount = z.infer<typeof PracticeAccount>

export const PracticeConfiguration = z.object({
  accounts: z.array(PracticeAccount).default([]),
  /** SIP domain and digest realm. */
  realm: z.string().min(1).default('practice.invalid'),
  /** 0 takes any free port; the socket is always bound to 127.0.0.1. */
  port: z.int().min(0).max(65535).default(0),
  /** Folder holding personas.json, directory.json and the voices; null means the shipped ones. */
  voices: z.string().nullable().default(null),
  /** Sent as X-Queue with every simulated caller. */
  queue: z.string().default('12351'),
  /** A call whose seat sends no sound for this long is ended, as a real PBX does. */
  noMediaMs: z.int().positive().default(30_000),
  /** How long a seat has to hang up after its transfer succeeded. */
  transferGraceMs: z.int().positive().default(5_000),
})
export type PracticeConfiguration = z.infer<typeof PracticeConfiguration>

/** What a screen may show of a simulated caller; the lines themselves stay in the exchange. */
export const PersonaCard = z.object({
  code: z.string(),
  name: z.string(),
  /** Made up; the exchange never dials anything. */
  number: z.string().regex(/^\d{3,20}$/),
  place: z.string(),
  temper: z.string(),
  story: z.string(),
  opening: z.string(),
  difficulty: z.int().min(1).max(4),
  minutes: z.int().positive(),
  trains: z.string(),
})
export type PersonaCard = z.infer<typeof PersonaCard>

const commandId = { id: z.string().optional() }

/** An id, if given, comes back in the `done` or `refused` event that answers the command. */
export const PracticeCommand = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('ring'),
    ...commandId,
    extension: Extension,
    persona: z.string(),
    /** Seconds the caller is said to have waited in the queue (X-Queue-Waited). */
    waitedSeconds: z.int().nonnegative().default(0),
  }),
  z.object({
    do: z.literal('ringMixed'),
    ...commandId,
    extension: Extension,
    /** Calls in the round; each rings once the seat has ended the one before. */
    count: z.int().min(1).max(50).default(5),
    /** Pause between two calls. */
    gapSeconds: z.number().nonnegative().default(8),
    /** Cut the seat's line once, in the middle one of the calls, this long after its answer; null: never. */
    cutAfterSeconds: z.number().nonnegative().nullable().default(6),
  }),
  z.object({ do: z.literal('stopMixed'), ...commandId, extension: Extension }),
  z.object({ do: z.literal('cut'), ...commandId, extension: Extension }),
  z.object({ do: z.literal('hangUp'), ...commandId, call: z.string() }),
  /** Ask for one `heard` event per second of this call. */
  z.object({ do: z.literal('listen'), ...commandId, call: z.string(), on: z.boolean() }),
  /** Add an account, or change its password; a registered seat stays registered. */
  z.object({ do: z.literal('admit'), ...commandId, account: PracticeAccount }),
  z.object({ do: z.literal('close'), ...commandId }),
])
export type PracticeCommand = z.infer<typeof PracticeCommand>

export const PracticeProblem = z.object({
  code: z.enum(['unknownSeat', 'seatAway', 'unknownPersona', 'unknownCall', 'badCommand', 'roundRunning']),
  /** A sentence for the agent, zh-CN. */
  text: z.string(),
})
export type PracticeProblem = z.infer<typeof PracticeProblem>

const onCall = { call: z.string(), extension: z.string(), at: z.int() }

/** Who ended a call: the simulated far side, the seat, or the exchange itself (timeouts, transfers, shutdown). */
export const EndedBy = z.enum(['caller', 'seat', 'exchange'])
export type EndedBy = z.infer<typeof EndedBy>

export const PracticeEvent = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('listening'),
    url: z.string(),
    realm: z.string(),
    personas: z.array(PersonaCard),
  }),
  /** `call` is the reference of the call that was started, where one was. */
  z.object({ event: z.literal('done'), id: z.string().nullable(), call: z.string().nullable() }),
  z.object({ event: z.literal('refused'), id: z.string().nullable(), problem: PracticeProblem }),

  z.object({ event: z.literal('registered'), extension: z.string(), at: z.int() }),
  z.object({
    event: z.literal('unregistered'),
    extension: z.string(),
    why: z.enum(['asked', 'expired', 'socketClosed']),
    at: z.int(),
  }),
  z.object({
    event: z.literal('ringing'),
    ...onCall,
    /** `in`: rings the seat; `out`: the seat dialled. */
    direction: z.enum(['in', 'out']),
    number: z.string(),
    persona: z.string().nullable(),
  }),
  z.object({ event: z.literal('answered'), ...onCall }),
  /** The simulated far side begins one of its lines: subtitles and hints read this. */
  z.object({ event: z.literal('said'), ...onCall, line: z.int(), text: z.string() }),
  z.object({ event: z.literal('held'), ...onCall }),
  z.object({ event: z.literal('resumed'), ...onCall }),
  z.object({ event: z.literal('digits'), ...onCall, digits: z.string() }),
  /** rms is 0..1 of full scale; toneHz is null where no single tone stands out. */
  z.object({
    event: z.literal('heard'),
    ...onCall,
    rms: z.number(),
    toneHz: z.number().nullable(),
  }),
  z.object({
    event: z.literal('transferred'),
    ...onCall,
    to: z.string(),
    kind: z.enum(['blind', 'attended']),
  }),
  z.object({
    event: z.literal('ended'),
    ...onCall,
    by: EndedBy,
    wasAnswered: z.boolean(),
    /** SIP status that refused the call, where one did. */
    status: z.int().nullable(),
  }),
  /** Calls of a mixed round still to come; 0 when it is over. */
  z.object({ event: z.literal('mixed'), extension: z.string(), left: z.int(), at: z.int() }),
  /** Something could not be processed and was dropped; `count` since start. Carries no names or numbers. */
  z.object({ event: z.literal('fault'), what: z.string(), count: z.int(), at: z.int() }),
])
export type PracticeEvent = z.infer<typeof PracticeEvent>
