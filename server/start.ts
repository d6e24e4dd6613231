// Puts the centre together and opens its door: database, identity, reference data, feed, practice exchange,
// HTTP. What each part does is left to its file; what was asked for on the command line to arguments.ts.
import { randomUUID } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import path from 'node:path'
import fastify, { type FastifyInstance } from 'fastify'
import { maxPushBytes } from '../contract/sync.ts'
import type { Session } from '../contract/session.ts'
import { PROTOCOL } from '../contract/version.ts'
import { seatedAccounts } from './accounts.ts'
import { keepBackups } from './backupSchedule.ts'
import type { Configuration } from './configuration.ts'
import { openDatabase, type Database } from './database.ts'
import { seedDemo, type DemoAccount } from './demo.ts'
import { openFeed, type Feed } from './feed.ts'
import { handlers } from './handlers.ts'
import { beginHistory, followEpoch } from './history.ts'
import { openKeeper } from './keeping.ts'
import { knowledgeMark, startingArticles, takeArticles } from './knowledge.ts'
import { openLimits } from './limits.ts'
import { openLog } from './log.ts'
import { makeFolder } from './makeFolder.ts'
import { openapi } from './openapi.ts'
import { openPages } from './pages.ts'
import { httpGateway } from './outwardGateway.ts'
import { startWorker } from './outwardWorker.ts'
import { startExchange } from './practice.ts'
import { watchCertificates } from './pbxCertificates.ts'
import {
  addWarningRules,
  currentVersion,
  loadReference,
  practiceReference,
  startingReference,
} from './reference.ts'
import { serve, serveProblems } from './serve.ts'
import { sipAccounts } from './softphone.ts'
import { keepRinging } from './warningRing.ts'
import { allowsOrigin, findWeb, serveWeb } from './web.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it came, for handlers that pass it on unread. */
    rawText: string
  }
}

export interface Running {
  readonly address: string
  readonly identity: Session['centre']
  readonly database: Database
  readonly accounts: readonly DemoAccount[] | null
  close(): Promise<void>
}

/** A sentence for the person who starts the program; not a fault of the program. */
export class CannotStart extends Error {
  override name = 'CannotStart'
}

const identify = async (
  database: Database,
  given: Configuration,
  now: number,
): Promise<Session['centre']> => {
  await database.rows(
    `insert into centre (id, name, practice, made_at) values ($1, $2, $3, $4) on conflict (one) do nothing`,
    [
      randomUUID(),
      given.name ?? (given.practice ? '12351 练习中心' : '12351 职工服务热线'),
      given.practice,
      now,
    ],
  )
  if (given.name !== null) await database.rows('update centre set name = $1', [given.name])
  const [row] = await database.rows<Session['centre']>('select id, name, practice, epoch from centre')
  if (row === undefined) throw new Error('centre has no row')
  if (row.practice !== given.practice)
    throw new CannotStart(
      row.practice
        ? '这里存的是练习中心的数据，请加 --practice 启动，或换一个 --data 目录。'
        : '这里存的是真实中心的数据，不能用 --practice 启动，请换一个 --data 目录。',
    )
  return row
}

/** Slow senders are cut off: the head of a request has 10 s, the whole of it as long as a seat itself waits. */
const serverFor =
  (tls: Configuration['tls']) =>
  (handler: http.RequestListener): http.Server => {
    const server = tls === null ? http.createServer(handler) : https.createServer({ ...tls }, handler)
    server.headersTimeout = 10_000
    server.requestTimeout = 60_000
    server.keepAliveTimeout = 65_000
    return server
  }

const readJson = (app: FastifyInstance): void => {
  app.decorateRequest('rawText', '')
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, respond) => {
    request.rawText = body.toString()
    void parse(request, request.rawText, respond)
  })
}

const lookMs = 5_000

/**
 * `reference load`, `knowledge import` and `user` run in other processes: seats are told when something new is there, and
 * the wall shows who has a seat now.
 */
const watchOthers = (database: Database, feed: Feed): (() => Promise<void>) => {
  let known: string | null = null
  const look = async (): Promise<void> => {
    const mark = `${await currentVersion(database)} ${await knowledgeMark(database)}`
    if (known !== null && mark !== known) feed.nudge('reference', () => true)
    known = mark
    await feed.roster(await seatedAccounts(database))
  }
  // A database that is away has no news.
  const timer = setInterval(() => void look().catch(() => undefined), lookMs)
  return async () => clearInterval(timer)
}

