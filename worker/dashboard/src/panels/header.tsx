import { duration, localDateTime, speed, utcDateTime } from '../format'
import { Icon, type IconName } from '../icons'
import type { LiveState } from '../live'
import type { RunState, Snapshot } from '../snapshot'
import { STATE_WORDS } from '../words'
import { Chip } from './parts'

const STATE_ICONS: Record<RunState, IconName> = { running: 'run', paused: 'pause', halted: 'halt', finished: 'done' }
const OLD_MILLIS = 5_000

export function Header(props: { snapshot: Snapshot; connection: LiveState['connection']; shownForMillis: number }) {
  const { lane, clock, state } = props.snapshot
  const words = STATE_WORDS[state.state]
  const isLost = props.connection === 'lost'
  const isOld = props.shownForMillis > OLD_MILLIS && state.state !== 'finished'
  return (
    <header class="top">
      <div class="brand">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <path d="M18.5 3 7 18h7l-2 11L24 13h-7.2z" />
        </svg>
        <h1>Voltage</h1>
      </div>
      <span class={`lane lane-${lane}`} data-testid="lane">
        {lane} lane
      </span>
      <span data-testid="state" class={isLost ? 'state is-old' : 'state'}>
        <Chip tone={words.tone} icon={STATE_ICONS[state.state]}>
          {words.text}
        </Chip>
        {state.reasons.length > 0 ? <span class="reasons">{state.reasons.join(' · ')}</span> : null}
      </span>
      <span class="spacer" />
      <span class="clock" data-testid="clock">
        <time title={localDateTime(clock.nowNanos)}>{clock.nowNanos > 0 ? utcDateTime(clock.nowNanos) : 'no time yet'}</time>
        {state.state === 'finished' ? null : (
          <span class="dim" title="Speed of the engine’s clock against real time">
            {speed(clock.speedE2)}
          </span>
        )}
      </span>
      <span data-testid="connection">
        <Chip tone={isLost ? 'bad' : isOld ? 'warn' : 'good'} icon={isLost ? 'broken' : 'link'} title="Age of what is shown">
          {isLost ? 'Lost' : isOld ? `No change for ${duration(props.shownForMillis)}` : 'Connected'}
        </Chip>
      </span>
    </header>
  )
}

/** Nothing while all is well. */
export function ConnectionBar({ live, now, onRetry }: { live: LiveState; now: number; onRetry: () => void }) {
  if (live.connection === 'lost') {
    const seconds = Math.max(0, Math.ceil((live.retryAt - now) / 1_000))
    return (
      <div class="alert bad" role="alert" data-testid="connection-lost">
        <Icon name="broken" />
        <strong>Connection to the worker lost.</strong>
        <span>
          {live.snapshot ? `What you see is ${duration(Math.max(0, now - live.receivedAt))} old. ` : ''}
          {seconds > 0 ? `Trying again in ${seconds} s.` : 'Trying again now.'}
        </span>
        <button type="button" onClick={onRetry}>
          Retry now
        </button>
      </div>
    )
  }
  if (live.problem) {
    return (
      <div class="alert bad" role="alert" data-testid="problem">
        <Icon name="warn" />
        <strong>The worker cannot describe its state.</strong>
        <span>{live.problem}</span>
      </div>
    )
  }
  return null
}
