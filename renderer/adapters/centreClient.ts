// Everything a screen may ask of the centre: contract/api.ts by name, with the session's token on it.
// A token that has run out is renewed once; what then fails is a Problem. Never throws.
import type { Answer } from '../../contract/answer.ts'
import type { ApiInput, ApiName, ApiOutput } from '../../contract/api.ts'
import type { CentreLine } from './centreLine.ts'
import type { SessionKeeper } from './session.ts'

export type CentreClient = {
  call<N extends ApiName>(name: N, input: ApiInput<N>): Promise<Answer<ApiOutput<N>>>
}

/**
 * Sends with the present token, renews it first when it is about to run out and once more when refused. [STORE-10] Whoever
 * signs in meanwhile lends it no token: what was asked for one person is never asked again in the name of another.
 */
export const withToken = async <T>(
  session: SessionKeeper,
  send: (token: string | null, centre: string | null) => Promise<Answer<T>>,
): Promise<Answer<T>> => {
  if (session.tokenIsStale()) {
    const renewed = await session.renew()
    if (!renewed.ok) return renewed
  }
  const before = session.token()
  const whose = session.read()?.session.account.id
  const answer = await send(before, session.centre())
  if (answer.ok || answer.problem.code !== 'not_signed_in') return answer
  if (session.token() === before) {
    const renewed = await session.renew()
    if (!renewed.ok) return renewed
  }
  return session.read()?.session.account.id === whose ? send(session.token(), session.centre()) : answer
}

export const connectCentre = (line: CentreLine, session: SessionKeeper): CentreClient => ({
  call: (name, input) =>
    withToken(session, (token, centre) => line.send(name, { body: JSON.stringify(input), token, centre })),
})
