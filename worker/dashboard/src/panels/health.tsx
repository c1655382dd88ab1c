import { UNKNOWN, duration, whole } from '../format'
import type { IconName } from '../icons'
import type { Counters, Feed } from '../snapshot'
import { type Health, HEALTH_WORDS, type Tone, feedHealth, readable } from '../words'
import { Chip, type Column, Empty, Panel, Table } from './parts'

const HEALTH_TONES: Record<Health, Tone> = { fresh: 'good', stale: 'warn', down: 'bad', silent: 'calm' }
const HEALTH_ICONS: Record<Health, IconName> = { fresh: 'pass', stale: 'warn', down: 'fail', silent: 'none' }

export function FeedsPanel({ feeds, extraMillis, isFinished }: { feeds: Feed[]; extraMillis: number; isFinished: boolean }) {
  const columns: Column<Feed>[] = [
    { head: 'Feed', isText: true, cell: (row) => readable(row.name) },
    {
      head: 'Health', isText: true,
      cell: (row) => {
        const health = feedHealth(row, extraMillis)
        return <Chip tone={HEALTH_TONES[health]} icon={HEALTH_ICONS[health]}>{HEALTH_WORDS[health]}</Chip>
      },
    },
    {
      head: 'Last message',
      cell: (row) => (
        <span title={`stale after ${duration(row.limitMillis)}`}>
          {row.ageMillis === null ? UNKNOWN : `${duration(row.ageMillis + extraMillis)} ago`}
        </span>
      ),
    },
    { head: 'Limit', cell: (row) => <span class="dim">{duration(row.limitMillis)}</span> },
    { head: 'Reconnects', cell: (row) => whole(row.reconnects) },
    { head: 'Gaps', cell: (row) => whole(row.gaps) },
    { head: 'Malformed', cell: (row) => whole(row.malformed) },
  ]
  return (
    <Panel id="feeds" title="Feeds" note={isFinished ? 'as they were at the end' : ''}>
      {feeds.length === 0 ? <Empty>No feed is connected yet.</Empty> : (
        <Table
          columns={columns} rows={feeds} keyOf={(row) => row.name}
          classOf={(row) => (feedHealth(row, extraMillis) === 'fresh' ? '' : 'is-stale')}
        />
      )}
    </Panel>
  )
}

export function CountersPanel({ counters }: { counters: Counters }) {
  const refusals = Object.entries(counters.refusals).sort((a, b) => b[1] - a[1])
  const refused = refusals.reduce((sum, [, count]) => sum + count, 0)
  const figures: [string, number, boolean][] = [
    ['Events', counters.events, false],
    ['Decisions', counters.decisions, false],
    ['Intents', counters.intents, false],
    ['Orders', counters.orders, false],
    ['Fills', counters.fills, false],
    ['Refused', refused, refused > 0],
    ['Unreadable frames', counters.parseFailures, counters.parseFailures > 0],
    ['Sequence gaps', counters.sequenceGaps, counters.sequenceGaps > 0],
  ]
  return (
    <Panel id="counters" title="Since the start">
      <dl class="figures">
        {figures.map(([label, value, isWarning]) => (
          <div key={label} class={isWarning ? 'warn' : ''}>
            <dt>{label}</dt>
            <dd>{whole(value)}</dd>
          </div>
        ))}
      </dl>
      {refusals.length > 0 ? (
        <p class="refusals">
          <span class="dim">Refused because of</span>
          {refusals.map(([reason, count]) => (
            <span key={reason}>{readable(reason)} <b>{whole(count)}</b></span>
          ))}
        </p>
      ) : null}
    </Panel>
  )
}
