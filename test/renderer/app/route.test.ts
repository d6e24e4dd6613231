// Addresses of the pages.
import { isInFront } from '../../../renderer/app/useFirstOpen.ts'
import { expect, test } from 'vitest'
import { hashOf, routeOf } from '../../../renderer/app/route.ts'

test('[PAGE-1] an address names a page and what is open on it, and survives being written down', () => {
  expect(routeOf('#/tickets/0193-ab')).toEqual({ page: 'tickets', rest: '0193-ab' })
  expect(routeOf(hashOf('records', '王 建平/8000'))).toEqual({ page: 'records', rest: '王 建平/8000' })
  expect(routeOf(hashOf('desk'))).toEqual({ page: 'desk', rest: '' })
})

test('[PAGE-1] an address that names nothing opens no page rather than failing', () => {
  for (const hash of ['', '#', '#/', '#/nowhere', '#/__proto__', 'desk'])
    expect(routeOf(hash).page).toBe(hash === 'desk' ? 'desk' : null)
  expect(routeOf('#/tickets/%E0%A4%A')).toEqual({ page: 'tickets', rest: '' })
})

test('[PAGE-5] the first row opens by itself only while its page is in front', () => {
  expect(isInFront('#/tickets', 'tickets')).toBe(true)
  expect(isInFront('', 'tickets')).toBe(true)
  expect(isInFront('#/knowledge', 'tickets')).toBe(false)
})
