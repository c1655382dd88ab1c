// The net in Node: the same graph and windows, one thread, sequential, no spinning. node onnx.mjs GRAPH WINDOWS LEVELS
import { readFileSync } from 'node:fs';
import ort from 'onnxruntime-node';

const WARM_UP = 12000, MEASURED = 20000, WINDOW = 180;
const [, , graph, file, count] = process.argv;
const levels = Number(count), numbers = WINDOW + levels;
const bytes = readFileSync(file);
const all = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
const rows = all.length / numbers;
const session = await ort.InferenceSession.create(graph, {
  intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential', graphOptimizationLevel: 'all',
  extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
});
const window = new Float32Array(WINDOW), level = new Float32Array(levels);
const fed = {
  window: new ort.Tensor('float32', window, [1, 3, 60]),
  levels: new ort.Tensor('float32', level, [1, levels]),
};
let sum = 0;
async function once(i) {
  const at = (i % rows) * numbers;
  window.set(all.subarray(at, at + WINDOW));
  level.set(all.subarray(at + WINDOW, at + numbers));
  sum += (await session.run(fed)).probabilities.data[0];
}
for (let i = 0; i < WARM_UP; i++) await once(i);
const times = new Float64Array(MEASURED);
for (let i = 0; i < MEASURED; i++) {
  const began = process.hrtime.bigint();
  await once(i);
  times[i] = Number(process.hrtime.bigint() - began);
}
times.sort();
const at = share => Math.round(times[Math.min(MEASURED - 1, Math.floor(share * MEASURED))]);
console.log(JSON.stringify({
  version: process.version, sum,
  times: { count: MEASURED, mean: times.reduce((a, b) => a + b, 0) / MEASURED, p50: at(0.5), p99: at(0.99), p999: at(0.999), max: at(1) },
}));
