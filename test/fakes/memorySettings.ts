// The settings of a computer in memory, as the desk reads and writes them.
import { done } from '../../contract/answer.ts'
import type { Desk } from '../../contract/ipc.ts'
import { defaultSettings } from '../../contract/settings.ts'

export const memorySettings = (): Pick<Desk, 'settings.read' | 'settings.write'> => {
  let settings = defaultSettings
  return {
    'settings.read': async () => done(settings),
    'settings.write': async (change) => {
      const given = Object.entries(change).filter(([, value]) => value !== undefined)
      settings = { ...settings, ...Object.fromEntries(given) }
      return done(settings)
    },
  }
}
