import { duration, whole } from '../format'
import type { IconName } from '../icons'
import type { Counters, Feed } from '../snapshot'
import { type Health, HEALTH_WORDS, type Tone, feedHealth, readable } from '../words'
import { Chip, Empty, Panel } from './parts'

const HEALTH_TONES: Record<Health, Tone> = { fresh: 'good', stale: 'warn', down: 'bad', silent: 'calm' }
const HEALTH_ICONS: Record<Health, IconName> = { fresh: 'pass', stale: 'warn', down: 'fail', silent: 'none' }

export function FeedsPanel({ feeds, extraMillis, isFinished }: { feeds: Feed[]; extraMillis: number; isFinished: boolean }) {
  const fresh = feeds.filter((feed) => feedHealth(feed, extraMillis) === 'fresh').length
  return (
    <Panel id="feeds" title="Feeds" note={isFinished ? 'as they were at the end' : feeds.length > 0 ? `${fresh} of ${feeds.length} fresh` : ''}>
      {feeds.length === 0 ? <Empty>No feed is connected yet.</Empty> : (
        <ul class="feed-list">
          {feeds.map((feed) => <FeedRow key={feed.name} feed={feed} extraMillis={extraMillis} />)}
        </ul>
      )}
    </Panel>
  )
}

function FeedRow({ feed, extraMillis }: { feed: Feed; extraMillis: number }) {
  const health = feedHealth(feed, extraMillis)
  const troubles = [
    plural(feed.reconnects, 'reconnect'),
    plural(feed.gaps, 'gap'),
    feed.malformed > 0 ? `${whole(feed.malformed)} malformed` : '',
  ].filter(Boolean)
  return (
    <li class={health === 'fresh' ? '' : 'is-stale'} data-feed={feed.name}>
      <span class="feed-name">{readable(feed.name)}</span>
      <Chip tone={HEALTH_TONES[health]} icon={HEALTH_ICONS[health]}>{HEALTH_WORDS[health]}</Chip>
      <span class="feed-age">
        {feed.ageMillis === null ? 'no message yet' : `${duration(feed.ageMillis + extraMillis)} ago`}
        <span class="dim">, limit {duration(feed.limitMillis)}</span>
      </span>
      {troubles.length > 0 ? <span class="dim feed-troubles">{troubles.join(' · ')}</span> : null}
    </li>
  )
}

function plural(count: number, word: string): string {
  return count === 0 ? '' : `${whole(count)} ${word}${count === 1 ? '' : 's'}`
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
