// Twelve keys of a telephone.
import { useText } from '../text/catalogue.ts'
import styles from './DigitKeys.module.css'

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']

type Props = { readonly press: (digit: string) => void; readonly disabled?: readonly string[] }

export const DigitKeys = ({ press, disabled = [] }: Props) => {
  const t = useText().keypad
  return (
    <div className={styles.keys}>
      {digits.map((digit) => (
        <button
          key={digit}
          type="button"
          aria-label={t.digit(digit)}
          disabled={disabled.includes(digit)}
          onClick={() => press(digit)}
        >
          {digit}
        </button>
      ))}
    </div>
  )
}
