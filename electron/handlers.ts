// What each row of contract/ipc.ts does. Input has been checked by desk.ts; here stand the meanings.
import { app, type BrowserWindow } from 'electron'
import { done, failed } from '../contract/answer.ts'
import type { IpcHandlers, IpcInput, IpcOutput } from '../contract/ipc.ts'
import type { SeatState } from './closing.ts'
import { mayBeCentre, type Centre } from './centre.ts'
import { saveDiagnostics } from './diagnostics.ts'
import type { DiskWatch } from './diskWatch.ts'
import { openLink } from './externalLinks.ts'
import type { Hotkeys } from './hotkeys.ts'
import type { Journal } from './journal.ts'
import { isSecretName, type Secrets } from './secrets.ts'
import type { SettingsFile } from './settings.ts'
import { words } from './words.ts'

export type Parts = {
  readonly settings: SettingsFile
  readonly secrets: Secrets
  readonly centre: Centre
  readonly journal: Journal
  readonly disk: Pick<DiskWatch, 'read'>
  readonly hotkeys: Pick<Hotkeys, 'taken'>
  /** What runs the page, for 关于. */
  readonly runtime: () => string
  /** Whose question the save dialog is. */
  readonly window: () => BrowserWindow
  readonly raise: () => void
  readonly showState: (state: SeatState) => void
  readonly ring: () => IpcOutput<'ring.read'>
  readonly pressInRing: (press: IpcInput<'ring.press'>['press']) => void
  /** The centre's address was changed; the page must be loaded anew with another CSP. */
  readonly centreMoved: () => void
}

export function makeHandlers(parts: Parts): IpcHandlers {
  return {
    'centre.find': () => parts.centre.find(),
    'centre.certificate': async () => done(await parts.centre.certificate()),
    'settings.read': async () => done(parts.settings.read()),
    'settings.write': async (part) => {
      if (part.centre !== undefined && !mayBeCentre(part.centre)) {
        return failed('bad_input', words.problem.centreNotHttps, { field: 'centre' })
      }
      const before = parts.settings.read().centre
      const settings = parts.settings.write(part)
      if (settings.centre !== before) parts.centreMoved()
      return done(settings)
    },
    'secrets.keep': async ({ name, secret }) =>
      isSecretName(name)
        ? done({ strength: await parts.secrets.keep(name, secret) })
        : failed('bad_input', words.problem.secretName, { field: 'name' }),
    'secrets.recall': async ({ name }) => done(isSecretName(name) ? await parts.secrets.recall(name) : null),
    'secrets.forget': async ({ name }) => {
      if (isSecretName(name)) parts.secrets.forget(name)
      return done(null)
    },
    'about.read': async () =>
      done({
        version: app.getVersion(),
        runtime: parts.runtime(),
        secrets: await parts.secrets.strength(),
      }),
    'diagnostics.save': ({ name, text }) => saveDiagnostics(parts.window(), name, text),
    'journal.append': (input) => parts.journal.append(input),
    'journal.read': (input) => parts.journal.read(input),
    'disk.read': async () => done(parts.disk.read()),
    'hotkeys.read': async () => done({ commands: [...parts.hotkeys.taken()] }),
    'window.showState': async (state) => {
      parts.showState(state)
      return done(null)
    },
    'ring.read': async () => done(parts.ring()),
    'ring.press': async ({ press }) => {
      parts.pressInRing(press)
      return done(null)
    },
    'window.raise': async () => {
      parts.raise()
      return done(null)
    },
    'link.open': ({ url }) => openLink(url, parts.settings.read().centre),
  }
}
