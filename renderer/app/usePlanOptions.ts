// To whom a work order may be dispatched and within which limits, as a list of choices shows them.
import { useMemo } from 'react'
import { handlingLimits } from '../../core/wrapup/dispatch.ts'
import { useWorkplace } from '../workplace.ts'

type Named = { readonly code: string; readonly zh: string }
/** What is out of use since is chosen anew. */
export const offered = (
  options: readonly { readonly value: string }[],
  code: string | null | undefined,
): string | null => options.find(({ value }) => value === code)?.value ?? null

const optionsOf = (rows: readonly Named[]) => rows.map(({ code, zh }) => ({ value: code, label: zh }))

export const usePlanOptions = () => {
  const { reference } = useWorkplace()
  return useMemo(
    () => ({
      departments: optionsOf(
        reference.departments.filter(({ active }) => active).toSorted((one, other) => one.sort - other.sort),
      ),
      limits: optionsOf(handlingLimits(reference)),
    }),
    [reference],
  )
}
