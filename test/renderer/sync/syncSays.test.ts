// The one line of the sync page.
import { expect, test } from 'vitest'
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
