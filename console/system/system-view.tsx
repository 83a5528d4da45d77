import type { DeadLetterFigures, MetricFigures } from '../../cli/state/outside/outside-figures.ts';
import type { Sample } from '../../cli/state/recent-hour.ts';
import type { Calls } from '../../cli/state/system-state.ts';
import type { PageState } from '../../cli/watch/page-state.ts';
import { hourTotals, latenessWords, rateWords } from '../../cli/wording/figure-words.ts';
import { span } from '../../cli/wording/waiting-words.ts';
import { Figure } from '../figure.tsx';
import { pointsOf } from '../sparkline.tsx';
import { clockTime, count, shortTime } from '../words.ts';
import { AlarmList } from './alarm-list.tsx';
import { HourChart } from './hour-chart.tsx';

interface SystemViewProps {
  readonly page: PageState;
  readonly now: number;
}

/** The state of the system: calls against what the quota grants, what is due, lateness, alarms, dead letters, the last hour. */
export function SystemView({ page, now }: SystemViewProps) {
  const { state, hour, figures } = page;
  const { metrics, alarms, deadLetters, missing = [] } = figures ?? {};
  return (
    <section class="system">
      <dl class="figures">
        <CallFigures page={page} now={now} />
      </dl>
      {!figures && <p class="muted">Reading CloudWatch and SQS …</p>}
      {missing.map((sentence) => (
        <p class="missing" key={sentence}>
          {sentence}
        </p>
      ))}
      <div class="panels">
        <Pending calls={state.calls} now={now} />
        {alarms && <AlarmList alarms={alarms} now={now} />}
        {deadLetters && <DeadLetters deadLetters={deadLetters} now={now} />}
      </div>
      {metrics && <MetricCharts metrics={metrics} now={now} />}
      <SeenCharts samples={hour.samples} />
    </section>
  );
}

function CallFigures({ page: { state, figures }, now }: SystemViewProps) {
  const { calls, version, configuredAt } = state;
  const { metrics } = figures ?? {};
  const allowed = `at most ${Number(calls.perSecond.toPrecision(3))} a second by the settings`;
  const isKnown = metrics !== undefined && metrics.minutes.length > 0;
  const { calls: made, throttled, perSecond } = hourTotals(metrics ?? { minutes: [] });
  return (
    <>
      <Figure
        name="State of calls"
        value={calls.stopped ? 'STOPPED' : 'made'}
        note={calls.stopped ? calls.reasons.join(' ') : allowed}
        isWrong={calls.stopped !== undefined}
      />
      {isKnown && (
        <>
          <Figure
            name="Calls a second"
            value={rateWords(perSecond)}
            note={`of ${rateWords(calls.perSecond)}, ${minuteWords(metrics, now)}`}
          />
          <Figure name="Calls" value={made.toLocaleString()} note="in the last hour" />
          <Figure
            name="Throttled"
            value={throttled.toLocaleString()}
            note="in the last hour"
            isWrong={throttled > 0}
          />
          <Figure
            name="Lateness"
            value={metrics.lateness ? latenessWords(metrics.lateness.medianMs) : '–'}
            note={
              metrics.lateness
                ? `median of the last hour; p95 ${latenessWords(metrics.lateness.p95Ms)}`
                : 'no change in the last hour'
            }
          />
        </>
      )}
      <Figure
        name="Version"
        value={version ?? 'not stated'}
        note={
          configuredAt === undefined
            ? 'nothing is configured'
            : `configured as now since ${clockTime(configuredAt, now)}`
        }
      />
    </>
  );
}

function minuteWords({ until }: MetricFigures, now: number): string {
  return `in the minute to ${shortTime(until)}, ${span(until, now)} ago`;
}

function Pending({
  calls: { due, oldestDueAt, questions, rejected },
  now,
}: {
  readonly calls: Calls;
  readonly now: number;
}) {
  return (
    <section aria-label="Due changes">
      <h2>Due changes</h2>
      {due.length === 0 ? (
        <p>No change is due.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col" class="number">
                Priority
              </th>
              <th scope="col" class="number">
                Changes
              </th>
            </tr>
          </thead>
          <tbody>
            {due.map(({ priority, count: amount }) => (
              <tr key={priority}>
                <th scope="row" class="number">
                  {priority}
                </th>
                <td class="number">{amount.toLocaleString()}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p class="muted source">
        {oldestDueAt !== undefined && `The oldest for ${span(oldestDueAt, now)}. `}
        {questions > 0 && `Connect is asked first for ${count(questions, 'contact')}. `}
        {rejected > 0 && `Connect rejected changes of ${count(rejected, 'contact')}. `}
        Records of the table.
      </p>
    </section>
  );
}

function DeadLetters({
  deadLetters: { queues, readAt },
  now,
}: {
  readonly deadLetters: DeadLetterFigures;
  readonly now: number;
}) {
  const full = queues.filter(({ messages }) => messages > 0);
  return (
    <section aria-label="Dead letters">
      <h2>Dead letters</h2>
      {full.length === 0 ? (
        <p>All {queues.length} dead-letter queues are empty.</p>
      ) : (
        <ul>
          {full.map(({ queue, messages }) => (
            <li key={queue}>
              <strong class="wrong">about {messages.toLocaleString()}</strong> in {queue}:{' '}
              <code>escalator redrive {queue} --dry-run</code> lists them
            </li>
          ))}
        </ul>
      )}
      <p class="muted source">SQS, {span(readAt, now)} ago.</p>
    </section>
  );
}

function MetricCharts({ metrics, now }: { readonly metrics: MetricFigures; readonly now: number }) {
  const { minutes, until } = metrics;
  if (minutes.length === 0) return <p class="muted">CloudWatch has no metrics of the last hour.</p>;
  const points = (figureOf: (minute: MetricFigures['minutes'][number]) => number | undefined) =>
    minutes.map((minute) => ({ at: minute.at, value: figureOf(minute) }));
  const source = `CloudWatch, up to ${shortTime(until)}, ${span(until, now)} ago`;
  return (
    <div class="charts">
      <HourChart
        title="Calls a second"
        source={source}
        format={rateWords}
        series={[
          { name: 'calls', points: points(({ calls }) => calls / 60) },
          { name: 'allowed by the settings', points: points(({ allowed }) => allowed), isLimit: true },
        ]}
      />
      <HourChart
        title="Lateness"
        source={source}
        format={latenessWords}
        series={[
          { name: 'median', points: points(({ lateness }) => lateness?.medianMs) },
          { name: 'p95', points: points(({ lateness }) => lateness?.p95Ms) },
        ]}
      />
      <HourChart
        title="Throttled calls a minute"
        source={source}
        format={(value) => value.toLocaleString()}
        series={[{ name: 'throttled', points: points(({ throttled }) => throttled) }]}
      />
      <HourChart
        title="Waiting"
        source={source}
        format={(value) => value.toLocaleString()}
        series={[{ name: 'waiting', points: points(({ waiting }) => waiting) }]}
      />
    </div>
  );
}

/** What this console saw itself: exact, and since it has been open alone. */
function SeenCharts({ samples }: { readonly samples: readonly Sample[] }) {
  if (samples.length < 2) return null;
  const source = 'seen by this console';
  return (
    <div class="charts">
      {(['waiting', 'due'] as const).map((of) => (
        <HourChart
          key={of}
          title={of === 'waiting' ? 'Waiting' : 'Due changes'}
          source={source}
          format={(value) => value.toLocaleString()}
          series={[{ name: of, points: pointsOf(samples, of) }]}
        />
      ))}
    </div>
  );
}
