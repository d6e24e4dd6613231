// [CALL-26] [CALL-27] The light that tells whether the PBX records, and the button that pauses it while private data are said. It shows what
// the PBX has confirmed, never what was only asked for.
import { Circle, CirclePause } from 'lucide-react'
import { commands } from '../../core/commands.ts'
import { pausedMs, type Recording } from '../../core/softphone/recording.ts'
import { phoneIsUp } from '../../core/workstation.ts'
import { useTick } from '../app/ticker.ts'
import { ariaKeys, useKeys } from '../app/useKeys.ts'
import { KeyCap } from '../kit/KeyCap.tsx'
import { span } from '../kit/time.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import keyStyles from './Controls.module.css'
import styles from './RecordingLight.module.css'

type Props = { readonly recording: Recording }

export const RecordingLight = ({ recording }: Props) => {
  const t = useText().softphone
  const keys = useKeys()
  const { runCommand } = useWorkplace()
  const may = useWorkstation(commands.record.may)
  const isUp = useWorkstation(phoneIsUp)
  const tick = useTick()
  const paused = recording.is === 'paused'
  const note = paused ? t.pausedNote : t.recordingNote
  const light = (
    <span className={`${keyStyles.word} ${paused ? styles.paused : styles.on}`}>
      {paused ? (
        <CirclePause size={15} aria-hidden="true" />
      ) : (
        <Circle size={11} fill="currentColor" aria-hidden="true" />
      )}
      {paused ? t.recordingPaused(span(pausedMs(recording, tick))) : t.recording}
    </span>
  )
  // Said by itself when it changes: who looks at the form must know whether what is said now is recorded.
  const said = <output className="unseen">{note}</output>
  if (!recording.mayPause)
    return (
      <span className={styles.light} title={note}>
        {light}
        {said}
      </span>
    )
  return (
    <span className={keyStyles.place}>
      <button
        type="button"
        className={`${keyStyles.key} ${paused ? keyStyles.on : ''} ${styles.key}`}
        data-other={paused ? t.recording : t.recordingPaused(span(0))}
        disabled={!may}
        title={isUp ? note : t.recordingNoLine}
        aria-keyshortcuts={ariaKeys(keys.record)}
        onClick={() => runCommand('record')}
      >
        {light}
        <span className="unseen">{paused ? t.resumeRecording : t.pauseRecording}</span>
        <KeyCap keys={keys.record} />
      </button>
      {said}
    </span>
  )
}
