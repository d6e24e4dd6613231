// What happens when the computer wakes, and how a browser notices; and that a call keeps it awake.
import { describe, expect, test } from 'vitest'
import { watchSleep } from '../../../renderer/adapters/sleepWatch.ts'
import { keepAwake } from '../../../renderer/adapters/wakeLock.ts'
import { wakeUp } from '../../../renderer/session/wakeUp.ts'

const settle = () => new Promise((resolve) => setImmediate(resolve))

test('[F14] [DESK-25] on waking the telephone is asked first, then sound, the live line and sync, each once', () => {
  const done: string[] = []
  const note = (what: string) => () => void done.push(what)
  wakeUp({
    phone: { nudge: note('line'), checkSound: note('sound') },
    feed: { again: note('feed') },
    sync: { hurry: note('send'), pullNow: note('pull') },
  })
  expect(done).toEqual(['line', 'sound', 'feed', 'send', 'pull'])
})

describe('a browser', () => {
  test('[F14] [F57] [DESK-25] eight hours gone at once are sleep, told once; a hidden page whose timers run once a minute is not', () => {
    let now = 1_000_000
    let beat = () => {}
    let woke = 0
    const page = {
      setInterval: (run: () => void) => {
        beat = run
        return 1
      },
      clearInterval: () => {},
    } as unknown as Window
    watchSleep(
      page,
      () => now,
      () => (woke += 1),
    )
    for (const ms of [10_000, 60_000, 61_000, 10_000]) {
      now += ms
      beat()
    }
    expect(woke).toBe(0)
    now += 8 * 3_600_000
    beat()
    now += 10_000
    beat()
    expect(woke).toBe(1)
  })

  test('[DESK-7] is kept awake during a call and not longer, also when the page was hidden meanwhile', async () => {
    const locks: { held: boolean }[] = []
    let changed = () => {}
    const document = {
      visibilityState: 'visible' as DocumentVisibilityState,
      addEventListener: (_type: string, run: () => void) => (changed = run),
    }
    const request = async () => {
      const lock = { held: true, onRelease: () => {} }
      locks.push(lock)
      return {
        release: async () => {
          lock.held = false
        },
        addEventListener: (_type: string, run: () => void) => (lock.onRelease = run),
        lose() {
          lock.held = false
          lock.onRelease()
        },
      }
    }
    const given: Awaited<ReturnType<typeof request>>[] = []
    const navigator = {
      wakeLock: {
        request: async () => {
          const lock = await request()
          given.push(lock)
          return lock
        },
      },
    }
    const awake = keepAwake({ document, navigator } as never)
    awake(true)
    await settle()
    awake(true)
    await settle()
    expect(locks.map(({ held }) => held)).toEqual([true])
    document.visibilityState = 'hidden'
    given[0]?.lose()
    changed()
    await settle()
    expect(locks).toHaveLength(1)
    document.visibilityState = 'visible'
    changed()
    await settle()
    expect(locks.map(({ held }) => held)).toEqual([false, true])
    awake(false)
    await settle()
    expect(locks.map(({ held }) => held)).toEqual([false, false])
    changed()
    await settle()
    expect(locks).toHaveLength(2)
  })
})
