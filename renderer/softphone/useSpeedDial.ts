// The list of numbers one need not know, as a panel of the bar shows it.
import { useMemo, useState } from 'react'
import type { SpeedNumber } from '../../core/softphone/speedDial.ts'
import { findSpeedNumbers, speedNumbers } from '../../core/softphone/speedDial.ts'
import { keptFavourites } from '../adapters/favourites.ts'
import { useWorkplace } from '../workplace.ts'

export type SpeedDial = {
  readonly all: readonly SpeedNumber[]
  readonly favourites: readonly string[]
  find(typed: string): readonly SpeedNumber[]
  toggle(code: string): void
}

export const useSpeedDial = (): SpeedDial => {
  const { reference, account } = useWorkplace()
  const [kept] = useState(() => keptFavourites(window.localStorage, account.id))
  const [favourites, setFavourites] = useState(() => kept.read())
  const all = useMemo(() => speedNumbers(reference), [reference])
  return {
    all,
    favourites,
    find: (typed) => findSpeedNumbers(all, typed, favourites),
    toggle: (code) => setFavourites(kept.toggle(code)),
  }
}
