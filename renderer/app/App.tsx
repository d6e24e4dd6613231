// The window of somebody signed in: navigation, call bar, head, and the page in front. Knows no page by name:
// app/pages.ts lists them. Keys, ticker and the key list begin and end with it.
import { createElement, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { HeadSlot } from '../kit/PageHead.tsx'
import { Late } from '../kit/Late.tsx'
import { useBarPanel } from '../softphone/barPanel.ts'
import { BarPanelProvider } from '../softphone/BarPanelProvider.tsx'
import { CallBar } from '../softphone/CallBar.tsx'
import { SafetyBar } from '../sync/SafetyBar.tsx'
import { useText } from '../text/catalogue.ts'
import { behindTheBar } from '../store.ts'
import { ShownContext, useWorkplace } from '../workplace.ts'
import { CallListsProvider } from '../wrapup/CallListsProvider.tsx'
import styles from './App.module.css'
import { Head } from './Head.tsx'
import { createKeys, KeysContext } from './keys.ts'
import { KeysDialog } from './KeysDialog.tsx'
import { Nav } from './Nav.tsx'
import { PageFault } from './PageFault.tsx'
import { loadPages, pagesOf } from './pages.ts'
import { go, useRoute } from './route.ts'
import { SearchAskedContext } from './SearchBox.tsx'
import { createTicker, TickerContext } from './ticker.ts'
import { useKeys } from './useKeys.ts'

type Props = {
  /** A tel: or sip: link was opened: it fills the dial box, a person still presses dial. None in some tests. */
  readonly onDialLink?: (fill: (number: string) => void) => () => void
}

const noLinks = () => () => {}
const pagesAfterMs = 2_000

/** Outside the window's own drawing: what is owed changes with every call, the window does not. */
export const App = (props: Props) => (
  <CallListsProvider>
    <BarPanelProvider>
      <AppWindow {...props} />
    </BarPanelProvider>
  </CallListsProvider>
)

const AppWindow = ({ onDialLink = noLinks }: Props) => {
  const t = useText()
  const { session, clock, runCommand, onCommand, store, soon } = useWorkplace()
  const [keys] = useState(createKeys)
  const map = useKeys()
  const ticker = useMemo(() => createTicker(clock), [clock])
  const { show } = useBarPanel()
  const [slot, setSlot] = useState<HTMLElement | null>(null)
  const list = useMemo(() => pagesOf(session), [session])
  const shown = useMemo(() => behindTheBar(store, soon), [store, soon])
  const route = useRoute()
  const page = list.find((each) => each.name === route.page) ?? list[0]

  useEffect(() => keys.attach(window, map, runCommand), [keys, map, runCommand])
  useEffect(() => onDialLink((number) => show({ is: 'dial', number })), [onDialLink, show])
  // After the first page is up: the agent must not wait for the others.
  useEffect(() => clock.after(pagesAfterMs, () => void loadPages(list)), [clock, list])
  const searches = page?.name !== 'records' && list.some((each) => each.name === 'records')
  const searchAsked = useRef(false)
  const takeAsked = useCallback(() => {
    const was = searchAsked.current
    searchAsked.current = false
    return was
  }, [])
  useEffect(() => {
    if (!searches) return undefined
    return onCommand('search', () => {
      searchAsked.current = true
      go('records')
    })
  }, [onCommand, searches])

  return (
    <TickerContext value={ticker}>
      <KeysContext value={keys}>
        <ShownContext value={shown}>
          <div className={styles.frame}>
            <Nav pages={list} active={page?.name ?? null} />
            <div className={styles.main}>
              <CallBar />
              <SafetyBar />
              <Head title={page ? t.app.nav[page.name] : t.app.name} slot={setSlot} />
              <HeadSlot value={slot}>
                <SearchAskedContext value={takeAsked}>
                  <main className={styles.page} key={page?.name}>
                    <PageFault>
                      {() => (
                        <Suspense fallback={<Late label={t.app.loading} rows={8} />}>
                          {page ? createElement(page.component()) : null}
                        </Suspense>
                      )}
                    </PageFault>
                  </main>
                </SearchAskedContext>
              </HeadSlot>
            </div>
          </div>
        </ShownContext>
        <KeysDialog />
      </KeysContext>
    </TickerContext>
  )
}
