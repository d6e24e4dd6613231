// Rings the exchange's echo number: what one says comes back. Shows in the bar like any internal call.
import { Button } from 'antd'
import { AudioLines } from 'lucide-react'
import { mayDial } from '../../core/commands.ts'
import { liveCalls, phoneIsUp } from '../../core/workstation.ts'
import { useKeys } from '../app/useKeys.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import styles from './EchoTest.module.css'

export const EchoTest = () => {
  const t = useText().settings
  const { session, store, stamp, newCallId } = useWorkplace()
  const may = useWorkstation(mayDial)
  const busy = useWorkstation((state) => liveCalls(state).length > 0)
  const up = useWorkstation(phoneIsUp)
  const number = session.sip?.echoNumber ?? null
  // [AUDIO-10]
  const runs = useWorkstation((state) => liveCalls(state).some((call) => call.number === number))
  const keys = useKeys()
  const why = !up
    ? t.echoWhy.noTelephone
    : number === null
      ? t.echoWhy.noNumber
      : busy
        ? t.echoWhy.lineBusy
        : null
  return (
    <div className={styles.test}>
      <Button
        icon={<AudioLines size={15} aria-hidden="true" />}
        disabled={why !== null || !may}
        onClick={() =>
          number !== null &&
          store.dispatch({ type: 'dialPressed', callId: newCallId(), number, internal: true, ...stamp() })
        }
      >
        {t.echo}
      </Button>
      <output>{runs ? t.echoRuns(keys.hangUp) : (why ?? t.echoNote)}</output>
    </div>
  )
}