export const startCentre = async (
  configuration: Configuration,
  now: () => number = Date.now,
): Promise<Running> => {
  makeFolder(configuration.folder)
  const log = openLog(configuration.logToFile ? path.join(configuration.folder, 'server.log') : null, now)
  const database = await openDatabase({ url: configuration.databaseUrl, folder: configuration.folder })
  const cleanUp: (() => Promise<unknown>)[] = [() => database.close()]
  const close = async (): Promise<void> => {
    for (const step of cleanUp.splice(0).reverse()) await step()
  }
  try {
    const identity = await identify(database, configuration, now())
    await beginHistory(database, now())
    if ((await currentVersion(database)) === 0)
      await loadReference(
        database,
        identity.practice ? practiceReference() : startingReference(),
        'first start',
        now(),
      )
    else await addWarningRules(database, identity.practice, now())
    if ((configuration.demo || identity.practice) && (await knowledgeMark(database)) === 0)
      await takeArticles(database, startingArticles(), 'first start', now())
    const accounts = configuration.demo
      ? await seedDemo(database, { folder: configuration.folder, practice: identity.practice, now: now() })
      : null

    const exchange = configuration.practice
      ? await startExchange({
          file: configuration.practiceExchange,
          seats: (await seatedAccounts(database)).map(({ account, extension }) => ({
            extension,
            name: account.name,
          })),
          log,
        })
      : null
    if (exchange !== null) cleanUp.push(() => exchange.close())
    const certificates = watchCertificates(configuration.pbx?.servers ?? [], now, log)
    cleanUp.push(async () => certificates.stop())
    const sip = sipAccounts(configuration.pbx, exchange, certificates.worst)

    const allows = allowsOrigin(configuration.origins)
    const feed = openFeed({ database, practice: identity.practice, now, log, allows })
    cleanUp.push(watchOthers(database, feed))
    cleanUp.push(keepRinging({ database, feed, now, log }))
    const keeper = openKeeper({ database, configuration, now, log })
    cleanUp.push(() => keeper.stop())
    if (configuration.backups !== null)
      cleanUp.push(keepBackups({ database, backups: configuration.backups, keeper, now, log }))
    const worker =
      configuration.gateway === null
        ? null
        : startWorker({
            database,
            gateway: httpGateway(configuration.gateway),
            now,
            random: Math.random,
            log,
          })
    if (worker !== null) cleanUp.push(() => worker.stop())
    const app: FastifyInstance = fastify({
      logger: false,
      bodyLimit: maxPushBytes,
      forceCloseConnections: true,
      serverFactory: serverFor(configuration.tls),
    })
    cleanUp.push(async () => {
      await feed.close()
      await app.close()
    })
    const centre = {
      database,
      identity,
      now,
      log,
      feed,
      limits: openLimits(now),
      keeper,
      pages: openPages(database),
      sipOf: sip.of,
      telephones: sip.servers,
      exchange,
      hasGateway: worker !== null,
      outwardDue: () => worker?.wake(),
    }
    cleanUp.push(followEpoch(centre))
    readJson(app)
    await serveWeb(app, {
      folder: findWeb(configuration.web),
      telephones: sip.servers,
      https: configuration.tls !== null,
      centre: identity.id,
      allows,
    })
    app.addHook('onResponse', async (request, reply) => {
      log('info', 'request', {
        route: request.routeOptions.url ?? '-',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      })
    })
    serveProblems(app, centre)
    serve(app, centre, handlers)
    const description = openapi()
    app.get('/openapi.json', () => description)
    app.server.on('upgrade', (request, socket, head) => {
      if ((request.url ?? '').split('?')[0] === '/feed') feed.upgrade(request, socket, head)
      else socket.destroy()
    })
    const listening = await app.listen({ port: configuration.port, host: configuration.host })
    // Fastify does not see that the server it was given speaks TLS.
    const address = configuration.tls === null ? listening : listening.replace(/^http:/, 'https:')
    log('info', 'started', { protocol: PROTOCOL, database: database.kind, practice: identity.practice })
    return { address, identity, database, accounts, close }
  } catch (error) {
    await close()
    throw error
  }
}
