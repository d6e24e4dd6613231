// The warning rules a new centre starts with.
import type { WarningRules } from '../../contract/warnings.ts'
import { startingReference } from '../../server/reference.ts'

const given = startingReference().warnings
if (!given) throw new Error('a new centre starts without warning rules')
export const theWarningRules: WarningRules = given
