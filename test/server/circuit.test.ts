// Which requests are let through to a database that takes too long.
import { expect, test } from 'vitest'
import { openCircuit } from '../../server/circuit.ts'

test('[F38] [SERVER-39] three in a row shut one address, one request tries again, an answer opens it', () => {
  let now = 0
  const circuit = openCircuit(() => now)
  const waits = () => [circuit.wait('push'), circuit.wait('pull')]
  circuit.tooSlow('push')
  circuit.tooSlow('push')
  circuit.answered('push')
  circuit.tooSlow('push')
  circuit.tooSlow('push')
  expect(waits()).toEqual([0, 0])
  circuit.tooSlow('push')
  expect(waits()).toEqual([5_000, 0])
  now = 4_999
  expect(waits()).toEqual([1, 0])
  now = 5_000
  expect(circuit.wait('push')).toBe(0)
  expect(circuit.wait('push')).toBe(5_000)
  now = 9_000
  circuit.tooSlow('push')
  expect(circuit.wait('push')).toBe(5_000)
  now = 14_000
  expect(circuit.wait('push')).toBe(0)
  circuit.answered('push')
  expect([circuit.wait('push'), circuit.wait('push')]).toEqual([0, 0])
})
