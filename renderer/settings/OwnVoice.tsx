// Speak for three seconds, then hear oneself: microphone and ear in one test, without an account or an exchange.
import { Button } from 'antd'
import { Repeat } from 'lucide-react'
import { useState } from 'react'
import type { Settings } from '../../contract/settings.ts'
import type { MicrophoneProblem } from '../adapters/audioDevices.ts'
import { hearOwnVoice } from '../adapters/ownVoice.ts'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { useText } from '../text/catalogue.ts'
import styles from './DeviceCheck.module.css'

/** Below it nobody could have heard anything. */
const HEARD_PEAK = 0.01

type State = 'idle' | 'taking' | 'playing' | 'heard' | 'silent'

type Props = { readonly settings: Settings; readonly onOpened: () => void }

export const OwnVoice = ({ settings, onOpened }: Props) => {
  const t = useText().settings
  const [state, setState] = useState<State>('idle')
  const [problem, setProblem] = useState<MicrophoneProblem | null>(null)
  const busy = state === 'taking' || state === 'playing'
  const listen = async () => {
    setProblem(null)
    setState('taking')
    const heard = await hearOwnVoice(settings, setState)
    setProblem(heard.ok ? null : heard.problem)
    setState(heard.ok ? (heard.peak > HEARD_PEAK ? 'heard' : 'silent') : 'idle')
    if (heard.ok) onOpened()
  }
  return (
    <>
      <div className={styles.under}>
        <Button icon={<Repeat size={15} aria-hidden="true" />} disabled={busy} onClick={() => void listen()}>
          {t.ownVoice}
        </Button>
        <output className={styles.said}>{t.ownVoiceState[state]}</output>
      </div>
      {problem === null ? null : <ErrorNote what={t.microphoneProblem[problem]} urgent />}
    </>
  )
}
