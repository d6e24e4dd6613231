// How each kind of call rings: tone and loudness, each to be heard before it is chosen.
import { Button, Slider } from 'antd'
import { Volume2 } from 'lucide-react'
import { useEffect, useId, useMemo, useState } from 'react'
import type { Settings } from '../../contract/settings.ts'
import { RingKind, RingTone } from '../../contract/settings.ts'
import { createRinger } from '../adapters/ringer.ts'
import { LabelledSelect } from '../kit/LabelledSelect.tsx'
import { useText } from '../text/catalogue.ts'
import styles from './RingChoices.module.css'

const testRingMs = 3000

type Props = {
  readonly settings: Settings
  readonly onChange: (change: Partial<Settings>) => void
}

export const RingChoices = ({ settings, onChange }: Props) => {
  const t = useText().settings
  const [rings, setRings] = useState<RingKind | null>(null)
  const ringer = useMemo(() => createRinger(() => settings), [settings])
  useEffect(() => {
    if (rings === null) return undefined
    ringer.start(rings)
    const timer = setTimeout(() => setRings(null), testRingMs)
    return () => {
      clearTimeout(timer)
      ringer.stop()
    }
  }, [rings, ringer])
  return (
    <fieldset className={styles.rings} aria-label={t.rings}>
      {RingKind.options.map((kind) => (
        <Ring
          key={kind}
          kind={kind}
          settings={settings}
          sounds={rings === kind}
          onTry={() => setRings(kind)}
          onChange={onChange}
        />
      ))}
    </fieldset>
  )
}

type RingProps = Props & { readonly kind: RingKind; readonly sounds: boolean; readonly onTry: () => void }

const Ring = ({ kind, settings, sounds, onTry, onChange }: RingProps) => {
  const t = useText().settings
  const id = useId()
  const ring = settings.rings[kind]
  const change = (some: Partial<typeof ring>) =>
    onChange({ rings: { ...settings.rings, [kind]: { ...ring, ...some } } })
  return (
    <div className={styles.ring}>
      <label htmlFor={id}>{t.ringOf[kind]}</label>
      <LabelledSelect
        id={id}
        options={RingTone.options.map((tone) => ({ value: tone, label: t.ringTone[tone] }))}
        value={ring.tone}
        onChange={(tone) => change({ tone: RingTone.catch(ring.tone).parse(tone) })}
      />
      <Slider
        className={styles.volume ?? ''}
        min={0}
        max={100}
        step={5}
        value={Math.round(ring.volume * 100)}
        onChange={(value) => change({ volume: value / 100 })}
        ariaLabelForHandle={t.ringVolumeOf(t.ringOf[kind])}
        tooltip={{ formatter: (value) => t.percent(value ?? 0) }}
      />
      <Button icon={<Volume2 size={15} aria-hidden="true" />} disabled={sounds} onClick={onTry}>
        {sounds ? t.testRinging : t.testRing}
        <span className="unseen">{t.ringOf[kind]}</span>
      </Button>
    </div>
  )
}
