import { html } from 'ghtml';
import type { Calibration, FittedStream } from '../../calibration/calibration.ts';
import type { Fitted } from '../../calibration/parameter.ts';
import { type Profile, profileWithQueues } from '../../calibration/staff.ts';
import { streamNames } from '../../calibration/stream-names.ts';
import { DAY_SLOTS, WEEK_SLOTS } from '../../calibration/week.ts';
import { WEEKDAYS } from '../../scenario/schema.ts';
import { type Cell, figure, table } from '../components.ts';
import { type DayCurve, dayChart } from '../day-chart.ts';
import { formatCounted, formatShare, formatWait } from '../format.ts';
import { pageHtml } from '../page.ts';
import { handlingChart } from './handling-chart.ts';
import { patienceChart } from './patience-chart.ts';

/** What the page says beside what was fitted. */
export interface CalibrationTexts {
  readonly timezone: string;
  readonly files: readonly string[];
  readonly contacts: number;
  /** The first and the last event, as people read it. */
  readonly from: string;
  readonly to: string;
  /** One sentence each. */
  readonly doubts: readonly string[];
  /** Whether the recording tells the days of a week apart. */
  readonly isWeekly: boolean;
  /** The profiles by the contacts that agents had, where the scenario has those of a roster. */
  readonly seen: readonly Profile[];
}

/**
 * Renders what was fitted to a recording as one self-contained HTML file: each fit over its data.
 *
 * @returns the same bytes for the same calibration.
 */
export function calibrationHtml(calibration: Calibration, texts: CalibrationTexts): string {
  const { streams } = calibration;
  const names = streamNames(streams);
  return pageHtml('Calibration report', [
    headSection(texts),
    doubtsSection(texts.doubts),
    html`<section id="streams"><h2>Streams</h2>
<p>Grey is the recording, blue is what the scenario has. Figures in brackets are 95 % confidence intervals.</p>
!${streams.map((stream, index) => streamCard(stream, names[index] ?? '', texts))}</section>`,
    agentsSection(calibration, texts),
  ]);
}

function headSection({ files, contacts, from, to, timezone }: CalibrationTexts): string {
  return html`<header><p class="kicker">Calibration report</p>
<h1>${files.join(', ')}</h1>
<p class="facts">${formatCounted(contacts, 'contact')} · ${from} to ${to} · clocks of ${timezone}</p></header>`;
}

function doubtsSection(doubts: readonly string[]): string {
  if (doubts.length === 0) return '';
  return html`<section id="doubts"><h2>Before you trust it</h2>
<article class="card"><ul>!${doubts.map((doubt) => html`<li>${doubt}</li>`)}</ul></article></section>`;
}

function streamCard(stream: FittedStream, name: string, texts: CalibrationTexts): string {
  const { contacts, answered, arrivals, handling, patience, redial } = stream;
  const { fit } = handling;
  const rows: (readonly [string, ...Cell[]])[] = [
    ['First calls a day', arrivals.perDay ? cell(arrivals.perDay, (value) => value.toFixed(1)) : '–'],
    [
      'Mean handling time',
      fit ? cell(fit.meanSeconds, formatWait) : handling.count > 0 ? formatWait(handling.mean) : '–',
    ],
    ['Variation of handling', fit ? cell(fit.variation, (value) => value.toFixed(2)) : '–'],
    ['Kolmogorov-Smirnov distance', fit ? fit.distance.toFixed(3) : '–'],
    ['Mean patience', patience.fit ? cell(patience.fit.meanSeconds, formatWait) : 'not known'],
    ['Shape of patience', patience.fit ? cell(patience.fit.shape, (value) => value.toFixed(2)) : '–'],
    ['Hang up within 5 s', patience.hangUps.low > 0 ? cell(patience.hangUps, formatShare) : '–'],
    ['Call again', redial ? cell(redial.probability, formatShare) : '–'],
  ];
  return html`<article class="card stream"><h3>${name}<small> ${formatCounted(contacts, 'contact')}: ${answered} answered, ${patience.abandoned} abandoned</small></h3>
<div class="charts">
!${figure('Arrivals per hour, by half hour', weekChart(`${name}: arrivals per hour`, [{ color: 'var(--set-1)', figures: arrivals.perHour }], texts))}
!${handling.count === 0 ? '' : figure(handlingTitle(stream), handlingChart(`${name}: handling times`, handling))}
!${patience.survival.length === 0 ? '' : figure(patienceTitle(stream), patienceChart(`${name}: patience`, patience))}
</div>
!${table(`${name}: what was fitted`, ['', 'Fitted'], rows)}</article>`;
}

