// All is sent, and what the centre has is still leaving the disk: the uploader knows that nothing else is left to do.
import { expect, test } from 'vitest'
import type { Given } from './uploading.ts'
import { fold, one, rowsRead, settled, stored } from './uploading.ts'

test('[SYNC-27] it knows that only acknowledged rows are left to leave the disk, and that this is so no more', () => {
  const sent: Given[] = [{ type: 'started' }, rowsRead(1, one), rowsRead(3), stored(2, [one])]
  const last = fold([...sent, settled])[0]
  expect(last.phase).toMatchObject({ at: 'reading', ticket: 4, tidies: true })
  const [idle] = fold([rowsRead(4)], last)
  for (const urgent of [false, true]) {
    const put: Given = { type: 'put', urgent }
    expect(fold([...sent, put, settled])[0].phase).toMatchObject({ at: 'reading', tidies: false })
    expect(fold([put], last)[0].stale).toBe(true)
    expect(fold([put, rowsRead(4)], last)[0].phase).toMatchObject({ at: 'reading', tidies: false })
    expect(fold([put], idle)[0].phase).toMatchObject({ at: 'reading', tidies: false })
  }
  const early: Given[] = [{ type: 'started' }, rowsRead(1, one), { type: 'put', urgent: false }]
  expect(fold([...early, rowsRead(3), stored(2, [one])])[0].phase).toMatchObject({ tidies: false })
})
