// What the agent is told about how safe the saved work lies: the gravest thing, in words, for as long as it lasts.
import { describe, expect, test, vi } from 'vitest'
import { done } from '../../../contract/answer.ts'
import type { DiskShown } from '../../../contract/ipc.ts'
import { twoPlaces } from '../../../renderer/adapters/twoPlaces.ts'
import type { Safety } from '../../../renderer/sync/safety.ts'
import { keyStoreWord, safetyWord, watchSafety } from '../../../renderer/sync/safety.ts'
import { texts } from '../../../renderer/text/catalogue.ts'

const t = texts['zh-CN'].safety
const disk = (over: Partial<DiskShown> = {}): DiskShown => ({
  level: 'ok',
  freeBytes: 5e9,
  toFreeBytes: 0,
  copied: false,
  ...over,
})
const safety = (over: Partial<Safety> = {}): Safety => ({
  disk: disk(),
  journal: 'ok',
  inBrowser: false,
  storeIsBehind: false,
  toSeal: 0,
  ...over,
})
const full = disk({ level: 'full', toFreeBytes: 1000 << 20 })

describe('the bar', () => {
  test('[JRNL-8] is not there while all is well, in the desktop and in a browser', () => {
    expect(safetyWord(safety(), t)).toBeNull()
    expect(safetyWord(safety({ journal: 'none' }), t)).toBeNull()
  })

  test('[JRNL-8] [F41] [F42] is red on a full disk and says that calls go on, what is safe, and how much to free', () => {
    expect(safetyWord(safety({ disk: full }), t)).toEqual({
      tone: 'red',
      what: '磁盘满了，电话照常接',
      safe: '存过的都在；新存的写进预留的空间',
      todo: '请清出 1000 MB（删掉不用的文件，清空回收站）',
    })
    expect(safetyWord(safety({ disk: full, storeIsBehind: true }), t)?.safe).toBe(
      '不会丢，能写时自动补存、再上传',
    )
  })

  test('[JRNL-8] is gold while the disk is only low', () => {
    const low = disk({ level: 'low', toFreeBytes: 2.5 * 2 ** 30 })
    expect(safetyWord(safety({ disk: low }), t)).toMatchObject({
      tone: 'gold',
      todo: expect.stringContaining('2.5 GB'),
    })
  })

  test('[JRNL-12] is red while one of the places lacks what the other has', () => {
    expect(safetyWord(safety({ storeIsBehind: true }), t)).toMatchObject({ tone: 'red', what: t.storeHead })
    expect(safetyWord(safety({ journal: 'behind' }), t)).toMatchObject({ tone: 'red', what: t.journalHead })
  })

  test('[DESK-3] [D03] a system without a key store is told what that costs, what is safe and what to do', () => {
    expect(keyStoreWord('keychain', t)).toBeNull()
    expect(keyStoreWord('weak', t)).toEqual({
      tone: 'gold',
      what: '系统钥匙串没开，签入凭据只做了简单保护',
      safe: '来电、登记单另外加密，不受影响',
      todo: '离开请签出；请管理员装好系统钥匙串（gnome-keyring 或 KWallet）',
    })
    expect(keyStoreWord('none', t)).toMatchObject({
      what: '系统钥匙串没开，签入凭据不存在本机',
      todo: '程序重开要再输密码；请管理员开好系统钥匙串',
    })
  })

  test('every sentence is short: forty characters at most', () => {
    for (const text of Object.values(t).filter((each) => typeof each === 'string'))
      expect(text.length).toBeLessThanOrEqual(40)
    expect(t.rebuilt(12, 3)).toBe('本机存储缺了内容，已从第二份日志找回 12 件、3 份草稿')
    expect(t.rebuilt(0, 3)).toBe('本机存储缺了内容，已从第二份日志找回 3 份草稿')
  })
})

describe('the watch', () => {
  test('[JRNL-8] tells what the desktop told, at the start and later, until it is stopped', async () => {
    let change: (shown: DiskShown) => void = () => undefined
    const desk = {
      'disk.read': async () => done(full),
      'disk.changed': (listener: typeof change) => {
        change = listener
        return () => {
          change = () => undefined
        }
      },
    }
    const watch = watchSafety(desk, twoPlaces(null), { hasJournal: false, inBrowser: true })
    const told = vi.fn()
    watch.subscribe(told)
    await vi.waitFor(() => expect(watch.read().disk).toEqual(full))
    change(disk())
    expect(watch.read()).toEqual(safety({ journal: 'none', inBrowser: true }))
    expect(told).toHaveBeenCalledTimes(2)
    watch.stop()
    change(full)
    expect(watch.read().disk.level).toBe('ok')
  })
})
