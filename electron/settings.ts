// Settings of this computer (contract/settings.ts) and what the desktop remembers for itself, in two small files.
// A value that no longer fits costs only itself: the rest is kept and the old file is put aside.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Store, { type Schema } from 'electron-store'
import { z } from 'zod'
import { defaultSettings, Settings } from '../contract/settings.ts'
import { isFull } from '../core/journal/journalDisk.ts'

/** What the desktop remembers for itself; the page never sees it. */
export const Memory = z.object({
  bounds: z
    .object({ x: z.number(), y: z.number(), width: z.number().min(400), height: z.number().min(300) })
    .nullable(),
  maximized: z.boolean(),
  /** PBX addresses last told by a centre; they go into the page's CSP before the centre can be asked again. */
  pbx: z.record(z.string(), z.array(z.string())),
  /** Headsets the agent chose for their buttons, as USB names them. */
  headsets: z.array(z.object({ vendorId: z.number(), productId: z.number() })),
  /** Which computer used this folder last, as a digest; null: none yet. */
  computer: z.string().nullable(),
})
export type Memory = z.infer<typeof Memory>

export const emptyMemory: Memory = { bounds: null, maximized: false, pbx: {}, headsets: [], computer: null }

type Kept<T> = { read(): T; write(part: { readonly [K in keyof T]?: T[K] | undefined }): T }

/** What the file holds that fits the schema, and whether that is all of it. */
function fitting(
  path: string,
  schema: z.ZodObject,
): { readonly good: Record<string, unknown>; readonly isAll: boolean } {
  let found: unknown
  try {
    found = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    found = null
  }
  const isTable = typeof found === 'object' && found !== null && !Array.isArray(found)
  const entries = isTable ? Object.entries(found ?? {}) : []
  // `__internal__` is electron-store's own note of the last migration.
  const good = entries.filter(
    ([name, value]) => name === '__internal__' || schema.shape[name]?.safeParse(value).success === true,
  )
  return { good: Object.fromEntries(good), isAll: isTable && good.length === entries.length }
}

/** Drops what does not fit the schema, field by field, and keeps the file as it was beside the mended one. */
function mend(path: string, schema: z.ZodObject): void {
  if (!existsSync(path)) return
  const { good, isAll } = fitting(path, schema)
  if (isAll) return
  // Written first: on a full disk the old one must stay where it is.
  const mended = `${path}.mended`
  writeFileSync(mended, JSON.stringify(good), { mode: 0o600 })
  renameSync(path, path.replace(/\.json$/, '.bad.json'))
  renameSync(mended, path)
}

// One entry per version of the program that changed the meaning of a stored value; nothing has changed yet.
const migrations = {}

const tables = (properties: Readonly<Record<string, unknown>> = {}): Schema<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(properties).flatMap(([name, rule]) =>
      typeof rule === 'object' ? [[name, { ...rule }]] : [],
    ),
  )

function open<S extends z.ZodObject>(
  folder: string,
  name: string,
  schema: S,
  defaults: z.infer<S>,
): Kept<z.infer<S>> {
  const path = join(folder, `${name}.json`)
  const made = () => {
    mend(path, schema)
    return new Store({
      cwd: folder,
      name,
      // One schema for both: zod's, told to electron-store as JSON schema.
      schema: tables(z.toJSONSchema(schema).properties),
      defaults,
      migrations,
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
    })
  }
  // [JRNL-9] On a full disk the program starts with what the file says; what is to be written fails then and there.
  let store: ReturnType<typeof made> | null = null
  try {
    store = made()
  } catch (error) {
    if (!isFull(error)) throw error
  }
  const read = () => schema.parse({ ...defaults, ...(store?.store ?? fitting(path, schema).good) })
  return {
    read,
    write(part) {
      store ??= made()
      const told = Object.entries(part).filter(([, value]) => value !== undefined)
      store.set(Object.fromEntries(told))
      return read()
    },
  }
}

export type SettingsFile = Kept<Settings>
export type MemoryFile = Kept<Memory>

export const openSettings = (folder: string): SettingsFile =>
  open(folder, 'settings', Settings, defaultSettings)
/** What is remembered for comfort only must not stop a seat whose disk is full. */
export const openMemory = (folder: string): MemoryFile => {
  const kept = open(folder, 'desktop', Memory, emptyMemory)
  return {
    read: kept.read,
    write(part) {
      try {
        return kept.write(part)
      } catch {
        return kept.read()
      }
    },
  }
}
