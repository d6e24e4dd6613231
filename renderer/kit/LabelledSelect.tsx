// Ant Design's Select names its options by their value, so screen readers hear codes. Here the label is the
// value inside, and codes go in and out. Works as a controlled field and inside Form.Item.
// Not virtual: a windowed list tells screen readers three options at a time; ours are short.
import { Select } from 'antd'
import type { SelectProps } from 'antd'
import { useMemo, type KeyboardEvent } from 'react'

export type Labelled = { readonly value: string; readonly label: string; readonly disabled?: boolean }

type Passed<V> = Omit<SelectProps<V>, 'options' | 'value' | 'onChange' | 'mode' | 'defaultValue'>
type Props = Passed<string> & {
  readonly options: readonly Labelled[]
  readonly value?: string | null
  readonly onChange?: (value: string | null) => void
}
type ManyProps = Passed<string[]> & {
  readonly options: readonly Labelled[]
  readonly value?: readonly string[]
  readonly onChange?: (value: string[]) => void
}

/** Two options with one label stay apart by their code. */
const named = (options: readonly Labelled[]) => {
  const seen = new Map<string, number>()
  for (const { label } of options) seen.set(label, (seen.get(label) ?? 0) + 1)
  return options.map((option) => ({
    code: option.value,
    label: (seen.get(option.label) ?? 0) > 1 ? `${option.label} ${option.value}` : option.label,
    disabled: option.disabled ?? false,
  }))
}

const useNamed = (options: readonly Labelled[]) =>
  useMemo(() => {
    const list = named(options)
    return {
      shown: list.map(({ label, disabled }) => ({ value: label, label, disabled })),
      labelOf: new Map(list.map((each) => [each.code, each.label])),
      codeOf: new Map(list.map((each) => [each.label, each.code])),
    }
  }, [options])

export const LabelledSelect = ({ options, value, onChange, ...passed }: Props) => {
  const { shown, labelOf, codeOf } = useNamed(options)
  const label = value === null || value === undefined ? null : (labelOf.get(value) ?? value)
  return (
    <Select<string>
      virtual={false}
      {...passed}
      options={shown}
      value={label}
      // Cleared: Ant Design says undefined.
      onChange={(next: string | undefined) =>
        onChange?.(next === undefined ? null : (codeOf.get(next) ?? next))
      }
    />
  )
}

/**
 * [SCREEN-8] The list stays open for the next choice, and Ant Design would have Tab take whatever is on top of it. Only
 * somebody who has typed for one has chosen it.
 */
const leaveWithTab = (event: KeyboardEvent<HTMLInputElement>): void => {
  if (event.key === 'Tab' && event.currentTarget.value === '') event.stopPropagation()
}

/** Several codes at once. */
export const LabelledSelects = ({ options, value = [], onChange, ...passed }: ManyProps) => {
  const { shown, labelOf, codeOf } = useNamed(options)
  return (
    <Select<string[]>
      virtual={false}
      onInputKeyDown={leaveWithTab}
      {...passed}
      mode="multiple"
      options={shown}
      value={value.map((code) => labelOf.get(code) ?? code)}
      onChange={(next: string[]) => onChange?.(next.map((label) => codeOf.get(label) ?? label))}
    />
  )
}
