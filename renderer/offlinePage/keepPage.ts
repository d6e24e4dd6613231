// [PAGE-9] Has the browser keep the page. Only where the centre's page is open in a browser on https or the own computer;
// the desktop has its page in the package.
import { pageKeeperFile } from '../../contract/pageKeeper.ts'

export const keepPage = (page: Window): void => {
  const workers: ServiceWorkerContainer | undefined = page.navigator.serviceWorker
  if (page.desk !== undefined || workers === undefined) return
  const address = new URL(pageKeeperFile, page.document.baseURI).href
  // Where it cannot be kept the page works as without.
  const register = () => void workers.register(address).catch(() => undefined)
  // Two megabytes are read once more from the browser's own store: not while the page still opens.
  page.setTimeout(register, 3_000)
}
