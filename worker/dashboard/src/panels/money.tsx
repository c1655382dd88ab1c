import { dollars, percent, signedDollars, signedPercent } from '../format'
import type { Money, Snapshot } from '../snapshot'
import { Chip, Meter, Panel, Signed } from './parts'

export function MoneyPanel({ money, books }: { money: Money; books: Snapshot['books'] }) {
  const gainE6 = money.equityE6 - money.bankrollStartE6
  const gainRatioE6 = money.bankrollStartE6 > 0 ? (gainE6 / money.bankrollStartE6) * 1e6 : null
  return (
    <Panel id="money" title="Money">
      <p class="big" data-testid="equity">{dollars(money.equityE6)}</p>
      <p class="big-note">
        <Signed value={gainE6}>
          {signedDollars(gainE6)} ({signedPercent(gainRatioE6)})
        </Signed>{' '}
        <span class="dim">equity since the start with {dollars(money.bankrollStartE6)}</span>
      </p>
      <dl class="pairs">
        <dt>Today, after fees</dt>
        <dd><Signed value={money.pnlTodayE6}>{signedDollars(money.pnlTodayE6)}</Signed></dd>
        <dt>Cash</dt>
        <dd>{dollars(money.cashE6)}</dd>
        <dt>Fees paid</dt>
        <dd>{dollars(money.feesE6)}</dd>
      </dl>
      <LossMeter label="Loss today" lossE6={money.dailyLossE6} limitE6={money.dailyLossLimitE6} />
      <LossMeter label="Loss this week" lossE6={money.weeklyLossE6} limitE6={money.weeklyLossLimitE6} />
      <Meter
        label="Drawdown" value={percent(money.drawdownE6)}
        limit={money.drawdownLimitE6 > 0 ? `of ${percent(money.drawdownLimitE6)}` : 'no limit'}
        share={money.drawdownLimitE6 > 0 ? money.drawdownE6 / money.drawdownLimitE6 : undefined}
      />
      <Books books={books} />
    </Panel>
  )
}

function LossMeter({ label, lossE6, limitE6 }: { label: string; lossE6: number; limitE6: number }) {
  return (
    <Meter
      label={label} value={dollars(lossE6)} limit={limitE6 > 0 ? `of ${dollars(limitE6)}` : 'no limit'}
      share={limitE6 > 0 ? lossE6 / limitE6 : undefined}
    />
  )
}

function Books({ books }: { books: Snapshot['books'] }) {
  const { ledgerCashE6, exchangeCashE6 } = books
  const difference = exchangeCashE6 === null ? null : ledgerCashE6 - exchangeCashE6
  return (
    <div class="books" data-testid="books">
      {difference === null ? (
        <Chip tone="calm" icon="none">Exchange not asked yet</Chip>
      ) : difference === 0 ? (
        <Chip tone="good" icon="pass">Books balance</Chip>
      ) : (
        <Chip tone="bad" icon="fail">Books differ by ${(Math.abs(difference) / 1e6).toFixed(6)}</Chip>
      )}
      <span class="dim">ledger {dollars(ledgerCashE6)} · exchange {dollars(exchangeCashE6)}</span>
    </div>
  )
}
