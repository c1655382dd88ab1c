import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ascending, gateSpan, tailSince } from '../src/series.ts'

const at = (time: number, value = 0) => ({ time, value })
const isSame = (a: { value: number }, b: { value: number }) => a.value === b.value

test('chart times ascend, and the last of a second stands', () => {
  assert.deepEqual(ascending([at(1), at(2, 1), at(2, 2), at(1, 9), at(3)]), [at(1), at(2, 2), at(3)])
})

test('a chart is given only its tail', () => {
  assert.deepEqual(tailSince([at(1), at(2)], [at(1), at(2)], isSame), [])
  assert.deepEqual(tailSince([at(1), at(2)], [at(1), at(2), at(3)], isSame), [at(3)])
  assert.deepEqual(tailSince([at(1), at(2)], [at(1), at(2, 5), at(3)], isSame), [at(2, 5), at(3)])
})

test('a chart whose past changed is drawn anew', () => {
  assert.equal(tailSince([], [at(1)], isSame), undefined)
  assert.equal(tailSince([at(1), at(2)], [at(1, 7), at(2)], isSame), undefined)
  assert.equal(tailSince([at(1), at(2)], [at(2), at(3)], isSame), undefined)
  assert.equal(tailSince([at(1), at(2)], [at(1)], isSame), undefined)
})

test('a bar shows on which side of the threshold the value is, and stays within its ends', () => {
  for (const [value, threshold] of [[812, 500], [96, 500], [0, 500], [90_000, 500], [-40, 200], [310, 200], [-90_000, 200], [5, 0], [0, 0], [-3, -5]] as const) {
    const span = gateSpan(value, threshold)!
    for (const place of [span.value, span.threshold!, span.zero]) assert.ok(place >= 0 && place <= 1, `${value} against ${threshold}: ${place}`)
    assert.equal(Math.sign(span.value - span.threshold!), Math.sign(value - threshold), `${value} against ${threshold}`)
  }
  assert.equal(gateSpan(null, 500), undefined)
  assert.equal(gateSpan(5, null)!.threshold, undefined)
})
