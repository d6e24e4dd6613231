// A disk on which the store reads and does not write, until told otherwise.
import { vi } from 'vitest'

export const fillStore = () => {
  const writes = (['add', 'put'] as const).map((name) =>
    vi.spyOn(IDBObjectStore.prototype, name).mockImplementation(() => {
      throw new DOMException('no space', 'QuotaExceededError')
    }),
  )
  return {
    refused: () => writes.reduce((sum, write) => sum + write.mock.calls.length, 0),
    free: () => {
      for (const write of writes) write.mockRestore()
    },
  }
}
