// What the seat remembers of its telephone for the diagnostics: the last messages, states of the line and dropped
// messages, each list bounded, none holding anything of a person. A new seat remembers nothing.
import type { PhoneEvent } from '../softphone/phoneEvent.ts'
import type { SipTrace } from './sipStep.ts'

export type Memory = {
  readonly sip: readonly SipTrace[]
  readonly links: readonly {
    readonly at: number
    readonly link: string
    readonly why: string | null
    readonly attempt: number | null
  }[]
  readonly dropped: readonly { readonly at: number; readonly first: string }[]
}

export const noMemory: Memory = { sip: [], links: [], dropped: [] }

const mostSip = 600
const mostLinks = 200
const mostDropped = 100

const added = <T>(list: readonly T[], one: T, most: number): readonly T[] => [...list.slice(1 - most), one]

export const withSip = (memory: Memory, step: SipTrace): Memory => ({
  ...memory,
  sip: added(memory.sip, step, mostSip),
})

export const withEvent = (memory: Memory, event: PhoneEvent): Memory => {
  if (event.type === 'messageDropped')
    return { ...memory, dropped: added(memory.dropped, { at: event.at, first: event.first }, mostDropped) }
  if (event.type !== 'linkChanged') return memory
  const { link } = event
  const state = {
    at: event.at,
    link: link.link,
    why: link.link === 'notRegistered' ? link.why : null,
    attempt: link.link === 'disconnected' ? link.attempt : null,
  }
  return { ...memory, links: added(memory.links, state, mostLinks) }
}
