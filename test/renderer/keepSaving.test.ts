// A disk that does not take a call's record: said, tried again, never given up.
import { expect, test } from 'vitest'
import type { Answer } from '../../contract/answer.ts'
import { done, failed } from '../../contract/answer.ts'
import { keepSaving } from '../../renderer/keepSaving.ts'
import { texts } from '../../renderer/text/catalogue.ts'
import { manualClock } from '../fakes/manualClock.ts'
import { calm, pass } from '../fakes/pass.ts'
import { morning } from '../makers/stamps.ts'

const full = failed('failed', '本机磁盘已满，内容未保存')

const aDisk = (takes: (what: string) => Answer<null>) => {
  const clock = manualClock(morning)
  const tried: string[] = []
  const told: string[] = []
  const saver = keepSaving({
    clock,
    notices: { tell: (text) => void told.push(text) },
    text: () => texts['zh-CN'],
  })
  const save = (what: string, final: boolean, about = 'call 1') =>
    saver.save({
      about,
      final,
      run: async () => {
        tried.push(what)
        return takes(what)
      },
    })
  return { clock, tried, told, saver, save }
}

test('[F41] [CALL-12] a call that ended on a full disk is saved when there is room again, and the agent hears both', async () => {
  let room = false
  const disk = aDisk(() => (room ? done(null) : full))
  disk.save('end', true)
  let saved = false
  void disk.saver.allSaved().then(() => (saved = true))
  await pass(disk.clock, 300_000)
  expect(disk.told).toContain('本机磁盘已满，内容未保存')
  expect(saved).toBe(false)
  const before = disk.tried.length
  room = true
  await pass(disk.clock, 30_000)
  expect(disk.tried.length).toBe(before + 1)
  expect(disk.told.at(-1)).toBe(texts['zh-CN'].app.told.savedLate)
  expect(saved).toBe(true)
  await pass(disk.clock, 300_000)
  expect(disk.tried.length).toBe(before + 1)
})

test('[CALL-12] a repeated journal entry never comes after a newer one, nor after the end of its call', async () => {
  const disk = aDisk((what) => (what === 'end' ? done(null) : full))
  disk.save('ring', false)
  await calm()
  disk.save('connected', false)
  await calm()
  disk.save('end', true)
  disk.save('late', false)
  await pass(disk.clock, 60_000)
  expect(disk.tried).toEqual(['ring', 'connected', 'end'])
  await disk.saver.allSaved()
})

test('[CALL-12] one call waiting for the disk holds up no other; what is too large is said and not repeated', async () => {
  const disk = aDisk((what) => (what === 'huge' ? failed('too_large', '内容过长') : done(null)))
  disk.save('huge', true)
  disk.save('end', true, 'call 2')
  await disk.saver.allSaved()
  await pass(disk.clock, 60_000)
  expect(disk.tried).toEqual(['huge', 'end'])
  expect(disk.told).toEqual(['内容过长'])
})
