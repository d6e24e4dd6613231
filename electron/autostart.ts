// Starting with the computer. Electron does it on Windows and macOS; on Linux it is a file in the user's
// autostart folder. A start of this kind opens no window (--hidden).
import { app } from 'electron'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { words } from './words.ts'

export function desktopEntry(program: string): string {
  // Quoting as in the Desktop Entry Specification: the path in double quotes, four characters escaped.
  const quoted = `"${program.replace(/[\\"`$]/g, '\\$&')}"`
  return [
    '[Desktop Entry]',
    'Type=Application',
    `Name=${words.product}`,
    // As electron-builder.yml has it for the program's own entry.
    `Exec=${quoted} --ozone-platform=x11 --hidden`,
    'Icon=hotline-seat',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}

const linuxFile = () => {
  const configuration = process.env['XDG_CONFIG_HOME'] || join(app.getPath('home'), '.config')
  return join(configuration, 'autostart', 'hotline-seat.desktop')
}

/** Windows finds an entry by its arguments only. */
const args = ['--hidden']

export function startsWithSystem(): boolean {
  return process.platform === 'linux'
    ? existsSync(linuxFile())
    : app.getLoginItemSettings({ args }).openAtLogin
}

export function startWithSystem(yes: boolean): void {
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: yes, args })
    return
  }
  const file = linuxFile()
  if (!yes) {
    rmSync(file, { force: true })
    return
  }
  mkdirSync(dirname(file), { recursive: true })
  // An AppImage is started by its own path; the unpacked program inside it is gone after the run.
  writeFileSync(file, desktopEntry(process.env['APPIMAGE'] ?? app.getPath('exe')), { mode: 0o600 })
}
