import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Decision, Feed, Gate } from '../src/snapshot.ts'
import { bannerOf, feedHealth, readable, tradeWords, verdictWords } from '../src/words.ts'

function gate(name: string, verdict: Gate['verdict'], words: string): Gate {
  return { name, verdict, words, value: null, threshold: null, limit: 'NONE', unit: 'NONE' }
}

function decision(part: Partial<Decision>): Decision {
  return {
    timeNanos: 1, ticker: 'T', verdict: 'STAY_OUT', side: null, words: '', firstFailingGate: null, gates: [],
    signals: { obiE6: null, rocE6: null, conviction: null }, forecast: null, sizing: [], ...part,
  }
}

const feed = (part: Partial<Feed>): Feed => (
  { name: 'F', isUp: true, ageMillis: 100, limitMillis: 500, reconnects: 0, gaps: 0, malformed: 0, ...part })

test('staying out is explained by the first gate that failed', () => {
  const gates = [gate('a', 'PASS', 'fine'), gate('b', 'FAIL', 'book 812 ms old (limit 500 ms)'), gate('c', 'FAIL', 'later')]
  assert.equal(verdictWords(decision({ gates, firstFailingGate: 'b' })), 'We stayed out: book 812 ms old (limit 500 ms)')
  assert.equal(verdictWords(decision({ gates })), 'We stayed out: book 812 ms old (limit 500 ms)')
  assert.equal(verdictWords(decision({})), 'We stayed out: no rule saw a reason to trade')
})

test('a trade is told with side, count and price', () => {
  assert.equal(verdictWords(decision({ verdict: 'ENTER', words: 'Bought YES 12 @ 54 ¢' })), 'Bought YES 12 @ 54 ¢')
  assert.equal(verdictWords(decision({ verdict: 'ENTER', side: 'YES', sizing: [{ name: 'sent', countE2: 1_200, words: '' }] })), 'Buying YES 12')
  const words = tradeWords({ timeNanos: 1, ticker: 'T', action: 'buy', side: 'NO', countE2: 750, priceE4: 930, feeE6: 1 })
  assert.equal(words.replaceAll('\u00a0', ' '), 'Bought NO 7.5 @ 9.3 ¢')
})

test('the banner tells made-up, recorded and real apart', () => {
  assert.equal(bannerOf('paper', 'simulated', 'seed 42').title, 'SIMULATED')
  assert.match(bannerOf('paper', 'simulated', 'seed 42').text, /Session seed 42/)
  assert.equal(bannerOf('replay', 'recorded', '').title, 'RECORDED')
  assert.equal(bannerOf('live', 'live', '').tone, 'bad')
  assert.match(bannerOf('paper', 'live', '').text, /no real money/)
  assert.match(bannerOf('canary', 'live', '').text, /no real money/)
})

test('a feed is judged by its last message', () => {
  assert.equal(feedHealth(feed({}), 0), 'fresh')
  assert.equal(feedHealth(feed({}), 401), 'stale')
  assert.equal(feedHealth(feed({ isUp: false }), 0), 'down')
  assert.equal(feedHealth(feed({ ageMillis: null }), 0), 'silent')
})

test('names for programs become words for people', () => {
  assert.equal(readable('BOOK_MOVED'), 'book moved')
  assert.equal(readable('bookAge'), 'book age')
})
