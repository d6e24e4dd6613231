// Reads the people of the practice: callers (personas.json), who answers when a seat dials (directory.json), and
// their sound. A missing or broken file stops the start: half a cast would only puzzle the newcomer.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { Persona, Script } from './persona.ts'
import { readWav } from './wav.ts'

const SHIPPED = fileURLToPath(new URL('../assets/voices', import.meta.url))

const entry = {
  /** Regular expression over the whole dialled number. */
  number: z.string(),
  name: z.string(),
}

/** What happens when a seat dials, or transfers to, a number that is no seat. First match wins. */
export const DirectoryEntry = z.discriminatedUnion('kind', [
  z.object({
    ...entry,
    ...Script.shape,
    kind: z.literal('answers'),
    ringSeconds: z.number().nonnegative(),
    voice: Persona.shape.voice,
  }),
  z.object({
    ...entry,
    kind: z.literal('fails'),
    ringSeconds: z.number().nonnegative(),
    status: z.int().min(400).max(699),
    /** Said before the refusal, as carriers do (powered off, no such number …). */
    lines: Script.shape.lines.default([]),
    voice: Persona.shape.voice.default({ variant: 'f3', speed: 195, pitch: 50 }),
  }),
  /** Says its lines, then gives everything back that it hears. */
  z.object({ ...entry, ...Script.shape, kind: z.literal('echo'), voice: Persona.shape.voice }),
  z.object({ ...entry, kind: z.literal('conference') }),
])
export type DirectoryEntry = z.infer<typeof DirectoryEntry>

export type Cast = {
  personas: readonly Persona[]
  directory: readonly DirectoryEntry[]
  /** µ-law of each line of the script, in order. */
  soundsOf(script: Pick<Script, 'lines'>): Uint8Array[]
}

/** `folder` null means the shipped voices. */
export function loadCast(folder: string | null): Cast {
  const home = folder ?? SHIPPED
  const readJson = (name: string): unknown => JSON.parse(readFileSync(join(home, name), 'utf8'))
  const personas = z.array(Persona).parse(readJson('personas.json'))
  const directory = z.array(DirectoryEntry).parse(readJson('directory.json'))
  const sounds = new Map<string, Uint8Array>()
  const scripts = [...personas, ...directory.filter((one) => 'lines' in one)]
  for (const { wav } of scripts.flatMap((script) => script.lines)) {
    sounds.set(wav, readWav(readFileSync(join(home, wav))))
  }
  return {
    personas,
    directory,
    soundsOf: (script) => script.lines.map(({ wav }) => sounds.get(wav) ?? new Uint8Array(0)),
  }
}
