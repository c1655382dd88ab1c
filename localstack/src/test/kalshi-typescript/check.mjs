// Uses Kalshi's official client, unmodified, as its users do. Exit code 0 if everything behaves.
// Arguments: base URL, key id, private key file, market ticker.
import assert from 'node:assert/strict';
import { Configuration, ExchangeApi, MarketApi, OrdersApi, PortfolioApi } from 'kalshi-typescript';

const [basePath, apiKey, privateKeyPath, ticker] = process.argv.slice(2);
const configuration = new Configuration({ basePath, apiKey, privateKeyPath });
const exchange = new ExchangeApi(configuration);
const markets = new MarketApi(configuration);
const orders = new OrdersApi(configuration);
const portfolio = new PortfolioApi(configuration);

/** Reads lag behind the matching engine, here as on Kalshi. */
async function eventually(read, holds) {
  for (let attempt = 0; attempt < 100; attempt++) {
    const value = (await read()).data;
    if (holds(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('never became true: ' + holds);
}

async function refused(call, status, code) {
  const error = await call().then(() => assert.fail('was accepted'), (e) => e);
  assert.equal(error.response?.status, status, String(error));
  assert.equal(error.response.data.error.code, code);
}

function order(clientOrderId, side, count, price, timeInForce) {
  return {
    ticker, client_order_id: clientOrderId, side, count, price, time_in_force: timeInForce,
    self_trade_prevention_type: 'taker_at_cross', exchange_index: 2,
  };
}

assert.equal((await exchange.getExchangeStatus()).data.trading_active, true);

const open = (await markets.getMarkets(100, undefined, undefined, 'KXBTC15M')).data.markets;
assert.equal(open.length, 1);
const market = (await markets.getMarket(ticker)).data.market;
assert.equal(market.status, 'active');
assert.equal(market.yes_ask_dollars, '0.5200');
assert.equal(market.floor_strike, 100000.25);

const before = (await portfolio.getBalance(undefined, 2)).data;
assert.equal(before.balance_dollars, '1000.0000');

const resting = await orders.createOrderV2(order('resting-1', 'bid', '10.00', '0.4000', 'good_till_canceled'));
assert.equal(resting.status, 201);
assert.equal(resting.data.remaining_count, '10.00');
const id = resting.data.order_id;
const seen = await eventually(() => orders.getOrder(id).catch(() => ({ data: {} })), (data) => data.order !== undefined);
assert.equal(seen.order.status, 'resting');
assert.equal(seen.order.yes_price_dollars, '0.4000');
assert.equal((await orders.cancelOrderV2(id, undefined, 2)).data.reduced_by, '10.00');
await eventually(() => orders.getOrder(id), (data) => data.order.status === 'canceled');
await refused(() => orders.cancelOrderV2(id, undefined, 2), 404, 'not_found');
await refused(
  () => orders.createOrderV2(order('resting-1', 'bid', '1.00', '0.4000', 'good_till_canceled')),
  409, 'order_already_exists');

const taken = (await orders.createOrderV2(order('taker-1', 'bid', '3.00', '0.5200', 'immediate_or_cancel'))).data;
assert.equal(taken.fill_count, '3.00');
assert.equal(taken.average_fill_price, '0.5200');
const fills = await eventually(() => portfolio.getFills(ticker), (data) => data.fills.length === 1);
assert.equal(fills.fills[0].order_id, taken.order_id);
assert.equal(fills.fills[0].is_taker, true);
const positions = await eventually(
  () => portfolio.getPositions(undefined, undefined, undefined, ticker), (data) => data.market_positions.length === 1);
assert.equal(positions.market_positions[0].position_fp, '3.00');
const after = await eventually(
  () => portfolio.getBalance(undefined, 2), (data) => data.balance_dollars !== before.balance_dollars);
const cost = 3 * 0.52 + Number(fills.fills[0].fee_cost);
assert.ok(Math.abs(1000 - cost - Number(after.balance_dollars)) < 1e-9, after.balance_dollars);
console.log('the official client is satisfied');
