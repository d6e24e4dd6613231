// The telephone one gets by following SIP.js's own guide: registers, shows a button when it rings, answers.
// Only the STUN default is changed (no server): with it every answer would wait five seconds on a closed network.
import { Invitation, Registerer, SessionState, UserAgent } from 'sip.js'

type Account = { server: string; domain: string; extension: string; password: string }

const start = async (account: Account): Promise<void> => {
  const uri = UserAgent.makeURI(`sip:${account.extension}@${account.domain}`)
  if (!uri) throw new Error('address')
  const agent = new UserAgent({
    uri,
    authorizationUsername: account.extension,
    authorizationPassword: account.password,
    transportOptions: { server: account.server, traceSip: false },
    logBuiltinEnabled: false,
    sessionDescriptionHandlerFactoryOptions: { peerConnectionConfiguration: { iceServers: [] } },
    delegate: {
      onInvite(invitation: Invitation) {
        const button = document.createElement('button')
        button.textContent = '接听'
        button.addEventListener('click', () => {
          button.remove()
          void invitation.accept()
        })
        invitation.stateChange.addListener((state) => {
          if (state === SessionState.Established) hear(invitation)
          if (state === SessionState.Terminated) button.remove()
        })
        document.body.append(button)
      },
    },
  })
  await agent.start()
  await new Registerer(agent).register()
}

const hear = (invitation: Invitation): void => {
  const handler = invitation.sessionDescriptionHandler as unknown as { remoteMediaStream: MediaStream }
  const audio = new Audio()
  audio.srcObject = handler.remoteMediaStream
  void audio.play()
}

Object.assign(globalThis, { bench: { start } })
