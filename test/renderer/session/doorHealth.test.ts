// What the door makes of the centre's answer. How it comes and goes on screen: test/e2e/offlinePage.spec.ts.
import { expect, test } from 'vitest'
import { failed, type ProblemCode } from '../../../contract/answer.ts'
import { AccountId } from '../../../contract/ids.ts'
import { doorHealthOf, isForWantOfCentre } from '../../../renderer/session/useDoorHealth.ts'

const said = (code: ProblemCode) => failed(code, '说明')

test.each(['unreachable', 'busy', 'failed'] as const)(
  '[SESSION-20] a centre that does not answer, or not yet (%s), is away: signing in goes without it',
  (code) => expect(doorHealthOf(said(code))).toEqual({ away: true, practice: false, refusal: null }),
)

test.each(['not_ours', 'too_old'] as const)(
  '[SESSION-20] [DESK-27] who answers but lets nobody in (%s) is not called away; the door says why',
  (code) =>
    expect(doorHealthOf(said(code))).toEqual({
      away: false,
      practice: false,
      refusal: { code, text: '说明' },
    }),
)

test('[SESSION-20] what was said for want of the centre is told from what it said itself', () => {
  const closed = { account: AccountId.parse('1001'), centre: 'centre-1' }
  for (const code of ['unreachable', 'busy', 'not_ours', 'not_found', 'not_signed_in'] as const)
    expect(isForWantOfCentre({ code, text: '说明' }), code).toBe(true)
  for (const code of ['wrong_password', 'locked', 'forbidden', 'too_old', 'conflict', 'failed'] as const)
    expect(isForWantOfCentre({ code, text: '说明' }), code).toBe(false)
  expect(isForWantOfCentre({ code: 'not_signed_in', text: '账号已停用', closed })).toBe(false)
})
