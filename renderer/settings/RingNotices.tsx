// Only in a browser: whether the system may say that it rings while another window is in front.
import { Button } from 'antd'
import { useState } from 'react'
import { askForNotices, noticeState } from '../adapters/browserNotice.ts'
import { useText } from '../text/catalogue.ts'
import styles from './HeadsetButtons.module.css'

export const RingNotices = () => {
  const t = useText().ringWindow
  const [state, setState] = useState(() => noticeState(window))
  if (window.desk) return null
  return (
    <section className={styles.headset} aria-label={t.notices}>
      <span className={styles.label}>{t.notices}</span>
      <div className={styles.body}>
        {state === 'ask' ? (
          <div className={styles.row}>
            <Button onClick={() => void askForNotices(window).then(setState)}>{t.allow}</Button>
          </div>
        ) : null}
        <output className={state === 'denied' ? styles.problem : styles.note}>{t.noticeState[state]}</output>
      </div>
    </section>
  )
}
