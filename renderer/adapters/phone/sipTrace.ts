// A socket that also tells which messages went over it, for the diagnostics. Costs nothing where nobody listens.
import type { SipTrace } from '../../../core/diagnostics/sipStep.ts'
import { openSipSocket } from './sipSocket.ts'

export type Traced = (way: SipTrace['way'], text: string) => void

export const tracedSocket = (traced: Traced | undefined): typeof openSipSocket =>
  traced === undefined
    ? openSipSocket
    : (server, on) => {
        const socket = openSipSocket(server, {
          ...on,
          received(text) {
            traced('in', text)
            on.received(text)
          },
        })
        return {
          drop: socket.drop,
          send(text) {
            const sent = socket.send(text)
            if (sent) traced('out', text)
            return sent
          },
        }
      }
