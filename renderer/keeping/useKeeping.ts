// How the centre keeps what it is given, asked of it every half minute while somebody looks.
import { useCallback } from 'react'
import { useNow } from '../app/ticker.ts'
import { useLoaded } from '../sync/useSync.ts'
import { useWorkplace } from '../workplace.ts'

const everyMs = 30_000

export const useKeeping = () => {
  const { centre } = useWorkplace()
  const beat = Math.floor(useNow() / everyMs)
  const load = useCallback(() => centre.call('keeping.read', {}), [centre])
  const [loaded] = useLoaded(load, beat)
  return loaded
}
