// A ring told by the system while a browser seat is not in front: a notification without name or number. A click on it
// only brings the page to the front; a browser gives it no button to answer with, so nothing is answered by it.
import type { Text } from '../text/catalogue.ts'

export type NoticeState = 'unsupported' | 'ask' | 'granted' | 'denied'

type Page = Pick<Window, 'focus' | 'document'> & { readonly Notification?: typeof Notification }

export const noticeState = ({ Notification }: Page): NoticeState =>
  Notification === undefined
    ? 'unsupported'
    : Notification.permission === 'default'
      ? 'ask'
      : Notification.permission

/** Only from a click: browsers ask nobody otherwise. */
export const askForNotices = async (page: Page): Promise<NoticeState> => {
  await page.Notification?.requestPermission().catch(() => undefined)
  return noticeState(page)
}

export type RingNotice = { rings(yes: boolean): void }

export const ringNotice = (page: Page, words: () => Text['ringWindow']): RingNotice => {
  let shown: Notification | null = null
  let before = false
  return {
    rings(yes) {
      const begins = yes && !before
      before = yes
      if (!yes) {
        shown?.close()
        shown = null
      }
      if (!begins || page.document.hasFocus() || noticeState(page) !== 'granted' || !page.Notification) return
      const { title, notice } = words()
      // The ring has its own sound, on the ring device.
      shown = new page.Notification(title, {
        body: notice,
        tag: 'ring',
        silent: true,
        requireInteraction: true,
      })
      shown.addEventListener('click', () => {
        page.focus()
        shown?.close()
      })
    },
  }
}
