// The telephone one gets by following JsSIP's own guide, with no STUN server.
import * as JsSIP from 'jssip'
import type { RTCSession } from 'jssip/lib/RTCSession'

type Account = { server: string; domain: string; extension: string; password: string }

const start = (account: Account): Promise<void> =>
  new Promise((resolve, reject) => {
    const agent = new JsSIP.UA({
      sockets: [new JsSIP.WebSocketInterface(account.server)],
      uri: `sip:${account.extension}@${account.domain}`,
      password: account.password,
    })
    agent.on('registered', () => resolve())
    agent.on('registrationFailed', () => reject(new Error('not registered')))
    agent.on('newRTCSession', ({ originator, session }: { originator: string; session: RTCSession }) => {
      if (originator !== 'remote') return
      const button = document.createElement('button')
      button.textContent = '接听'
      button.addEventListener('click', () => {
        button.remove()
        session.answer({ mediaConstraints: { audio: true, video: false }, pcConfig: { iceServers: [] } })
        session.connection.addEventListener('track', (event: RTCTrackEvent) => {
          const audio = new Audio()
          audio.srcObject = event.streams[0] ?? new MediaStream([event.track])
          void audio.play()
        })
      })
      session.on('ended', () => button.remove())
      session.on('failed', () => button.remove())
      document.body.append(button)
    })
    agent.start()
  })

Object.assign(globalThis, { bench: { start } })
