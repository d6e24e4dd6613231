// [F29] From which day on the PBX's certificate is somebody's business.
import { expect, test } from 'vitest'
import { certificateState } from '../../../core/softphone/certificate.ts'
import { morning } from '../../makers/stamps.ts'

const DAY = 86_400_000
const until = (ms: number) => certificateState({ trouble: null, expiresAt: morning + ms }, morning)

test('[F29] [PHONE-40] a warning from two weeks before the end, refused from the end on', () => {
  expect(until(15 * DAY)).toEqual({ is: 'fine' })
  expect(until(14 * DAY)).toEqual({ is: 'expiring', days: 14 })
  expect(until(DAY / 2)).toEqual({ is: 'expiring', days: 0 })
  expect(until(0)).toEqual({ is: 'refused', why: 'expired' })
  expect(until(-DAY)).toEqual({ is: 'refused', why: 'expired' })
})

test('[F29] what the centre saw goes before the date; nothing known, nothing said', () => {
  expect(certificateState({ trouble: 'untrusted', expiresAt: morning + 90 * DAY }, morning)).toEqual({
    is: 'refused',
    why: 'untrusted',
  })
  expect(certificateState({ trouble: null, expiresAt: null }, morning)).toEqual({ is: 'fine' })
  expect(certificateState(null, morning)).toEqual({ is: 'fine' })
})
