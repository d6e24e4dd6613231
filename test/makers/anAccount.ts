// The account a made-up seat registers with.
import { SipAccount } from '../../contract/softphone.ts'

export const anAccount = (servers: readonly string[], over: Partial<SipAccount> = {}): SipAccount =>
  SipAccount.parse({
    extension: '1001',
    servers,
    domain: 'pbx.test',
    password: 'made-up secret',
    queueCodes: { signIn: '*45', signOut: '*44', pause: '*46', resume: '*47' },
    practice: false,
    echoNumber: '600',
    recordingCodes: { pause: '*81', resume: '*82' },
    certificate: null,
    ...over,
  })
