// Settings of this computer: sound first, because a call depends on it. Every change takes effect at once.
import type { Settings } from '../../contract/settings.ts'
import { liveCalls } from '../../core/workstation.ts'
import { useKeys } from '../app/useKeys.ts'
import { Card } from '../kit/Card.tsx'
import { Choice } from '../kit/Choice.tsx'
import { KeyCap } from '../kit/KeyCap.tsx'
import { InHead } from '../kit/PageHead.tsx'
import { TextButton } from '../kit/TextButton.tsx'
import { useSafety } from '../sync/useSafety.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import { About } from './About.tsx'
import { CentreAddress } from './CentreAddress.tsx'
import { DeviceCheck } from './DeviceCheck.tsx'
import { DiagnosticsFile } from './DiagnosticsFile.tsx'
import { EchoTest } from './EchoTest.tsx'
import { HeadsetButtons } from './HeadsetButtons.tsx'
import { KeyChoice } from './KeyChoice.tsx'
import { RingNotices } from './RingNotices.tsx'
import styles from './SettingsPage.module.css'

const themes = ['system', 'light', 'dark'] as const
const languages = ['zh-CN', 'en'] as const

export const SettingsPage = () => {
  const text = useText()
  const t = text.settings
  const { session, settings, writeSettings, runCommand } = useWorkplace()
  const keys = useKeys()
  const { inBrowser } = useSafety()
  const busy = useWorkstation((state) => liveCalls(state).length > 0)
  const change = (some: Partial<Settings>) => void writeSettings(some)
  return (
    <div className={styles.page}>
      <InHead>{t.note}</InHead>
      <div className={styles.column}>
        {session.sip ? (
          <Card title={t.sections.sound}>
            <DeviceCheck settings={settings} onChange={change} />
            <HeadsetButtons
              wanted={settings.headsetButtons}
              onWanted={(on) => change({ headsetButtons: on })}
            />
            <RingNotices />
            <EchoTest />
          </Card>
        ) : null}
        <Card
          title={t.sections.keys}
          action={
            <TextButton onClick={() => runCommand('keys')}>
              {text.keys.title} <KeyCap keys={keys.keys} />
            </TextButton>
          }
        >
          <KeyChoice />
        </Card>
      </div>
      <div className={styles.column}>
        <Card title={t.sections.look}>
          <div className={styles.fields}>
            <span>{t.theme}</span>
            <Choice
              label={t.theme}
              value={settings.theme}
              options={themes.map((value) => ({ value, label: t.themes[value] }))}
              onChange={(theme) => change({ theme })}
            />
            <span>{t.language}</span>
            <Choice
              label={t.language}
              value={settings.language}
              options={languages.map((value) => ({ value, label: t.languages[value] }))}
              onChange={(language) => change({ language })}
            />
          </div>
        </Card>
        <Card title={t.sections.centre} aside={session.centre.name}>
          {inBrowser ? (
            <p className={styles.served}>{t.centreServed(window.location.origin)}</p>
          ) : (
            <CentreAddress
              address={settings.centre}
              onSave={(centre) => writeSettings({ centre })}
              busy={busy}
            />
          )}
        </Card>
        <Card title={t.sections.about}>
          <About />
        </Card>
        <Card title={text.diagnostics.title}>
          <DiagnosticsFile />
        </Card>
      </div>
    </div>
  )
}
