// Finds a Chromium, Chrome or Edge that is already on this computer. Nothing is downloaded.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const onPath = (names: readonly string[]): string[] =>
  (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))

function candidates(): string[] {
  if (process.platform === 'win32') {
    const roots = [process.env['ProgramFiles'], process.env['ProgramFiles(x86)'], process.env['LOCALAPPDATA']]
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']
    return programs.flatMap((program) => roots.flatMap((root) => (root ? [join(root, program)] : [])))
  }
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Microsoft Edge', 'Chromium'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    )
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge']
  // /opt: where UOS and Kylin put their own builds.
  return [...onPath(names), '/opt/google/chrome/chrome', '/opt/apps/cn.google.chrome/files/google-chrome']
}

/** CHROMIUM names one that is elsewhere. null: none found. */
export const installedBrowser = (): string | null =>
  [process.env['CHROMIUM'], ...candidates()].find((path) => path && existsSync(path)) ?? null

/** One line a person can act on. */
export function browserAdvice(): string {
  if (process.platform === 'win32')
    return '没有找到浏览器：请安装 Microsoft Edge 或 Google Chrome，再运行一次。'
  if (process.platform === 'darwin') return '没有找到浏览器：请安装 Google Chrome，再运行一次。'
  return '没有找到浏览器：请运行 sudo apt install chromium fonts-noto-cjk，再运行一次。'
}
