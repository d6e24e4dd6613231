// [PHONE-42] A secret the PBX refuses is fetched anew once. Refused again, it waits for a person, who changes it at the
// centre too: the first token that brings another secret brings the telephone back, without a restart or a sign-in. While
// the PBX takes the old one a new one is left alone: it may be at the centre sooner than at the PBX.
import type { SipAccount } from '../../contract/softphone.ts'
import type { Phone } from '../../core/ports.ts'
import type { PhoneEvent } from '../../core/softphone/phoneEvent.ts'
import type { SessionKeeper } from '../adapters/session.ts'

export type FreshSecret = { heard(event: PhoneEvent): void; stop(): void }

/** `first`: the telephone as it was connected; null: there is none. */
export const freshSecret = (
  keeper: Pick<SessionKeeper, 'read' | 'subscribe' | 'renew'>,
  phone: Pick<Phone, 'connect'>,
  first: SipAccount | null,
): FreshSecret => {
  let tried = first?.password
  let asked = false
  let isRefused = false
  const connect = (account: SipAccount): void => {
    tried = account.password
    isRefused = false
    phone.connect(account)
  }
  const fresh = (): SipAccount | null => keeper.read()?.session.sip ?? null
  const stop = keeper.subscribe(() => {
    const account = fresh()
    if (isRefused && account && account.password !== tried) connect(account)
  })
  return {
    heard(event) {
      if (event.type !== 'linkChanged') return
      const { link } = event
      isRefused = link.link === 'notRegistered' && link.why === 'wrongSecret'
      if (link.link === 'registered') asked = false
      if (!isRefused || asked) return
      asked = true
      void keeper.renew().then((answer) => {
        const account = fresh()
        if (answer.ok && isRefused && account) connect(account)
      })
    },
    stop,
  }
}
