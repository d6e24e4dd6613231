// A file the page hands over goes where the system's own dialog says. Whether it got there only the main process hears.
import type { Session } from 'electron'
import type { IpcNotice } from '../contract/ipc.ts'

export function tellOfDownloads(session: Session, tell: (ended: IpcNotice<'download.ended'>) => void): void {
  session.on('will-download', (_event, item) => {
    item.once('done', (_done, state) => tell({ file: item.getFilename(), saved: state === 'completed' }))
  })
}
