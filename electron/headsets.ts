// Which HID devices the page may open: headsets (a telephony collection) the agent chose, and nothing else. Electron
// has no list of its own to choose from: one headset is taken at once, of several the agent names one. The choice is
// remembered until the page gives the headset back.
import { dialog, type HIDDevice, type Session } from 'electron'
import { telephonyPage } from '../core/headset/layout.ts'
import { isOurs } from './origin.ts'
import type { Memory, MemoryFile } from './settings.ts'
import { words } from './words.ts'

type Chosen = Memory['headsets'][number]

export const isHeadset = (device: Pick<HIDDevice, 'collections'>): boolean =>
  device.collections.some(({ usagePage }) => usagePage === telephonyPage)

const isSame = (one: Chosen, other: Chosen): boolean =>
  one.vendorId === other.vendorId && one.productId === other.productId

/** null: the agent wants none of them. */
async function ask(list: readonly HIDDevice[]): Promise<HIDDevice | null> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: words.product,
    message: words.headset.which,
    buttons: [...list.map(({ name }) => name), words.headset.none],
    defaultId: 0,
    cancelId: list.length,
    noLink: true,
  })
  return list[response] ?? null
}

export function allowChosenHeadsets(session: Session, memory: MemoryFile): void {
  const others = (than: Chosen) => memory.read().headsets.filter((each) => !isSame(each, than))

  const take = async (list: readonly HIDDevice[], callback: (deviceId: string | null) => void) => {
    const [only = null] = list
    const device = list.length > 1 ? await ask(list) : only
    if (device !== null) {
      const { vendorId, productId } = device
      memory.write({ headsets: [...others(device), { vendorId, productId }] })
    }
    callback(device?.deviceId ?? null)
  }

  session.on('select-hid-device', (event, details, callback) => {
    // Without this the first device in the list would be taken.
    event.preventDefault()
    const frame = details.frame
    const mayAsk = frame !== null && frame.parent === null && isOurs(frame.url)
    // Interfaces of one headset come one by one; one of them is enough.
    const list = mayAsk
      ? details.deviceList.filter(
          (device, at, all) => isHeadset(device) && all.findIndex((each) => isSame(each, device)) === at,
        )
      : []
    void take(list, callback)
  })
  session.on('hid-device-revoked', (_event, { device }) => {
    memory.write({ headsets: others(device) })
  })
  session.setDevicePermissionHandler(({ deviceType, origin, device }) => {
    if (deviceType !== 'hid' || !isOurs(origin) || !('collections' in device)) return false
    return isHeadset(device) && memory.read().headsets.some((each) => isSame(each, device))
  })
}
