// Who sees which page.
import { expect, test } from 'vitest'
import { HeldSession } from '../../../contract/session.ts'
import { loadPages, pages, pagesOf } from '../../../renderer/app/pages.ts'
import { anAccount } from '../../makers/anAccount.ts'

const as = (role: string, over: { sip?: boolean; practice?: boolean } = {}) => {
  const practice = over.practice ?? false
  const session = HeldSession.parse({
    account: { id: '1001', name: '王秀英', role, department: null },
    token: 't',
    newcomer: false,
    tokenExpiresAt: 0,
    refreshToken: 'r',
    sip: over.sip === false ? null : anAccount(['ws://127.0.0.1:1'], { practice }),
    centre: { id: 'c', name: '示例中心', practice, epoch: 0 },
    serverNow: 0,
  })
  return pagesOf(session).map(({ name }) => name)
}

test('[PAGE-2] an agent works at the desk, a lead also sees the wall', () => {
  expect(as('agent')[0]).toBe('desk')
  expect(as('agent')).not.toContain('wallboard')
  expect(as('lead')).toContain('wallboard')
  for (const role of ['lead', 'admin']) expect(as(role)).toContain('outward')
  expect(as('agent')).not.toContain('outward')
  expect(as('lead', { practice: true })).not.toContain('outward')
  // [SERVER-56] The centre's own state is the administrator's page.
  expect(['agent', 'lead', 'admin'].filter((role) => as(role).includes('keeping'))).toEqual(['admin'])
  expect(as('agent').at(-1)).toBe('settings')
})

test('[PAGE-2] a handler in a browser has work orders first, and neither desk nor records nor wall', () => {
  const pages = as('handler', { sip: false })
  expect(pages[0]).toBe('tickets')
  for (const name of ['desk', 'records', 'wallboard', 'practice']) expect(pages).not.toContain(name)
})

test('[PAGE-2] a duty leader has warnings first and no work orders; a lead and an administrator see warnings too', () => {
  expect(as('duty', { sip: false })).toEqual(['warnings', 'knowledge', 'settings'])
  for (const role of ['lead', 'admin']) expect(as(role)).toContain('warnings')
  for (const role of ['agent', 'handler']) expect(as(role)).not.toContain('warnings')
})

test('[PAGE-2] the practice page is there at a practice centre only', () => {
  expect(as('agent')).not.toContain('practice')
})

test('[PAGE-4] every page of the list is loaded, also after one that could not be', async () => {
  const asked: string[] = []
  const list = pages.map((page) => ({
    ...page,
    load: () => {
      asked.push(page.name)
      return page.name === 'records' ? Promise.reject(new Error('centre away')) : Promise.resolve()
    },
  }))
  await loadPages(list)
  expect(asked).toEqual(pages.map(({ name }) => name))
})
