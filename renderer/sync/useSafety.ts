// How safe what is saved lies, for a screen.
import { useSyncExternalStore } from 'react'
import { useWorkplace } from '../workplace.ts'
import type { Safety } from './safety.ts'

export const useSafety = (): Safety => {
  const { safety } = useWorkplace()
  return useSyncExternalStore(safety.subscribe, safety.read)
}
