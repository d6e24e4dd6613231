// The headset whose buttons answer and mute: connect it, see which it is, turn it off or forget it.
import { Headphones } from 'lucide-react'
import { Button, Switch } from 'antd'
import { useSyncExternalStore } from 'react'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './HeadsetButtons.module.css'

type Props = { readonly wanted: boolean; readonly onWanted: (on: boolean) => void }

export const HeadsetButtons = ({ wanted, onWanted }: Props) => {
  const t = useText().headset
  const { headset } = useWorkplace()
  const state = useSyncExternalStore(headset.subscribe, headset.state)
  const connected = state.is === 'connected'
  return (
    <section className={styles.headset} aria-label={t.title}>
      <span className={styles.label}>{t.title}</span>
      <div className={styles.body}>
        {state.is === 'unsupported' ? null : (
          <div className={styles.row}>
            <Switch checked={wanted} aria-label={t.use} onChange={onWanted} />
            {wanted ? (
              <Button
                icon={<Headphones size={15} aria-hidden="true" />}
                onClick={() => void headset.choose()}
              >
                {connected ? t.other : t.choose}
              </Button>
            ) : null}
            {connected ? (
              <Button type="text" onClick={() => void headset.forget()}>
                {t.forget}
              </Button>
            ) : null}
          </div>
        )}
        <output className={state.is === 'failed' ? styles.problem : styles.note}>
          {state.is === 'failed' ? (
            t.failed[state.why](state.name)
          ) : (
            <>
              {connected ? <b>{t.connected(state.name)}</b> : null}
              <span>{t.note[state.is]}</span>
            </>
          )}
        </output>
      </div>
    </section>
  )
}
