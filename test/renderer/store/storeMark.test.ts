// A browser seat that was emptied, and one that was not.
import 'fake-indexeddb/auto'
import { describe, expect, test, vi } from 'vitest'
import { openStore } from '../../../renderer/adapters/database.ts'
import { leaveOldLog } from '../../../renderer/adapters/freshLog.ts'
import { wasEmptied } from '../../../renderer/adapters/storeMark.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { morning } from '../../makers/stamps.ts'
import { value } from '../../suites/openedSeat.ts'

const clock = manualClock(morning)
const storage = () => {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  }
}

describe('a browser seat', () => {
  test('[JRNL-13] is told once that its store was emptied, and neither when it is new nor when all is well', async () => {
    const elsewhere = storage()
    const start = async (name = 'hotline-emptied') => {
      const store = openStore(name, clock)
      const found = await value(wasEmptied(store, elsewhere))
      store.close()
      return found
    }
    expect(await start()).toBe(false)
    expect(await start()).toBe(false)
    indexedDB.deleteDatabase('hotline-emptied')
    expect(await start()).toBe(true)
    expect(await start()).toBe(false)
    // Another person's on the same computer.
    expect(await start('hotline-another')).toBe(false)
  })

  test('[JRNL-13] whose browser keeps nothing else works all the same', async () => {
    const store = openStore('hotline-nothing-else', clock)
    const refuses = () => {
      throw new Error('denied')
    }
    expect(await value(wasEmptied(store, { getItem: refuses, setItem: refuses }))).toBe(false)
    store.close()
  })

  test('[STORE-21] begins its log anew without leaving anything, and a browser that refuses holds nobody up', async () => {
    expect(await leaveOldLog(indexedDB, clock)).toBe(true)
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('fresh-log')
    const broken = {
      open() {
        throw new Error('denied')
      },
    } as unknown as IDBFactory
    expect(await leaveOldLog(broken, clock)).toBe(false)
  })

  test('[STORE-21] a full disk that took nothing stands in no later one’s way', async () => {
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    expect(await leaveOldLog(indexedDB, clock)).toBe(false)
    put.mockRestore()
    expect(await leaveOldLog(indexedDB, clock)).toBe(true)
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('fresh-log')
  })
})
