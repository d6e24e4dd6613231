// Names one of the link's states for the catalogue: the reasons of an unregistered telephone are states of their own.
import type { PhoneLink } from '../../core/softphone/phoneEvent.ts'

export const linkName = (link: PhoneLink) => (link.link === 'notRegistered' ? link.why : link.link)
