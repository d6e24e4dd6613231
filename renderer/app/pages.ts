// The pages of the window: who may see them, where they stand in the navigation, and when their code is loaded.
// A page exists by having a row here.
import type { LucideIcon } from 'lucide-react'
import {
  BookOpenText,
  ClipboardList,
  FlaskConical,
  HardDrive,
  Headphones,
  History,
  RefreshCw,
  Send,
  Settings,
  Siren,
  UsersRound,
} from 'lucide-react'
import type { ComponentType } from 'react'
import { lazy } from 'react'
import type { HeldSession } from '../../contract/session.ts'
import { OwedBadge } from '../wrapup/OwedBadge.tsx'
import { OutwardBadge } from '../outward/OutwardBadge.tsx'
import { KeepingBadge } from '../keeping/KeepingBadge.tsx'
import { TicketsBadge } from '../tickets/TicketsBadge.tsx'
import { watchers } from '../adapters/warningWatch.ts'
import { WarningsBadge } from '../warnings/WarningsBadge.tsx'
import type { PageName } from './route.ts'

export type Page = {
  readonly name: PageName
  readonly icon: LucideIcon
  /** Below the line at the foot of the navigation. */
  readonly foot?: boolean
  readonly may: (session: HeldSession) => boolean
  /** Asked for at every drawing: another one after a failure. */
  readonly component: () => ComponentType
  /** Loads its code without showing it [PAGE-4]. */
  readonly load: () => Promise<unknown>
  /** How many things wait on this page: draws a NavBadge or nothing. */
  readonly Badge?: ComponentType
}

/** React keeps a failure for good: what could not be loaded gives way to a new attempt [PAGE-6]. */
const page = (load: () => Promise<ComponentType>): Pick<Page, 'component' | 'load'> => {
  const attempt = () =>
    lazy(async () => {
      try {
        return { default: await load() }
      } catch (error) {
        Shown = attempt()
        throw error
      }
    })
  let Shown = attempt()
  return { component: () => Shown, load }
}

/** Has a telephone: works at a seat. */
const atSeat = (session: HeldSession): boolean => session.sip !== null

export const pages: readonly Page[] = [
  {
    name: 'desk',
    icon: Headphones,
    may: atSeat,
    ...page(() => import('../wrapup/DeskPage.tsx').then((m) => m.DeskPage)),
    Badge: OwedBadge,
  },
  {
    name: 'tickets',
    icon: ClipboardList,
    may: ({ account }) => account.role !== 'duty',
    ...page(() => import('../tickets/TicketsPage.tsx').then((m) => m.TicketsPage)),
    Badge: TicketsBadge,
  },
  {
    name: 'warnings',
    icon: Siren,
    may: ({ account }) => watchers.includes(account.role),
    ...page(() => import('../warnings/WarningsPage.tsx').then((m) => m.WarningsPage)),
    Badge: WarningsBadge,
  },
  {
    name: 'knowledge',
    icon: BookOpenText,
    may: () => true,
    ...page(() => import('../knowledge/KnowledgePage.tsx').then((m) => m.KnowledgePage)),
  },
  {
    name: 'records',
    icon: History,
    may: ({ account }) => account.role === 'agent' || account.role === 'lead',
    ...page(() => import('../records/RecordsPage.tsx').then((m) => m.RecordsPage)),
  },
  {
    name: 'wallboard',
    icon: UsersRound,
    may: ({ account }) => account.role === 'lead',
    ...page(() => import('../wallboard/WallboardPage.tsx').then((m) => m.WallboardPage)),
  },
  {
    name: 'outward',
    icon: Send,
    may: ({ account, centre }) => ['lead', 'admin'].includes(account.role) && !centre.practice,
    ...page(() => import('../outward/OutwardPage.tsx').then((m) => m.OutwardPage)),
    Badge: OutwardBadge,
  },
  {
    name: 'keeping',
    icon: HardDrive,
    may: ({ account }) => account.role === 'admin',
    ...page(() => import('../keeping/KeepingPage.tsx').then((m) => m.KeepingPage)),
    Badge: KeepingBadge,
  },
  {
    name: 'practice',
    icon: FlaskConical,
    may: ({ sip }) => sip?.practice ?? false,
    ...page(() => import('../practice/PracticePage.tsx').then((m) => m.PracticePage)),
  },
  {
    name: 'sync',
    icon: RefreshCw,
    foot: true,
    may: atSeat,
    ...page(() => import('../sync/SyncPage.tsx').then((m) => m.SyncPage)),
  },
  {
    name: 'settings',
    icon: Settings,
    foot: true,
    may: () => true,
    ...page(() => import('../settings/SettingsPage.tsx').then((m) => m.SettingsPage)),
  },
]

/** In the order of the navigation; the first is the role's own page. */
export const pagesOf = (session: HeldSession): readonly Page[] => pages.filter((each) => each.may(session))

/**
 * [PAGE-4] Loads the pages a person may open, one after the other, so that each opens with the centre away too. One
 * that cannot be loaded now is loaded when it is opened.
 */
export const loadPages = async (list: readonly Page[]): Promise<void> => {
  for (const each of list) await each.load().catch(() => undefined)
}
