// The page goes: callers are told at once; but only by the telephone of whoever is signed in.
import { expect, test } from 'vitest'
import { hangUpOnLeave } from '../../../renderer/adapters/phone/pageLeave.ts'

test('[CALL-5] leaving the page hangs up, unless the person has signed out before', () => {
  const page = new EventTarget() as unknown as Window
  let goodbyes = 0
  const disconnect = async (): Promise<void> => void (goodbyes += 1)
  const first = hangUpOnLeave({ disconnect }, page)
  page.dispatchEvent(new Event('pagehide'))
  expect(goodbyes).toBe(1)
  first()
  page.dispatchEvent(new Event('pagehide'))
  expect(goodbyes).toBe(1)
})
