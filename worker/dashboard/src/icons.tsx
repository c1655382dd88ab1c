// Every colour on the page comes with one of these and a word.
const PATHS = {
  pass: 'M3.5 8.5l3 3 6-7',
  fail: 'M4 4l8 8M12 4l-8 8',
  none: 'M4 8h8',
  warn: 'M8 2.5l6 11H2zM8 6.5v3.2M8 11.6v.2',
  run: 'M5 3.5l7.5 4.5L5 12.5z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  halt: 'M5.2 2h5.6L14 5.2v5.6L10.8 14H5.2L2 10.8V5.2zM8 5v3.5M8 10.8v.2',
  done: 'M3 13V3M3 4h9l-2 2.5L12 9H3',
  link: 'M2 6.5a9 9 0 0112 0M4.3 9a5.6 5.6 0 017.4 0M8 12v.2',
  broken: 'M2 6.5a9 9 0 013.5-2.2M14 6.5a9 9 0 00-4-2.3M8 12v.2M3 14L13 2',
  up: 'M8 13V3M4 7l4-4 4 4',
  down: 'M8 3v10M4 9l4 4 4-4',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  )
}
