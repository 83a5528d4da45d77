import type { ContactPage, TimelineItem, TimelineKind } from '../../cli/watch/contact-page.ts';
import { clockTime, shortTime } from '../words.ts';
import { position, type TimeScale, timeScale } from './time-scale.ts';

const LABELS: Readonly<Record<TimelineKind, string>> = {
  event: 'event',
  signal: 'signal',
  decision: 'decided',
  step: 'step',
  update: 'update',
  failure: 'failed',
  override: 'override',
  shadow: 'observed',
  target: 'target',
  other: '',
};

const SECONDS = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });

interface WaterfallProps {
  readonly contact: ContactPage;
  readonly now: number;
}

/** What happened to a contact and what is to come, one below the other, each at its place in time. */
export function Waterfall({ contact, now }: WaterfallProps) {
  const { timeline, enqueuedAt } = contact;
  const scale = timeScale(timeline, enqueuedAt, now);
  // What comes is what the last look said; it is past as soon as its time is.
  const nowIndex = timeline.findIndex(({ at }) => at > now);
  return (
    <table class="waterfall">
      <caption>What happened, and what follows if no event and no message arrives</caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">What</th>
          <th scope="col" class="track">
            <Axis scale={scale} now={now} />
          </th>
        </tr>
      </thead>
      <tbody>
        {timeline.map((item, index) => (
          <Item
            key={index}
            item={item}
            previous={timeline[index - 1]}
            isFirstToCome={index === nowIndex}
            scale={scale}
            now={now}
          />
        ))}
      </tbody>
    </table>
  );
}

function Axis({ scale, now }: { readonly scale: TimeScale; readonly now: number }) {
  const format = scale.hasSeconds ? (at: number) => SECONDS.format(at) : shortTime;
  return (
    <svg width="100%" height="22" aria-hidden="true">
      {scale.ticks
        .filter((at) => isInside(scale, at))
        .map((at) => (
          <text key={at} x={percentOf(scale, at)} y="15" text-anchor="middle">
            {format(at)}
          </text>
        ))}
      <NowLine scale={scale} now={now} />
    </svg>
  );
}

interface ItemProps {
  readonly item: TimelineItem;
  readonly previous: TimelineItem | undefined;
  readonly isFirstToCome: boolean;
  readonly scale: TimeScale;
  readonly now: number;
}

function Item({ item, previous, isFirstToCome, scale, now }: ItemProps) {
  const { at, kind, words, isComing } = item;
  const isMissed = kind === 'target' && at <= now;
  const classes = [
    'item',
    kind,
    isComing && 'coming',
    isMissed && 'missed',
    isFirstToCome && 'first-to-come',
  ];
  return (
    <tr class={classes.filter(Boolean).join(' ')}>
      <td class="time">
        <time dateTime={new Date(at).toISOString()}>{clockTime(at, now)}</time>
      </td>
      <td class="what">
        {!words.startsWith(LABELS[kind]) && <span class="kind">{LABELS[kind]} </span>}
        {words}
      </td>
      <td class="track">
        <svg width="100%" height="100%" aria-hidden="true">
          {scale.ticks.map((tick) => (
            <line
              key={tick}
              class="grid"
              x1={percentOf(scale, tick)}
              x2={percentOf(scale, tick)}
              y1="0"
              y2="100%"
            />
          ))}
          <NowLine scale={scale} now={now} />
          {previous && (
            <line
              class="since"
              x1={percentOf(scale, previous.at)}
              x2={percentOf(scale, at)}
              y1="12"
              y2="12"
            />
          )}
          <Mark item={item} scale={scale} now={now} />
        </svg>
      </td>
    </tr>
  );
}

function NowLine({ scale, now }: { readonly scale: TimeScale; readonly now: number }) {
  const x = percentOf(scale, now);
  return <line class="now" x1={x} x2={x} y1="0" y2="100%" />;
}

/** Kinds that last until something ends them. */
const LASTING: ReadonlySet<TimelineKind> = new Set<TimelineKind>(['signal']);

function Mark({
  item,
  scale,
  now,
}: {
  readonly item: TimelineItem;
  readonly scale: TimeScale;
  readonly now: number;
}) {
  const { at, kind } = item;
  const until = item.until ?? (LASTING.has(kind) ? now : undefined);
  const x = percentOf(scale, at);
  if (until !== undefined && until > at) {
    const width = position(scale, until) - position(scale, at);
    return <rect class="mark" x={x} y="7" width={`${Math.max(width, 0.5)}%`} height="10" rx="2" />;
  }
  if (at < scale.from || at > scale.to) return <Beyond isBefore={at < scale.from} />;
  switch (kind) {
    case 'target':
      return <rect class="mark" x={x} y="3" width="3" height="18" />;
    case 'step':
      return (
        <svg x={x} y="12" overflow="visible" aria-hidden="true">
          <path class="mark" d="M 0 -6 L 6 0 L 0 6 L -6 0 Z" />
        </svg>
      );
    case 'failure':
      return (
        <svg x={x} y="12" overflow="visible" aria-hidden="true">
          <path class="mark" d="M -5 -5 L 5 5 M 5 -5 L -5 5" />
        </svg>
      );
    default:
      return <circle class="mark" cx={x} cy="12" r={kind === 'update' ? 6 : 4.5} />;
  }
}

/** Points to what is not on the scale. */
function Beyond({ isBefore }: { readonly isBefore: boolean }) {
  return (
    <svg x={isBefore ? '0%' : '100%'} y="12" overflow="visible" aria-hidden="true">
      <path class="mark" d={isBefore ? 'M 10 -5 L 2 0 L 10 5' : 'M -10 -5 L -2 0 L -10 5'} />
    </svg>
  );
}

/** Whether the words of a tick have room. */
function isInside(scale: TimeScale, at: number): boolean {
  const x = position(scale, at);
  const margin = scale.hasSeconds ? 11 : 7;
  return x >= margin && x <= 100 - margin;
}

function percentOf(scale: TimeScale, at: number): string {
  return `${position(scale, at).toFixed(2)}%`;
}
