// How many attachments of one person wait on this computer: they go from here only, so an export says that they are not in it.
import { Dexie } from 'dexie'
import { attachmentStore } from '../../contract/journal.ts'

export const unsentFiles = async (store: string): Promise<number> => {
  const name = attachmentStore(store)
  const dexie = new Dexie(name)
  try {
    if (!(await Dexie.exists(name))) return 0
    await dexie.open()
    return await dexie.table('heads').where('state').notEqual('sent').count()
  } catch {
    return 0
  } finally {
    dexie.close()
  }
}
