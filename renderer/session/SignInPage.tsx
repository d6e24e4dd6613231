// The door: account and password, practising without either, and a look at the headset before the first call.
// Who may come in is the centre's to say; this page only asks and tells.
import { Button, Form, Input, Modal } from 'antd'
import { FlaskConical, Headphones, Server } from 'lucide-react'
import { useState } from 'react'
import type { Answer, Problem } from '../../contract/answer.ts'
import type { Settings } from '../../contract/settings.ts'
import { Brand } from '../app/Brand.tsx'
import { composes } from '../app/keys.ts'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { CentreAddress } from '../settings/CentreAddress.tsx'
import { DeviceCheck } from '../settings/DeviceCheck.tsx'
import { useText } from '../text/catalogue.ts'
import styles from './SignInPage.module.css'
import { isAbsence } from './useDoorHealth.ts'

type Props = {
  /** Address of the centre; null: not found. */
  readonly centre: string | null
  /** Why nobody comes in, or did not. */
  readonly problem: Problem | null
  /** What lies here is being brought to this program's version. */
  readonly isTidying: boolean
  /** The centre does not answer: who has worked here signs in without it. */
  readonly isAway: boolean
  readonly lastAccount: string | null
  /** False: the page comes from its centre, and no setting makes it come from another. */
  readonly mayMove: boolean
  readonly settings: Settings
  readonly onSettings: (change: Partial<Settings>) => Promise<Answer<Settings>>
  readonly onSignIn: (account: string, password: string) => Promise<void>
  /** Without an account, at a practice centre. */
  readonly onPractise?: () => Promise<void>
}

type Fields = { readonly account: string; readonly password: string }

export const SignInPage = (props: Props) => {
  const { centre, problem, isTidying, isAway, lastAccount, mayMove, settings } = props
  const { onSettings, onSignIn, onPractise } = props
  const text = useText()
  const t = text.session
  const [busy, setBusy] = useState<'signIn' | 'practise' | null>(null)
  const [shows, setShows] = useState<'devices' | 'centre' | null>(null)

  const enter = async (what: 'signIn' | 'practise', entering: Promise<void>) => {
    setBusy(what)
    await entering
    setBusy(null)
  }
  // What the last attempt came to is not said while another is made; that the centre is away is said better, with what to do.
  const isNews = busy === null && problem !== null && !(isAway && isAbsence(problem))
  return (
    <div className={styles.page}>
      <aside className={styles.side}>
        <Brand size={56} />
        <h1>{text.app.name}</h1>
        <p>{t.promise}</p>
      </aside>
      <main className={styles.main}>
        <div className={styles.box}>
          <h2>{t.title}</h2>
          <p className={styles.centre}>{centre ?? t.noCentre}</p>
          <div className={styles.notes}>
            {isNews ? <ErrorNote what={problem.text} urgent /> : null}
            {isAway ? <ErrorNote what={t.away} todo={t.awayNote} tone="slate" /> : null}
            {isTidying ? <ErrorNote what={t.tidying} todo={t.tidyingTodo} tone="slate" /> : null}
          </div>
          <Form<Fields>
            layout="vertical"
            requiredMark={false}
            initialValues={{ account: lastAccount ?? '', password: '' }}
            onFinish={({ account, password }) => void enter('signIn', onSignIn(account.trim(), password))}
            scrollToFirstError={{ focus: true }}
            className={styles.form ?? ''}
            // Enter that ends a composition must not sign in.
            onKeyDown={(event) => {
              if (event.key === 'Enter' && composes(event.nativeEvent)) event.preventDefault()
            }}
          >
            <Form.Item
              name="account"
              label={t.account}
              rules={[{ required: true, whitespace: true, message: t.needAccount }]}
            >
              <Input size="large" autoComplete="username" maxLength={32} spellCheck={false} />
            </Form.Item>
            <Form.Item
              name="password"
              label={t.password}
              rules={[{ required: true, message: t.needPassword }]}
            >
              <Input.Password size="large" autoComplete="current-password" maxLength={256} />
            </Form.Item>
            <Button
              type="primary"
              htmlType="submit"
              size="large"
              block
              loading={busy === 'signIn'}
              disabled={busy !== null || isTidying}
            >
              {busy === 'signIn' ? t.signingIn : t.signIn}
            </Button>
          </Form>
          {onPractise ? (
            <div className={styles.practise}>
              <Button
                size="large"
                block
                icon={<FlaskConical size={16} aria-hidden="true" />}
                loading={busy === 'practise'}
                disabled={busy !== null || isTidying}
                onClick={() => void enter('practise', onPractise())}
              >
                {t.practise}
              </Button>
              <p>{t.practiseNote}</p>
            </div>
          ) : null}
          <div className={styles.links}>
            <Button
              type="link"
              icon={<Headphones size={15} aria-hidden="true" />}
              onClick={() => setShows('devices')}
            >
              {t.checkDevices}
            </Button>
            {mayMove ? (
              <Button
                type="link"
                icon={<Server size={15} aria-hidden="true" />}
                onClick={() => setShows('centre')}
              >
                {t.changeCentre}
              </Button>
            ) : null}
          </div>
        </div>
      </main>
      <Modal
        open={shows !== null}
        title={shows === 'centre' ? t.centre : t.checkDevices}
        width={600}
        onCancel={() => setShows(null)}
        destroyOnHidden
        footer={
          // The address has a button of its own: two would leave open which of them keeps it.
          shows === 'centre' ? null : (
            <Button type="primary" onClick={() => setShows(null)}>
              {t.close}
            </Button>
          )
        }
      >
        {shows === 'devices' ? (
          <DeviceCheck settings={settings} onChange={(change) => void onSettings(change)} />
        ) : null}
        {shows === 'centre' ? (
          <CentreAddress address={settings.centre} onSave={(address) => onSettings({ centre: address })} />
        ) : null}
      </Modal>
    </div>
  )
}
