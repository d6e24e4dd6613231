// 设备自检: microphone, speaker and ring device: which, how loud, is one heard, does it ring. On the settings page and,
// without account or exchange, before signing in.
import { Button, Slider, Switch } from 'antd'
import { Volume2 } from 'lucide-react'
import { useCallback, useEffect, useId, useState } from 'react'
import type { Settings } from '../../contract/settings.ts'
import type { AudioDevice, AudioDevices } from '../adapters/audioDevices.ts'
import { listAudioDevices, watchAudioDevices } from '../adapters/audioDevices.ts'
import { createRinger } from '../adapters/ringer.ts'
import { LabelledSelect } from '../kit/LabelledSelect.tsx'
import type { Text } from '../text/catalogue.ts'
import { useText } from '../text/catalogue.ts'
import styles from './DeviceCheck.module.css'
import { LevelMeter } from './LevelMeter.tsx'
import { OwnVoice } from './OwnVoice.tsx'
import { RingChoices } from './RingChoices.tsx'

type Props = {
  readonly settings: Settings
  readonly onChange: (change: Partial<Settings>) => void
}

const systemDefault = 'system'
const none: AudioDevices = { microphones: [], speakers: [] }

const choices = (t: Text['settings'], devices: readonly AudioDevice[], chosen: string | null) => {
  const list = devices.map((device, n) => ({
    value: device.id,
    label: device.label === '' ? t.unnamed(n + 1) : device.label,
  }))
  const gone = chosen !== null && devices.every((device) => device.id !== chosen)
  return [
    { value: systemDefault, label: t.systemDefault },
    ...list,
    ...(gone ? [{ value: chosen, label: t.gone(t.chosenDevice) }] : []),
  ]
}

export const DeviceCheck = ({ settings, onChange }: Props) => {
  const t = useText().settings
  const [devices, setDevices] = useState<AudioDevices>(none)
  const look = useCallback(() => {
    void listAudioDevices().then(setDevices)
  }, [])
  useEffect(() => {
    look()
    return watchAudioDevices(look)
  }, [look])

  const picker = (name: 'microphone' | 'speaker' | 'ringer', list: readonly AudioDevice[]) => (
    <Picker
      label={t[name]}
      options={choices(t, list, settings[name])}
      value={settings[name] ?? systemDefault}
      onChange={(value) => onChange({ [name]: value === systemDefault ? null : value })}
    />
  )
  return (
    <div className={styles.form}>
      {picker('microphone', devices.microphones)}
      <div className={styles.under}>
        <LevelMeter device={settings.microphone} onOpened={look} />
      </div>
      <OwnVoice settings={settings} onOpened={look} />
      {picker('speaker', devices.speakers)}
      <div className={styles.under}>
        <NoteTest settings={settings} />
        <span className={styles.said}>{t.noteHint}</span>
      </div>
      {picker('ringer', devices.speakers)}
      <div className={styles.under}>
        <span className={styles.percent}>{t.ringVolume}</span>
        <Slider
          className={styles.volume ?? ''}
          min={0}
          max={100}
          step={5}
          value={Math.round(settings.ringVolume * 100)}
          onChange={(value) => onChange({ ringVolume: value / 100 })}
          ariaLabelForHandle={t.ringVolume}
          tooltip={{ formatter: (value) => t.percent(value ?? 0) }}
        />
        <span className={styles.percent}>{t.percent(Math.round(settings.ringVolume * 100))}</span>
      </div>
      <RingChoices settings={settings} onChange={onChange} />
      <p className={styles.hint}>{t.devicesNote}</p>
      <fieldset className={styles.switches} aria-label={t.processing}>
        {(['echoCancellation', 'noiseSuppression', 'autoGainControl'] as const).map((name) => (
          // The switch is a button with a name of its own; the label makes the word clickable too.
          <span key={name}>
            <Switch
              checked={settings[name]}
              aria-label={t[name]}
              onChange={(on) => onChange({ [name]: on })}
            />
            {t[name]}
          </span>
        ))}
      </fieldset>
    </div>
  )
}

type PickerProps = {
  readonly label: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly value: string
  readonly onChange: (value: string | null) => void
}

const Picker = ({ label, options, value, onChange }: PickerProps) => {
  const id = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <LabelledSelect id={id} options={options} value={value} onChange={onChange} />
    </div>
  )
}

/** One note where callers are heard. */
const NoteTest = ({ settings }: { readonly settings: Settings }) => {
  const t = useText().settings
  const [sounds, setSounds] = useState(false)
  const play = async () => {
    setSounds(true)
    await createRinger(() => settings).note()
    setSounds(false)
  }
  return (
    <Button icon={<Volume2 size={15} aria-hidden="true" />} disabled={sounds} onClick={() => void play()}>
      {sounds ? t.noteSounds : t.tryNote}
    </Button>
  )
}
