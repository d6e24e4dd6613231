// 困难帮扶测算: one number in, a sum out, and under it what it rests on and that the department decides [KNOW-6].
import { InputNumber } from 'antd'
import { useId, useState } from 'react'
import type { Article } from '../../contract/knowledge.ts'
import { estimated } from '../../core/knowledge/estimate.ts'
import { useText } from '../text/catalogue.ts'
import styles from './ArticleView.module.css'

const money = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 2 })

export const Estimator = ({ article }: { readonly article: Article }) => {
  const { knowledge } = useText()
  const [given, setGiven] = useState<number | null>(null)
  const id = useId()
  const { estimate } = article
  if (estimate === null) return null
  const result = given === null ? null : estimated(estimate, given)
  const isMoney = estimate.how === 'share'
  return (
    <section className={styles.estimate} aria-label={knowledge.estimate}>
      <h3>{knowledge.estimate}</h3>
      <p className={styles.reckon}>
        <label htmlFor={id}>{estimate.of}</label>
        <InputNumber
          id={id}
          className={styles.number ?? ''}
          value={given}
          min={0}
          max={10_000_000}
          precision={isMoney ? 2 : 0}
          controls={false}
          {...(isMoney ? { suffix: knowledge.yuan } : {})}
          onChange={(next) => setGiven(typeof next === 'number' ? next : null)}
        />
        <output htmlFor={id} className={styles.sum}>
          {result === null ? '' : knowledge.about(money.format(result.sum))}
          {result?.capped ? <span className={styles.capped}>·{knowledge.capped}</span> : null}
        </output>
      </p>
      <p className={styles.decides}>
        {knowledge.rest(article.basis)}·{knowledge.decides}
      </p>
    </section>
  )
}
