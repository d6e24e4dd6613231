// Reference data at the centre: one JSON document per version, the newest one counts. The starting values are
// server/reference/*.json; `reference load FILE` replaces them.
import { Reference } from '../contract/reference.ts'
import { WarningLevel } from '../contract/warnings.ts'
import areaCodes from './reference/areaCodes.json' with { type: 'json' }
import calendar from './reference/calendar.json' with { type: 'json' }
import categories from './reference/categories.json' with { type: 'json' }
import departments from './reference/departments.json' with { type: 'json' }
import dispositions from './reference/dispositions.json' with { type: 'json' }
import hangUpReasons from './reference/hangUpReasons.json' with { type: 'json' }
import notReadyReasons from './reference/notReadyReasons.json' with { type: 'json' }
import practicePhones from './reference/practicePhones.json' with { type: 'json' }
import policy from './reference/policy.json' with { type: 'json' }
import requiredFields from './reference/requiredFields.json' with { type: 'json' }
import timeLimits from './reference/timeLimits.json' with { type: 'json' }
import topics from './reference/topics.json' with { type: 'json' }
import unions from './reference/unions.json' with { type: 'json' }
import warnings from './reference/warnings.json' with { type: 'json' }
import type { Queries } from './database.ts'

/** The values a new centre starts with. */
export const startingReference = (): Reference =>
  Reference.parse({
    version: 1,
    categories,
    topics,
    dispositions,
    departments,
    notReadyReasons,
    hangUpReasons,
    timeLimits,
    unions,
    requiredFields,
    calendar: calendar.years,
    policy,
    areaCodes,
    warnings,
  })

const phones = new Map<string, string>(Object.entries(practicePhones))

/** In practice the departments and the telephone tree can be rung: they are in the practice exchange's directory. */
export const practiceReference = (): Reference => {
  const reference = startingReference()
  const departments = reference.departments.map((row) => ({
    ...row,
    phone: phones.get(row.code) ?? row.phone,
  }))
  const { warnings } = reference
  const phoneTree = warnings?.phoneTree.map((row) => ({ ...row, phone: phones.get(row.code) ?? row.phone }))
  return {
    ...reference,
    departments,
    ...(warnings && phoneTree ? { warnings: { ...warnings, phoneTree } } : {}),
  }
}

export const currentVersion = async (queries: Queries): Promise<number> => {
  const [row] = await queries.rows<{ version: number }>('select max(version) as version from reference')
  return row?.version ?? 0
}

/** What the policy in force says of it; see contract/reference.ts. */
export const keptDays = async (queries: Queries): Promise<number | undefined> => {
  const [row] = await queries.rows<{ days: number | null }>(
    `select (body #>> '{policy,keptDays}')::int as days from reference order by version desc limit 1`,
  )
  return row?.days ?? undefined
}

export const currentReference = async (queries: Queries): Promise<Reference> => {
  const [row] = await queries.rows<{ body: unknown }>(
    'select body from reference order by version desc limit 1',
  )
  return Reference.parse(row?.body)
}

/** Replaces the reference data by a document of its own kind; its version is the one after the current. */
export const loadReference = async (
  queries: Queries,
  given: Reference,
  by: string,
  now: number,
): Promise<number> => {
  const version = (await currentVersion(queries)) + 1
  await queries.rows(
    'insert into reference (version, body, loaded_at, loaded_by) values ($1, $2::jsonb, $3, $4)',
    [version, JSON.stringify({ ...given, version }), now, by],
  )
  return version
}

/**
 * [WARN-15] Data from before there were early warnings gets the rules a new centre starts with, and rules from before there
 * were words for no employer those words, as a version of its own.
 */
export const addWarningRules = async (queries: Queries, practice: boolean, now: number): Promise<void> => {
  const current = await currentReference(queries)
  const { warnings: given } = practice ? practiceReference() : startingReference()
  if (given === undefined || current.warnings?.noEmployer !== undefined) return
  const warnings = { ...given, ...current.warnings }
  await loadReference(queries, { ...current, warnings }, 'early warnings', now)
}

/** Codes that one part of the data uses and another part does not have; empty when all fit. */
export const danglingCodes = (reference: Reference): string[] => {
  const has = (rows: readonly { code: string }[]) => new Set(rows.map((row) => row.code))
  const category = has(reference.categories)
  const department = has(reference.departments)
  const limit = has(reference.timeLimits)
  const disposition = has(reference.dispositions)
  const union = has(reference.unions)
  const missing = (where: string, codes: readonly (string | null)[], known: ReadonlySet<string>): string[] =>
    codes.flatMap((code) => (code === null || known.has(code) ? [] : [`${where}: ${code}`]))
  return [
    ...reference.topics.flatMap((topic) => [
      ...missing(`topics.${topic.code}.categories`, topic.categories, category),
      ...missing(`topics.${topic.code}.department`, [topic.department], department),
      ...missing(`topics.${topic.code}.limit`, [topic.limit], limit),
    ]),
    ...reference.unions.flatMap((row) => missing(`unions.${row.code}.parent`, [row.parent], union)),
    ...reference.requiredFields.flatMap((rule, index) => [
      ...missing(`requiredFields.${index}.categories`, rule.categories ?? [], category),
      ...missing(`requiredFields.${index}.dispositions`, rule.dispositions ?? [], disposition),
    ]),
    ...missing('policy.signLimit', [reference.policy.signLimit], limit),
    ...reference.timeLimits.flatMap((row) =>
      (row.workingDays === null) === (row.hours === null)
        ? [`timeLimits.${row.code}: workingDays / hours`]
        : [],
    ),
    ...(reference.warnings === undefined
      ? []
      : WarningLevel.options.flatMap((level) =>
          reference.warnings?.levels.some((row) => row.level === level) ? [] : [`warnings.levels: ${level}`],
        )),
  ]
}
