// What is so, word by word: the word left, its value right.
import styles from './WordList.module.css'

export const WordList = ({
  rows,
}: {
  readonly rows: readonly (readonly [word: string, value: string])[]
}) => (
  <dl className={styles.list}>
    {rows.map(([word, value]) => (
      <div key={word}>
        <dt>{word}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)
