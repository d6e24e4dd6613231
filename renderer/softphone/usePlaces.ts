// The area codes of the reference data, for screens that show where a number is from.
import { useMemo } from 'react'
import type { Places } from '../../core/softphone/place.ts'
import { placesOf } from '../../core/softphone/place.ts'
import { useWorkplace } from '../workplace.ts'

export const usePlaces = (): Places => {
  const { reference } = useWorkplace()
  return useMemo(() => placesOf(reference), [reference])
}
