// The PBX's manager interface, as far as tests need it: actions with their answers, lists, CLI commands and
// every event. One connection; who keeps listening over a restart of the PBX is pbx.ts's concern.
import { connect, type Socket } from 'node:net'

/** One AMI message. Lines that repeat, as the Output of a CLI command, are joined by newlines. */
export type Message = Readonly<Record<string, string>>
export type Fields = Record<string, string | number>

export interface Ami {
  /** Rejects when the PBX answers Error or goes away first. */
  action(name: string, fields?: Fields): Promise<Message>
  /** The items of an action that answers with a list. */
  list(name: string, fields?: Fields): Promise<Message[]>
  close(): void
}

interface Pending {
  settle(answer: Message): void
  fail(problem: Error): void
}

export interface Login {
  host: string
  port: number
  user: string
  secret: string
}

/** Resolves when logged in and the PBX has fully booted; rejects when nobody listens there. */
export async function openAmi(login: Login, onEvent: (event: Message) => void): Promise<Ami> {
  const socket = await connected(login)
  const pending = new Map<string, Pending>()
  const lists = new Map<string, Message[]>()
  let booted: () => void = () => {}
  const fullyBooted = new Promise<void>((settle) => (booted = settle))
  let lastId = 0

  const take = (message: Message): void => {
    const id = message['ActionID'] ?? ''
    const items = lists.get(id)
    if (message['Event'] === 'FullyBooted') booted()
    if (message['Event'] && !items) return onEvent(message)
    if (message['EventList'] === 'start') return
    if (items && message['Event'] && message['EventList'] !== 'Complete') return void items.push(message)
    const waiting = pending.get(id)
    pending.delete(id)
    if (message['Response'] === 'Error') waiting?.fail(new Error(message['Message'] ?? 'AMI error'))
    else waiting?.settle(message)
  }
  const gone = (): void => {
    for (const waiting of pending.values()) waiting.fail(new Error('the PBX closed the manager connection'))
    pending.clear()
  }
  socket.on('close', gone)
  readMessages(socket, take)

  const send = (name: string, fields: Fields, id: string): Promise<Message> =>
    new Promise((settle, fail) => {
      if (socket.destroyed) return fail(new Error('the PBX closed the manager connection'))
      pending.set(id, { settle, fail })
      const lines = Object.entries({ Action: name, ActionID: id, ...fields }).map(
        ([key, value]) => `${key}: ${value}`,
      )
      socket.write(`${lines.join('\r\n')}\r\n\r\n`)
    })
  const ami: Ami = {
    action: (name, fields = {}) => send(name, fields, String(++lastId)),
    async list(name, fields = {}) {
      const id = String(++lastId)
      const items: Message[] = []
      lists.set(id, items)
      try {
        await send(name, fields, id)
      } finally {
        lists.delete(id)
      }
      return items
    },
    close: () => socket.destroy(),
  }
  await ami.action('Login', { Username: login.user, Secret: login.secret })
  await fullyBooted
  return ami
}

const connected = (login: Login): Promise<Socket> =>
  new Promise((settle, fail) => {
    const socket = connect(login.port, login.host)
    socket.once('error', fail)
    socket.once('connect', () => {
      socket.off('error', fail)
      socket.on('error', () => socket.destroy())
      settle(socket)
    })
  })

function readMessages(socket: Socket, take: (message: Message) => void): void {
  let text = ''
  let greeted = false
  socket.setEncoding('utf8')
  socket.on('data', (chunk: string) => {
    text += chunk
    if (!greeted && text.includes('\r\n')) {
      text = text.slice(text.indexOf('\r\n') + 2)
      greeted = true
    }
    if (!greeted) return
    for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
      take(parse(text.slice(0, end)))
      text = text.slice(end + 4)
    }
  })
}

function parse(block: string): Message {
  const message: Record<string, string> = {}
  for (const line of block.split('\r\n')) {
    const [, key = '', value = ''] = /^([^:]*): ?(.*)$/s.exec(line) ?? []
    message[key] = key in message ? `${message[key]}\n${value}` : value
  }
  return message
}
