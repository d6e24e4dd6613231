// The notification of a browser seat: when it comes, what it tells, what a click on it does.
import { describe, expect, test } from 'vitest'
import { noticeState, ringNotice } from '../../renderer/adapters/browserNotice.ts'
import { texts } from '../../renderer/text/catalogue.ts'

type Notice = EventTarget & { title: string; options: object; closed: boolean }

const aPage = (permission: NotificationPermission, inFront: boolean) => {
  const notices: Notice[] = []
  let raised = 0
  class FakeNotification extends EventTarget implements Notice {
    static readonly permission = permission
    readonly title: string
    readonly options: object
    closed = false
    constructor(title: string, options: object) {
      super()
      this.title = title
      this.options = options
      notices.push(this)
    }
    close() {
      this.closed = true
    }
  }
  const page = {
    Notification: FakeNotification,
    document: { hasFocus: () => inFront },
    focus: () => (raised += 1),
  }
  // As far as the adapter looks at a window.
  const notice = ringNotice(Object(page), () => texts['zh-CN'].ringWindow)
  return { page, notices, notice, raised: () => raised }
}

describe('a ring in a browser seat', () => {
  test('[DESK-18] [DESK-5] told once while another window is in front, without name or number, and gone with the ringing', () => {
    const { notices, notice } = aPage('granted', false)
    notice.rings(true)
    notice.rings(true)
    expect(notices.map(({ title, options }) => [title, Object(options).body])).toEqual([
      ['12351 来电', '点这里回到坐席工作站'],
    ])
    notice.rings(false)
    expect(notices[0]?.closed).toBe(true)
    notice.rings(true)
    expect(notices.length).toBe(2)
  })

  test('[DESK-18] a click only brings the page to the front', () => {
    const { notices, notice, raised } = aPage('granted', false)
    notice.rings(true)
    notices[0]?.dispatchEvent(new Event('click'))
    expect([raised(), notices[0]?.closed]).toEqual([1, true])
  })

  test('[DESK-18] nothing without permission, nothing while the page is in front', () => {
    for (const [permission, inFront] of [
      ['default', false],
      ['denied', false],
      ['granted', true],
    ] as const) {
      const { notices, notice } = aPage(permission, inFront)
      notice.rings(true)
      expect(notices).toEqual([])
    }
    expect(noticeState(Object({}))).toBe('unsupported')
    expect(noticeState(Object(aPage('default', true).page))).toBe('ask')
  })
})
