import type { Message, Snapshot } from './snapshot.ts'

export interface LiveState {
  connection: 'connecting' | 'open' | 'lost'
  snapshot: Snapshot | undefined
  /** When the snapshot arrived, by performance.now(). */
  receivedAt: number
  /** When the next attempt is made, by performance.now(). */
  retryAt: number
  /** Set while the worker cannot describe itself. */
  problem: string | undefined
}

/** The server says something every 2 s; a socket that is silent for longer is dead, whatever it says of itself. */
const SILENCE_MILLIS = 6_000
const FIRST_RETRY_MILLIS = 500
const LAST_RETRY_MILLIS = 5_000

/** Keeps one socket to the worker, for as long as the page is open. */
export class LiveConnection {
  private state: LiveState = {
    connection: 'connecting', snapshot: undefined, receivedAt: 0, retryAt: 0, problem: undefined,
  }
  private socket: WebSocket | undefined
  private failures = 0
  private silence: ReturnType<typeof setTimeout> | undefined
  private retry: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly onChange: (state: LiveState) => void) {}

  open(): void {
    clearTimeout(this.retry)
    const socket = new WebSocket(`ws${location.protocol === 'https:' ? 's' : ''}://${location.host}/api/live`)
    this.socket = socket
    this.expectMessage(socket)
    socket.onmessage = (event) => {
      if (socket !== this.socket) return
      this.failures = 0
      this.expectMessage(socket)
      this.receive(JSON.parse(String(event.data)) as Message)
    }
    socket.onclose = () => this.lost(socket)
  }

  /** The operator does not want to wait. */
  retryNow(): void {
    if (this.state.connection === 'lost') this.open()
  }

  private receive(message: Message): void {
    const now = performance.now()
    switch (message.type) {
      case 'snapshot':
        this.change({ connection: 'open', snapshot: message.snapshot, receivedAt: now, problem: undefined })
        break
      case 'heartbeat':
        if (this.state.connection !== 'open') this.change({ connection: 'open' })
        break
      case 'problem':
        this.change({ connection: 'open', problem: message.message })
        break
    }
  }

  private expectMessage(socket: WebSocket): void {
    clearTimeout(this.silence)
    this.silence = setTimeout(() => {
      this.lost(socket)
      socket.close()
    }, SILENCE_MILLIS)
  }

  private lost(socket: WebSocket): void {
    if (socket !== this.socket) return
    this.socket = undefined
    clearTimeout(this.silence)
    const wait = Math.min(LAST_RETRY_MILLIS, FIRST_RETRY_MILLIS * 2 ** this.failures) * (0.8 + 0.4 * Math.random())
    this.failures++
    this.change({ connection: 'lost', retryAt: performance.now() + wait })
    this.retry = setTimeout(() => this.open(), wait)
  }

  private change(part: Partial<LiveState>): void {
    this.state = { ...this.state, ...part }
    this.onChange(this.state)
  }
}
