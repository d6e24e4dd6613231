// After-call work counts while it is done and not while a draft lies.
import { expect, test } from 'vitest'
import { afterCall, afterCallMs, countAfterCall } from '../../../core/wrapup/afterCall.ts'

test('[WRAP-12] after-call work counts only while the form is in front and the call is over', () => {
  let count = afterCall(2_000)
  expect(afterCallMs(count, 90_000)).toBe(2_000)
  count = countAfterCall(count, true, 100_000)
  count = countAfterCall(count, true, 103_000)
  expect(afterCallMs(count, 110_000)).toBe(12_000)
  count = countAfterCall(count, false, 110_000)
  expect(afterCallMs(count, 900_000)).toBe(12_000)
  count = countAfterCall(count, true, 900_000)
  expect(afterCallMs(count, 901_500)).toBe(13_500)
})
