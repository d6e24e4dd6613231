// A command prefix that ends a child together with the process that started it, so that a test run cut short
// leaves no PBX and no caller behind. Empty where the system has no such thing.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export const onPath = (name: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((dir) => existsSync(join(dir, name)))

export const leash = (): string[] => (onPath('setpriv') ? ['setpriv', '--pdeathsig', 'KILL'] : [])
