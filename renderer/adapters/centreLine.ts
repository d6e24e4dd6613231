// One request to the central server and what its answer means. Decides: is it ours, which Problem is it.
// Who is signed in is session.ts's affair; which requests exist is contract/api.ts.
import { z } from 'zod'
import type { Answer } from '../../contract/answer.ts'
import { Problem, ProblemCode, done, failed } from '../../contract/answer.ts'
import type { ApiName, ApiOutput } from '../../contract/api.ts'
import { api } from '../../contract/api.ts'
import type { CertificateTrouble } from '../../contract/certificate.ts'
import { PROTOCOL, protocolHeader } from '../../contract/version.ts'
import type { Clock } from '../../core/ports.ts'
import { certificateTexts } from './certificateTexts.ts'

export type LineRequest = {
  /** Finished JSON of the input. Large ones as a Blob: measured, fetch takes a third of the time for it. */
  readonly body: string | Blob
  readonly token: string | null
  /** Id of the centre we belong to; null: not known yet, any centre's header will do. */
  readonly centre: string | null
  readonly limitMs?: number
}

/** Never throws and always answers within the limit. */
export type CentreLine = {
  readonly url: string
  send<N extends ApiName>(name: N, request: LineRequest): Promise<Answer<ApiOutput<N>>>
  /** As `send`, the value still unparsed: for answers whose parts are parsed one by one. */
  sendRaw(name: ApiName, request: LineRequest): Promise<Answer<unknown>>
}

/** The table again, typed so that a name leads to its own output. */
const routes: { readonly [N in ApiName]: { readonly output: z.core.$ZodType<ApiOutput<N>> } } = api

const usualLimitMs = 15_000
const offline = () => failed('unreachable', '连不上中心服务器，内容已存在本机，恢复后自动上传')
const stranger = () => failed('not_ours', '网络被认证页或代理挡住，内容已存在本机，请检查网络')

const refused = certificateTexts('中心', '什么都没有送出，内容在本机')

const Envelope = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), problem: Problem.extend({ code: ProblemCode.catch('failed') }) }),
])

/** What a status means when no Answer explains it. */
const ofStatus = (status: number, retryAfterMs: number | null): Answer<never> => {
  const more = retryAfterMs === null ? {} : { retryAfterMs }
  if (status === 401) return failed('not_signed_in', '签入已过期，内容已存在本机，请重新签入')
  if (status === 403) return failed('forbidden', '当前账号无权进行此操作，请联系管理员')
  if (status === 404) return failed('not_found', '没有找到，可能已被处理，请刷新')
  if (status === 409) return failed('conflict', '已有他人先行处理，请刷新后再试')
  if (status === 413) return failed('too_large', '内容过大，中心未接收；内容仍在本机')
  if (status === 429) return failed('too_many', '操作过于频繁，内容已存在本机，稍后自动再试', more)
  if (status === 400 || status === 422) return failed('bad_input', '中心无法识别内容；内容仍在本机')
  if (status === 503) return failed('busy', '中心暂时繁忙，内容已存在本机，稍后自动再试', more)
  if (status === 502 || status === 504) return offline()
  return failed('failed', '中心处理出错，内容已存在本机，稍后自动再试', more)
}

/** Retry-After: seconds or a date. */
const retryAfter = (header: string | null, now: number): number | null => {
  if (header === null || header.trim() === '') return null
  const seconds = Number(header)
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now
  return Number.isFinite(ms) ? Math.max(0, Math.round(ms)) : null
}

const read = async (response: Response, centre: string | null, now: number): Promise<Answer<unknown>> => {
  const from = response.headers.get('x-hotline-centre')
  const wait = retryAfter(response.headers.get('retry-after'), now)
  // [SYNC-7] Without our header nothing counts as an answer of ours: a portal says 200 to everything.
  if (!from) {
    const gateway = [413, 429, 502, 503, 504].includes(response.status)
    return gateway ? ofStatus(response.status, wait) : stranger()
  }
  if (centre !== null && from !== centre)
    return failed('not_ours', '这里已是另一个中心，内容已存在本机，请联系管理员')
  // Cut in the middle it says as much as its head does: a wait asked for there is kept.
  const text = await response.text().catch(() => '')
  const envelope = Envelope.safeParse(parseJson(text))
  if (!envelope.success) return response.ok ? offline() : ofStatus(response.status, wait)
  if (envelope.data.ok) return { ok: true, value: envelope.data.value }
  const { code, text: sentence, field, retryAfterMs, waitedMs, closed } = envelope.data.problem
  const ms = retryAfterMs ?? wait
  return failed(code, sentence, {
    ...(field === undefined ? {} : { field }),
    ...(ms === null ? {} : { retryAfterMs: ms }),
    ...(waitedMs === undefined ? {} : { waitedMs }),
    // Another centre's word about an account is none.
    ...(closed?.centre === from ? { closed } : {}),
  })
}

/** undefined: not JSON, as when an answer was cut in the middle. */
const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** fetch tells a page nothing of why it failed; `certificate` asks who may know. */
export const openLine = (
  url: string,
  clock: Clock,
  fetchIt: typeof fetch = fetch,
  certificate: () => Promise<Answer<CertificateTrouble | null>> = async () => done(null),
): CentreLine => {
  /** [DESK-27] Whoever never answered has shown no certificate; nor is anybody kept waiting for the reason. */
  const noAnswer = async (stopped: AbortSignal): Promise<Answer<never>> => {
    const timeUp = new Promise<null>((resolve) => {
      if (stopped.aborted) resolve(null)
      stopped.addEventListener('abort', () => resolve(null))
    })
    const told = await Promise.race([timeUp, certificate()])
    return told?.ok && told.value !== null ? failed('not_ours', refused[told.value]) : offline()
  }
  const sendRaw: CentreLine['sendRaw'] = async (name, { body, token, centre, limitMs = usualLimitMs }) => {
    const { method, path } = api[name]
    const stop = new AbortController()
    const cancel = clock.after(limitMs, () => stop.abort())
    try {
      const response = await fetchIt(new URL(path, url), {
        method,
        headers: {
          ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
          [protocolHeader]: String(PROTOCOL),
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
        ...(method === 'POST' ? { body } : {}),
        signal: stop.signal,
        cache: 'no-store',
        credentials: 'omit',
        // A portal's redirect must not carry the body or the token to a stranger.
        redirect: 'manual',
      })
      return await read(response, centre, clock.now())
    } catch {
      return await noAnswer(stop.signal)
    } finally {
      cancel()
    }
  }
  return {
    url,
    sendRaw,
    async send(name, request) {
      const answer = await sendRaw(name, request)
      if (!answer.ok) return answer
      const output = z.safeParse(routes[name].output, answer.value)
      return output.success
        ? { ok: true, value: output.data }
        : failed('failed', '中心的答复无法识别，请升级本程序后再试')
    },
  }
}
