// The page goes: callers are told at once; but only by the telephone of whoever is signed in.
import { expect, test } from 'vitest'
import { hangUpOnLeave } from '../../../renderer/adapters/phone/pageLeave.ts'

test('[CALL-5] leaving the page hangs up, unless the person has signed out before', () => {
  const page = new EventTarget() as unknown as Window
  let goodbyes = 0
  const disconnect = async (): Promise<void> => void (goodbyes += 1)
  const listeners: unknown[] = []
  const listen = (listener: unknown): void => void listeners.push(listener)
  const first = hangUpOnLeave({ disconnect, listen }, page)
  page.dispatchEvent(new Event('pagehide'))
  expect(goodbyes).toBe(1)
  // What the telephone says from now on is nobody's doing: the desk no longer hears it.
  expect(listeners).toHaveLength(1)
  first()
  page.dispatchEvent(new Event('pagehide'))
  expect(goodbyes).toBe(1)
})
