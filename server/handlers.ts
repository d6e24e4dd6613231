// Every name of contract/api.ts and who answers it.
import { beginAttachment, listAttachments, readAttachment, takeChunk } from './attachments.ts'
import { callsOfNumber, readCall } from './calls.ts'
import type { Handlers } from './centre.ts'
import { orderPractice, practiceCallers, practise } from './practice.ts'
import { takeHandover } from './handover.ts'
import { beginHandedFile, takeHandedChunk } from './handoverAttachments.ts'
import { readHealth, readKeeping } from './keeping.ts'
import { pullKnowledge } from './knowledge.ts'
import { decideOutward, listOutward } from './outward.ts'
import { pull } from './pull.ts'
import { push } from './push.ts'
import { closeSession, openSession, refreshSession } from './session.ts'
import { actOnTicket, listTickets, readTicket, revealTicket, waitingTickets } from './tickets.ts'
import { actOnWarning, listWarnings, readWarning, revealWarning } from './warningEvents.ts'

export const handlers: Handlers = {
  'session.open': openSession,
  'session.practise': practise,
  'session.refresh': refreshSession,
  'session.close': closeSession,
  'sync.push': push,
  'handover.push': takeHandover,
  'handover.begin': beginHandedFile,
  'handover.chunk': takeHandedChunk,
  'sync.pull': pull,
  'knowledge.pull': pullKnowledge,
  'calls.ofNumber': callsOfNumber,
  'calls.read': readCall,
  'tickets.list': listTickets,
  'tickets.waiting': waitingTickets,
  'tickets.read': readTicket,
  'tickets.act': actOnTicket,
  'tickets.reveal': revealTicket,
  'attachments.begin': beginAttachment,
  'attachments.chunk': takeChunk,
  'attachments.list': listAttachments,
  'attachments.read': readAttachment,
  'warnings.list': listWarnings,
  'warnings.read': readWarning,
  'warnings.act': actOnWarning,
  'warnings.reveal': revealWarning,
  'outward.list': listOutward,
  'outward.decide': decideOutward,
  'practice.callers': practiceCallers,
  'practice.order': orderPractice,
  'keeping.read': readKeeping,
  health: readHealth,
}
