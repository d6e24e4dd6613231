// A folder and those above it, as `mkdir -p`. Node's own goes round for ever where the system makes folders for nobody (/proc).
import fs from 'node:fs'
import path from 'node:path'

export const makeFolder = (folder: string): void => {
  try {
    fs.mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    const above = path.dirname(folder)
    switch (error instanceof Error && 'code' in error ? error.code : '') {
      case 'EEXIST':
        if (fs.statSync(folder).isDirectory()) return
        throw error
      case 'ENOENT':
        if (fs.existsSync(above))
          throw Object.assign(new Error('no folder can be made here'), { code: 'ENOTSUP', path: folder })
        makeFolder(above)
        return makeFolder(folder)
      default:
        throw error
    }
  }
}
