// Serves contract/api.ts: authenticate, authorise, parse, handler, parse. Knows no route by name.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Answer, ProblemCode } from '../contract/answer.ts'
import { z } from 'zod'
import { api, type ApiName, type Route } from '../contract/api.ts'
import { OLDEST_SEAT, PROTOCOL, protocolHeader } from '../contract/version.ts'
import { apiNames, isWritten, type Asking, type Caller, type Centre, type Handlers } from './centre.ts'
import { openCircuit } from './circuit.ts'
import { isBusy, isTooSlow, traceOf } from './database.ts'
import { problems, statusOf } from './problems.ts'
import { authenticate } from './session.ts'
import { openTurns } from './turns.ts'

/** `waitedMs`: [SERVER-45] who stood in line and got nothing for it is told how long. */
const send = (reply: FastifyReply, answer: Answer<unknown>, waitedMs = 0): void => {
  if (!answer.ok && answer.problem.retryAfterMs !== undefined)
    reply.header('retry-after', String(Math.ceil(answer.problem.retryAfterMs / 1000)))
  if (answer.ok && isWritten(answer.value))
    reply
      .code(answer.value.status ?? 200)
      .type('application/json; charset=utf-8')
      .send(answer.value.written)
  else if (answer.ok) reply.send(answer)
  else {
    const problem = waitedMs > 0 ? { ...answer.problem, waitedMs } : answer.problem
    reply.code(statusOf[problem.code]).send({ ok: false, problem })
  }
}

const bearer = (request: FastifyRequest): string | null =>
  /^Bearer ([\w-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1] ?? null

/** Who asks, or why the door stays shut. */
const admit = async (
  name: ApiName,
  request: FastifyRequest,
  centre: Centre,
): Promise<{ caller: Caller | null } | Answer<never>> => {
  const { access }: Route = api[name]
  if (access === 'anyone') return { caller: null }
  if (access === 'practice' && !centre.identity.practice) return problems.practiceOnly()
  const token = bearer(request)
  const caller = token === null ? null : await authenticate(centre.database, token, centre.now())
  if (access === 'practice') return { caller }
  if (caller === null) return problems.notSignedIn()
  return access.includes(caller.account.role) ? { caller } : problems.forbidden()
}

/** [SERVER-37] Which protocol the asking program speaks; one that does not say so speaks the first. */
const protocolOf = (request: FastifyRequest): number => {
  const given = request.headers[protocolHeader]
  return typeof given === 'string' && /^\d{1,6}$/.test(given) ? Number(given) : 1
}

/** A handler whose input was parsed by its own schema: a union of names cannot say that to the compiler. */
interface AnyHandler {
  answer(given: unknown, asking: Asking, centre: Centre): Promise<Answer<unknown>>
}

/** A NUL can be put in no text column: outside sync.push, which judges item by item, it is simply bad input. */
const holdsNul = (raw: string): boolean => /\\u0000/i.test(raw)

const answerTo = async (
  name: ApiName,
  request: FastifyRequest,
  waitedMs: number,
  centre: Centre,
  handlers: Handlers,
): Promise<Answer<unknown>> => {
  const admitted = await admit(name, request, centre)
  if ('ok' in admitted) return admitted
  const protocol = protocolOf(request)
  if (protocol < OLDEST_SEAT) return problems.tooOld()
  const { method, input, output }: Route = api[name]
  const raw = request.rawText
  if (name !== 'sync.push' && holdsNul(raw)) return problems.badInput('')
  const parsed = z.safeParse(input, method === 'GET' ? request.query : request.body)
  // What a newer program asks may well make sense to a newer centre: it is not called wrong.
  if (!parsed.success && protocol > PROTOCOL) return problems.tooNew()
  if (!parsed.success) return problems.badInput(parsed.error.issues[0]?.path.map(String).join('.') ?? '')
  const asking: Asking = { caller: admitted.caller, address: request.ip, protocol, raw, waitedMs }
  const handler: AnyHandler = { answer: handlers[name] }
  const answer = await handler.answer(parsed.data, asking, centre)
  if (!answer.ok || isWritten(answer.value)) return answer
  return { ok: true, value: z.parse(output, answer.value) }
}

/** These answers come before the question itself is put to the database: they say nothing about how quick it is. */
const turnedAway: ReadonlySet<ProblemCode> = new Set(['not_signed_in', 'forbidden', 'bad_input', 'too_old'])

export const serve = (app: FastifyInstance, centre: Centre, handlers: Handlers): void => {
  const circuit = openCircuit(centre.now)
  const turns = openTurns()

  const judged = async (name: ApiName, request: FastifyRequest): Promise<Answer<unknown>> => {
    const awayMs = await turns.begin(name, request)
    if (awayMs !== null) return problems.tooBusy(awayMs)
    const wait = circuit.wait(name)
    if (wait > 0) return problems.tooSlow(wait)
    try {
      const answer = await answerTo(name, request, turns.waitedMs(request), centre, handlers)
      if (answer.ok || !turnedAway.has(answer.problem.code)) circuit.answered(name)
      return answer
    } catch (error) {
      if (isTooSlow(error)) circuit.tooSlow(name)
      else circuit.answered(name)
      const busy = isBusy(error)
      if (busy) centre.keeper.noticed(error)
      centre.log(busy ? 'warn' : 'error', 'request.failed', { route: name, trace: traceOf(error) })
      return busy ? problems.busy() : problems.failed()
    }
  }

  for (const name of apiNames) {
    const { method, path }: Route = api[name]
    app.route({
      method,
      url: path,
      onRequest: async (request, reply) => {
        const awayMs = await turns.come(name, request, reply)
        if (awayMs !== null) {
          send(reply, problems.tooBusy(awayMs), turns.waitedMs(request))
          return reply
        }
        if (!reply.raw.destroyed) return
        // Who asked has gone meanwhile: what it wanted is not done for nobody.
        turns.end(request)
        return reply.send()
      },
      handler: async (request, reply) => {
        const answer = await judged(name, request)
        turns.end(request)
        send(reply, answer, turns.waitedMs(request))
        return reply
      },
    })
  }
}

/** What goes wrong before a handler is reached, as Answers too. */
export const serveProblems = (app: FastifyInstance, centre: Centre): void => {
  app.setErrorHandler((error: unknown, request, reply) => {
    const status =
      error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
        ? error.statusCode
        : 500
    if (status >= 500)
      centre.log('error', 'request.failed', { route: request.routeOptions.url ?? '', trace: traceOf(error) })
    send(
      reply,
      status === 413
        ? problems.tooLarge()
        : status === 415
          ? problems.unsupported()
          : status < 500
            ? problems.badJson()
            : problems.failed(),
    )
  })
}
