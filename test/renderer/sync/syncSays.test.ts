// The one line of the sync page.
import { expect, test } from 'vitest'
import { badgeWord } from '../../../renderer/sync/SyncBadge.tsx'
import { syncSays } from '../../../renderer/sync/syncSays.ts'
import { texts } from '../../../renderer/text/catalogue.ts'
import { morning } from '../../makers/stamps.ts'

const text = texts['zh-CN']
const facts = {
  badge: 'synced',
  troubleSince: null,
  storeIsBehind: false,
  files: 0,
  practice: false,
} as const

test('[SYNC-14] says that all is at the centre only when it is: not of attachments, not in practice, not while the store lacks something', () => {
  expect(syncSays(facts, text)).toBe('本机的都已到中心')
  expect(syncSays({ ...facts, files: 2 }, text)).toBe(text.sync.onlyFiles(2))
  expect(syncSays({ ...facts, practice: true }, text)).toBe(text.sync.practiceSynced)
  for (const badge of ['synced', 'waiting', 'starting'] as const)
    expect(syncSays({ ...facts, badge, storeIsBehind: true }, text)).toBe('有的内容暂时只在第二份日志里')
})

test('[SYNC-14] what is graver is said first: the centre is away, or refuses something', () => {
  const behind = { ...facts, storeIsBehind: true }
  expect(syncSays({ ...behind, badge: 'offline', troubleSince: morning }, text)).toMatch(/^离线/)
  expect(syncSays({ ...behind, badge: 'refused' }, text)).toBe(text.sync.says.refused)
})

test('[SYNC-14] [ATTACH-8] the badge does not say synced before the last attachment is at the centre', () => {
  const word = (badge: 'synced' | 'waiting', files: number) =>
    badgeWord(text.syncBadge, { badge, waiting: 1, refused: 0, troubleSince: null }, files, morning)
  expect(word('synced', 2)).toBe('附件待上传 2')
  expect(word('waiting', 2)).toBe('待上传 1')
  expect(word('synced', 0)).toBe('已同步')
})
