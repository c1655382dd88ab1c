// What a plain Node program needs for parse, book and imbalance of the same frames. Prints one JSON object.
import { readFileSync } from 'node:fs';

const lines = readFileSync(process.argv[2]).toString('utf8').trimEnd().split('\n').map(line => Buffer.from(line));
const WARM_UP = 4, PASSES = 3, LEVELS = 5;

function depth(side) {
  // The best five of a side: prices are kept sorted, best last.
  let sum = 0;
  for (let i = side.prices.length - 1, n = 0; i >= 0 && n < LEVELS; i--, n++) sum += side.counts[i];
  return sum;
}

function add(side, price, change) {
  const { prices, counts } = side;
  let low = 0, high = prices.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (prices[middle] < price) low = middle + 1; else high = middle;
  }
  if (prices[low] === price) {
    counts[low] += change;
    if (counts[low] <= 0) { prices.splice(low, 1); counts.splice(low, 1); }
  } else if (change > 0) {
    prices.splice(low, 0, price);
    counts.splice(low, 0, change);
  }
}

function sideOf(levels) {
  const side = { prices: [], counts: [] };
  for (const [price, count] of levels ?? []) add(side, Math.round(price * 10000), Math.round(count * 100));
  return side;
}

let spoken = 0;
function pass(times) {
  const books = new Map();
  let at = 0;
  for (const line of lines) {
    const began = process.hrtime.bigint();
    const frame = JSON.parse(line);
    const msg = frame.msg;
    if (frame.type === 'orderbook_snapshot') {
      books.set(msg.market_ticker, { yes: sideOf(msg.yes_dollars_fp), no: sideOf(msg.no_dollars_fp) });
      continue;
    }
    const book = books.get(msg.market_ticker);
    if (book === undefined) continue;
    add(book[msg.side], Math.round(msg.price_dollars * 10000), Math.round(msg.delta_fp * 100));
    const bids = depth(book.yes), asks = depth(book.no);
    const share = bids / (bids + asks);
    if (share >= 0.65 || share <= 0.35) spoken++;
    if (times) times[at++] = Number(process.hrtime.bigint() - began);
  }
  return at;
}

for (let i = 0; i < WARM_UP; i++) pass(new Float64Array(lines.length));
const all = [];
let seconds = Infinity;
for (let i = 0; i < PASSES; i++) {
  const times = new Float64Array(lines.length);
  const count = pass(times);
  all.push(times.subarray(0, count));
}
for (let i = 0; i < PASSES; i++) {
  const began = process.hrtime.bigint();
  pass(null);
  seconds = Math.min(seconds, Number(process.hrtime.bigint() - began) / 1e9);
}
const sorted = Float64Array.from(all.flatMap(times => Array.from(times))).sort();
const at = share => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
const deltas = all[0].length;
console.log(JSON.stringify({
  version: process.version, deltas, meanNanos: sorted.reduce((a, b) => a + b, 0) / sorted.length,
  p50: at(0.5), p99: at(0.99), max: sorted[sorted.length - 1], deltasPerSecond: deltas / seconds,
}));
