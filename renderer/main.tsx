// Composition root of the page: finds the desktop (or the browser's stand-in), the centre and the settings,
// and mounts. Everything a signed-in person needs is built in session/openWorkplace.ts.
import { createRoot } from 'react-dom/client'
import type { Desk } from '../contract/ipc.ts'
import { defaultSettings } from '../contract/settings.ts'
import { browserDesk } from './adapters/browserDesk.ts'
import { keptAwake, openTimekeeper } from './adapters/hiddenTimers.ts'
import { openLine } from './adapters/centreLine.ts'
import { openSealedSessions } from './adapters/sealedSession.ts'
import { keepSession } from './adapters/session.ts'
import { keepsakeOf } from './adapters/keepsake.ts'
import { offlineDaysOf } from './adapters/offlineDays.ts'
import { systemClock } from './adapters/systemClock.ts'
import { createNotices } from './notices.ts'
import { keepPage } from './offlinePage/keepPage.ts'
import { Root } from './session/Root.tsx'
import { createTidying } from './session/tidying.ts'

const desk: Desk = window.desk ?? browserDesk(window)
const clock = keptAwake(systemClock, openTimekeeper())
const settings = await desk['settings.read'](null)
const centre = await desk['centre.find'](null)
const found = centre.ok ? centre.value : null
const line = found && openLine(found.url, clock, fetch, () => desk['centre.certificate'](null))
const sealed = openSealedSessions(clock, offlineDaysOf(clock))
// The desktop's practice centre takes another port at each start.
const keepsake = found && keepsakeOf(desk, window, found.practice ? 'practice' : found.url)
const keeper = line && keepsake && keepSession(line, clock, sealed, keepsake)

const place = document.getElementById('root')
if (place)
  createRoot(place).render(
    <Root
      desk={desk}
      clock={clock}
      line={line}
      keeper={keeper}
      notices={createNotices()}
      tidying={createTidying()}
      firstSettings={settings.ok ? settings.value : defaultSettings}
      trouble={centre.ok ? null : centre.problem}
    />,
  )
keepPage(window)
