import type { ComponentChildren } from 'preact'
import { localDateTime, utcTime } from '../format'
import { Icon, type IconName } from '../icons'
import type { Tone } from '../words'

export function Panel(props: { id: string; title: string; note?: ComponentChildren; children: ComponentChildren }) {
  return (
    <section class={`panel ${props.id}`} data-testid={props.id} aria-label={props.title}>
      <header>
        <h2>{props.title}</h2>
        {props.note ? <div class="note">{props.note}</div> : null}
      </header>
      {props.children}
    </section>
  )
}

export function Empty({ children }: { children: ComponentChildren }) {
  return <p class="empty">{children}</p>
}

export function Chip({ tone, icon, children, title }: { tone: Tone; icon?: IconName; children: ComponentChildren; title?: string }) {
  return (
    <span class={`chip ${tone}`} title={title}>
      {icon ? <Icon name={icon} /> : null}
      {children}
    </span>
  )
}

export function Time({ nanos }: { nanos: number }) {
  return <time title={localDateTime(nanos)}>{utcTime(nanos)}</time>
}

export function toneOf(signed: number | null): Tone {
  return signed === null || signed === 0 ? 'calm' : signed > 0 ? 'good' : 'bad'
}

/** A gain or loss says its direction by sign and arrow, and only then by colour. */
export function Signed({ value, children }: { value: number | null; children: ComponentChildren }) {
  const tone = toneOf(value)
  return (
    <span class={`signed ${tone}`}>
      {tone === 'calm' ? null : <Icon name={tone === 'good' ? 'up' : 'down'} />}
      {children}
    </span>
  )
}

/** A labelled share of a limit. */
export function Meter(props: { label: string; value: string; limit: string; share: number | undefined }) {
  const share = props.share === undefined ? 0 : Math.max(0, Math.min(1, props.share))
  const tone = share >= 1 ? 'bad' : share >= 0.7 ? 'warn' : 'calm'
  return (
    <div class="meter">
      <div class="meter-label">
        <span>{props.label}</span>
        <span>
          <b>{props.value}</b> <span class="dim">{props.limit}</span>
        </span>
      </div>
      <div class={`bar ${tone}`}>
        <i style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  )
}

export interface Column<Row> {
  head: string
  cell: (row: Row) => ComponentChildren
  isText?: boolean
}

/** A table that becomes a list of cards on a narrow screen. */
export function Table<Row>(props: { columns: Column<Row>[]; rows: Row[]; keyOf: (row: Row, index: number) => string; classOf?: (row: Row) => string }) {
  return (
    <table class="data">
      <thead>
        <tr>
          {props.columns.map((column) => (
            <th key={column.head} class={column.isText ? 'text' : ''} scope="col">
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row, index) => (
          <tr key={props.keyOf(row, index)} class={props.classOf?.(row) ?? ''}>
            {props.columns.map((column) => (
              <td key={column.head} class={column.isText ? 'text' : ''} data-label={column.head}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
