import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cents, contracts, countdown, dollars, duration, percent, quantity, settlesIn, signedDollars, spot, unbroken, utcTime } from '../src/format.ts'

// Numbers and their units are kept together by spaces that do not break; here they are written as plain ones.
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

test('a contract price is in cents with no more digits than it has', () => {
  assert.equal(plain(cents(5_400)), '54 ¢')
  assert.equal(plain(cents(930)), '9.3 ¢')
  assert.equal(plain(cents(9_825)), '98.25 ¢')
  assert.equal(plain(cents(-150)), '−1.5 ¢')
  assert.equal(cents(null), '–')
})

test('money is in dollars, and a loss has a minus before the dollar', () => {
  assert.equal(dollars(1_234_560_000), '$1,234.56')
  assert.equal(dollars(-3_200_000), '−$3.20')
  assert.equal(signedDollars(1_200_000), '+$1.20')
  assert.equal(signedDollars(0), '$0.00')
  assert.equal(signedDollars(-1), '$0.00')
})

test('spot prices show cents only where there are some', () => {
  assert.equal(spot(1_032_501_000), '$103,250.10')
  assert.equal(spot(1_032_500_000), '$103,250')
})

test('counts, ratios and gates bear their units', () => {
  assert.equal(contracts(1_250), '12.5')
  assert.equal(plain(percent(582_000)), '58.2 %')
  assert.equal(plain(quantity(812, 'MILLIS')), '812 ms')
  assert.equal(plain(quantity(192, 'SECONDS')), '192 s')
  assert.equal(plain(quantity(720, 'SECONDS')), '12:00')
  assert.equal(plain(quantity(1_420, 'RATIO_E6')), '0.14 %')
  assert.equal(plain(quantity(1_420_000, 'FACTOR_E6')), '1.42 ×')
  assert.equal(quantity(1, 'NONE'), '')
})

test('time left and ages read like a clock and like a sentence', () => {
  assert.equal(countdown(192), '03:12')
  assert.equal(countdown(3_723), '1:02:03')
  assert.equal(settlesIn(192), 'settles in 03:12')
  assert.equal(settlesIn(-1), 'closed, waiting for settlement')
  assert.equal(plain(duration(812)), '812 ms')
  assert.equal(plain(duration(12_400)), '12.4 s')
  assert.equal(plain(duration(59_980)), '1 min 00 s')
  assert.equal(plain(duration(125_000)), '2 min 05 s')
  assert.equal(plain(duration(12_000_000)), '3 h 20 min')
})

test('a number and its unit stay on one line', () => {
  assert.equal(unbroken('book 812 ms old (limit 500 ms)'), 'book 812\u00a0ms old (limit 500\u00a0ms)')
  assert.equal(unbroken('14 orders, 2 streams'), '14 orders, 2 streams')
})

test('times are UTC', () => {
  assert.equal(utcTime(1_778_713_908e9), '23:11:48 UTC')
  assert.equal(utcTime(0), '–')
})
