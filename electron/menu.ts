// The application menu, hidden on Windows and Linux: it only carries the editing and zoom keys. No entry uses a
// function key or Alt, which belong to the telephone and the form.
import { Menu, type MenuItemConstructorOptions } from 'electron'
import { words } from './words.ts'

export function setMenu(development: boolean): void {
  const edit: MenuItemConstructorOptions[] = [
    { role: 'undo', label: words.menu.undo },
    { role: 'redo', label: words.menu.redo },
    { type: 'separator' },
    { role: 'cut', label: words.menu.cut },
    { role: 'copy', label: words.menu.copy },
    { role: 'paste', label: words.menu.paste },
    { role: 'selectAll', label: words.menu.selectAll },
  ]
  const view: MenuItemConstructorOptions[] = [
    { role: 'zoomIn', label: words.menu.zoomIn, accelerator: 'CommandOrControl+=' },
    { role: 'zoomOut', label: words.menu.zoomOut },
    { role: 'resetZoom', label: words.menu.zoomReset },
  ]
  // Reloading ends a live call, so it is not at anybody's fingertips in a finished program.
  const tools: MenuItemConstructorOptions[] = development
    ? [
        { type: 'separator' },
        { role: 'reload', label: words.menu.reload },
        { role: 'toggleDevTools', label: words.menu.devTools },
      ]
    : []
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      { label: words.product, submenu: [{ role: 'quit', label: words.tray.quit }] },
      { label: words.menu.edit, submenu: edit },
      { label: words.menu.view, submenu: [...view, ...tools] },
    ]),
  )
}

/** The menu of the right mouse button in text fields; elsewhere there is none. */
export function popUpEditMenu(contents: Electron.WebContents): void {
  contents.on('context-menu', (_event, where) => {
    if (!where.isEditable && where.selectionText === '') return
    const items: MenuItemConstructorOptions[] = where.isEditable
      ? [
          { role: 'cut', label: words.menu.cut, enabled: where.editFlags.canCut },
          { role: 'copy', label: words.menu.copy, enabled: where.editFlags.canCopy },
          { role: 'paste', label: words.menu.paste, enabled: where.editFlags.canPaste },
          { role: 'selectAll', label: words.menu.selectAll },
        ]
      : [{ role: 'copy', label: words.menu.copy }]
    Menu.buildFromTemplate(items).popup()
  })
}
