// How loud the microphone hears: sixteen cells and a word, on demand. Says so after five silent seconds.
import { Button } from 'antd'
import { Mic, Square } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { MicrophoneProblem } from '../adapters/audioDevices.ts'
import { openMeter } from '../adapters/audioDevices.ts'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { useText } from '../text/catalogue.ts'
import styles from './LevelMeter.module.css'

type Props = {
  readonly device: string | null
  /** Names of devices are known once the microphone was allowed. */
  readonly onOpened: () => void
}

const cells = 16
/** 5 s at twelve readings a second. */
const silentReadings = 60
const heard = 0.3
const silence = { level: 0, quiet: 0 }

type Word = 'silent' | 'low' | 'good' | 'loud' | 'off'

const wordOf = (level: number, quiet: number): Word => {
  if (quiet >= silentReadings) return 'silent'
  if (level > 0.92) return 'loud'
  return level > 0.5 ? 'good' : 'low'
}

export const LevelMeter = ({ device, onOpened }: Props) => {
  const t = useText().settings
  const [on, setOn] = useState(false)
  const [{ level, quiet }, setReading] = useState(silence)
  const [problem, setProblem] = useState<MicrophoneProblem | null>(null)

  useEffect(() => {
    if (!on) return undefined
    let stop = () => {}
    let over = false
    const listen = async () => {
      const meter = await openMeter(device, (now) => {
        // Falls slowly, so that a word's loudness can be read.
        setReading((last) => ({
          level: Math.max(now, last.level * 0.9),
          quiet: now < heard ? last.quiet + 1 : 0,
        }))
      })
      if (!meter.ok) {
        setProblem(meter.problem)
        setOn(false)
      } else if (over) meter.stop()
      else {
        stop = meter.stop
        onOpened()
      }
    }
    void listen()
    return () => {
      over = true
      stop()
      setReading(silence)
    }
  }, [on, device, onOpened])

  const word: Word = on ? wordOf(level, quiet) : 'off'
  const filled = Math.round(level * cells)
  return (
    <>
      <div className={styles.meter}>
        <Button
          icon={on ? <Square size={14} aria-hidden="true" /> : <Mic size={15} aria-hidden="true" />}
          onClick={() => {
            setProblem(null)
            setOn((now) => !now)
          }}
        >
          {on ? t.closeMeter : t.openMeter}
        </Button>
        <meter className="unseen" aria-label={t.level} max={100} value={Math.round(level * 100)} />
        <span className={styles.cells} aria-hidden="true">
          {Array.from({ length: cells }, (_, cell) => (
            <i key={cell} className={cell < filled ? styles.full : ''} />
          ))}
        </span>
        <span className={`${styles.word} ${word === 'good' ? styles.good : ''}`}>{t.levelWord[word]}</span>
      </div>
      {problem === null ? null : <ErrorNote what={t.microphoneProblem[problem]} urgent />}
    </>
  )
}
