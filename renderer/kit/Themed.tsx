// Puts the look around the page: Ant Design's provider, the words it brings itself, and data-theme on <html>
// for kit/tokens.css. Follows the system's light or dark when the setting says so.
import './tokens.css'
import './antd.css'
import { App as AntApp, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import type { ReactNode } from 'react'
import { useLayoutEffect, useMemo } from 'react'
import { themeOf } from './theme.ts'
import { useMedia } from './useMedia.ts'

type Props = {
  readonly theme: 'system' | 'light' | 'dark'
  readonly language: 'zh-CN' | 'en'
  readonly children: ReactNode
}

/** The page's CSP allows only styles with its nonce; the build leaves it in this element. */
const nonce = (): string =>
  document.querySelector<HTMLElement>('meta[property="csp-nonce"], script[nonce]')?.nonce ?? ''

export const Themed = ({ theme, language, children }: Props) => {
  const systemDark = useMedia('(prefers-color-scheme: dark)')
  const low = useMedia('(max-height: 820px)')
  const dark = theme === 'dark' || (theme === 'system' && systemDark)
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light'
    document.documentElement.lang = language
  }, [dark, language])
  const config = useMemo(() => themeOf({ dark, low }), [dark, low])
  const csp = useMemo(() => ({ nonce: nonce() }), [])
  return (
    <ConfigProvider
      theme={config}
      locale={language === 'en' ? enUS : zhCN}
      button={{ autoInsertSpace: false }}
      csp={csp}
      wave={{ disabled: true }}
    >
      <AntApp component={false}>{children}</AntApp>
    </ConfigProvider>
  )
}