function handlingTitle({ handling: { fit, values, count } }: FittedStream): string {
  const distance = fit ? `, distance ${fit.distance.toFixed(3)}` : '';
  return values
    ? `Handling: ${formatCounted(count, 'time')}, listed as they are${distance}`
    : `Handling: ${formatCounted(count, 'time')} and the log-normal fit${distance}`;
}

function patienceTitle({ patience: { fit } }: FittedStream): string {
  return fit
    ? `Share that would still wait (Kaplan-Meier) and the Weibull fit, seen up to ${formatWait(fit.longestSeconds)}`
    : 'Share that would still wait (Kaplan-Meier): too few for a fit';
}

function agentsSection({ profiles }: Calibration, texts: CalibrationTexts): string {
  if (profiles.length === 0) return '';
  return html`<section id="agents"><h2>Agents</h2>
<p>The mean number of agents at work. Those who were idle for more than 45 minutes are not seen in a recording. Where the scenario has a roster, grey is what was seen, and blue the roster.</p>
<div class="cards">!${profiles.map((profile) => profileCard(profile, texts))}</div></section>`;
}

function profileCard(profile: Profile, texts: CalibrationTexts): string {
  const name = `${profile.queues.join(', ')} (${profile.channels.join(', ')})`;
  const seen = profile.isFromRoster ? profileWithQueues(texts.seen, profile.queues) : undefined;
  const curves = [
    ...(seen ? [{ color: 'var(--set-0)', figures: seen.atWork }] : []),
    { color: 'var(--set-1)', figures: profile.atWork },
  ];
  const source = profile.isFromRoster ? 'of the roster' : 'seen';
  return html`<article class="card"><h3>${name}<small> ${formatCounted(profile.agents, 'agent')} ${source}</small></h3>
!${figure('Agents at work, by half hour', weekChart(`${name}: agents at work`, curves, texts))}</article>`;
}

const DAY_MINUTES = 1_440;
const SLOT_MINUTES = DAY_MINUTES / DAY_SLOTS;

/** Figures by half hour of the week, or of the one day that the recording shows. */
function weekChart(
  title: string,
  curves: readonly { readonly color: string; readonly figures: readonly (number | undefined)[] }[],
  { isWeekly }: CalibrationTexts,
): string {
  const first = curves.at(-1)?.figures.findIndex((value) => value !== undefined) ?? 0;
  const from = isWeekly ? 0 : Math.floor(Math.max(0, first) / DAY_SLOTS) * DAY_SLOTS;
  const count = isWeekly ? WEEK_SLOTS : DAY_SLOTS;
  const drawn = curves.map(
    ({ color, figures }): DayCurve => ({
      color,
      dash: 'none',
      points: figures.slice(from, from + count).map((value, index) => ({
        fromMinute: index * SLOT_MINUTES,
        minutes: SLOT_MINUTES,
        value: value ?? null,
      })),
    }),
  );
  return dayChart(title, drawn, {
    startsAtLocal: '1970-01-05T00:00:00Z',
    hours: (count * SLOT_MINUTES) / 60,
    ...(isWeekly && { step: DAY_MINUTES, formatTick: (minute) => WEEKDAYS[minute / DAY_MINUTES] ?? '' }),
  });
}

function cell({ value, low, high }: Fitted, format: (value: number) => string): Cell {
  return [format(value), `(${format(low)} to ${format(high)})`];
}
