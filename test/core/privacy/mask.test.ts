// What a mask leaves of a number and of a name.
import { expect, test } from 'vitest'
import { maskName, maskNumber } from '../../../core/privacy/mask.ts'

test('[BAR-7] a number keeps its ends, a short one stays', () => {
  expect(['13800008000', '02363123456', '6312345', '12333', ''].map(maskNumber)).toEqual([
    '138****8000',
    '023****3456',
    '*****45',
    '12333',
    '',
  ])
})

test('[DESK-17] a name keeps how one is addressed and tells no more', () => {
  expect(['王建平', '欧阳', '李', '', '𠮷田茂', '阿卜杜拉·买买提'].map(maskName)).toEqual([
    '王**',
    '欧*',
    '李',
    '',
    '𠮷**',
    '阿****',
  ])
})
