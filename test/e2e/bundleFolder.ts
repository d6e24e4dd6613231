// Where the bundles of one run lie (pageBundle.ts); gone with it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export default (): (() => void) => {
  const folder = mkdtempSync(join(tmpdir(), 'pages-'))
  process.env['PAGE_BUNDLES'] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
