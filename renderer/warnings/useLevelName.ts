// What a level is called, in the language of the screen: 红色, 橙色 … as the reference data has it.
import { useCallback } from 'react'
import type { WarningLevel } from '../../contract/warnings.ts'
import { levelRow } from '../../core/warnings/levels.ts'
import { useWorkplace } from '../workplace.ts'

export const useLevelName = (): ((level: WarningLevel) => string) => {
  const { reference, settings } = useWorkplace()
  const rules = reference.warnings
  const en = settings.language === 'en'
  return useCallback(
    (level) => {
      const row = rules ? levelRow(level, rules) : null
      return (en ? row?.en : row?.zh) ?? level
    },
    [rules, en],
  )
}
