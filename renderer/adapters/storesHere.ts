// [HAND-4] Whose stores there are on this computer: those of its database, and those noted among its settings, for a database
// that was emptied does not say whose second journals lie beside it. What they are named after stands in no journal.
import { Dexie } from 'dexie'
import { AccountId } from '../../contract/ids.ts'
import type { Desk } from '../../contract/ipc.ts'
import { storeName } from '../../contract/journal.ts'
import { mostStoresNoted } from '../../contract/settings.ts'

/** Of somebody who worked here. */
export type StoreHere = { readonly owner: AccountId; readonly name: string }
type Notes = Pick<Desk, 'settings.read' | 'settings.write'>

const noted = async (notes: Notes): Promise<readonly string[]> => {
  const settings = await notes['settings.read'](null)
  return settings.ok ? settings.value.stores : []
}

/** Who else worked here for this centre. Everybody is noted, whoever asks too. */
export const othersHere = async (
  centreId: string,
  account: AccountId,
  notes: Notes,
): Promise<readonly StoreHere[]> => {
  const [known, found] = await Promise.all([
    noted(notes),
    // A browser whose database is broken does not say.
    Dexie.getDatabaseNames().catch(() => []),
  ])
  const first = storeName(centreId, '')
  const isStore = (name: string): boolean => name.startsWith(first) && !name.endsWith('-attachments')
  const names = found.filter(isStore)
  const fresh = names.filter((name) => !known.includes(name))
  if (fresh.length > 0)
    await notes['settings.write']({ stores: [...known, ...fresh].slice(-mostStoresNoted) })
  return [...new Set([...names, ...known.filter(isStore)])].toSorted().flatMap((name) => {
    const { data: owner } = AccountId.safeParse(name.slice(first.length))
    return owner && owner !== account ? [{ owner, name }] : []
  })
}
