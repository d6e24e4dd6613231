// What the centre owes the world outside, asked of it every ten seconds while somebody looks.
import { useCallback } from 'react'
import type { ApiOutput } from '../../contract/api.ts'
import { useNow } from '../app/ticker.ts'
import { useLoaded } from '../sync/useSync.ts'
import { useWorkplace } from '../workplace.ts'

export type Outward = ApiOutput<'outward.list'>

export const useOutward = (limit: number, everyMs: number) => {
  const { centre } = useWorkplace()
  const beat = Math.floor(useNow() / everyMs)
  const load = useCallback(() => centre.call('outward.list', { limit }), [centre, limit])
  return useLoaded(load, beat)
}
