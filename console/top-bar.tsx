import type { ComponentChildren } from 'preact';
import type { Calls } from '../cli/state/system-state.ts';
import type { PageState } from '../cli/watch/page-state.ts';
import { span } from '../cli/wording/waiting-words.ts';
import { Figure } from './figure.tsx';
import { pointsOf, Sparkline } from './sparkline.tsx';
import { CallsSparkline, callsNote, OutsideProblems } from './system/top-figures.tsx';
import { count } from './words.ts';

interface TopBarProps {
  readonly page: PageState;
  readonly now: number;
  readonly children: ComponentChildren;
}

/** The state of the system at a glance. */
export function TopBar({ page, now, children }: TopBarProps) {
  const { state, hour } = page;
  const { calls, queues } = state;
  const waiting = queues.reduce((sum, { contacts }) => sum + contacts.length, 0);
  const due = calls.due.reduce((sum, one) => sum + one.count, 0);
  const longest = queues.length === 0 ? undefined : Math.min(...queues.map(({ oldestAt }) => oldestAt));
  const late = state.policies.reduce((sum, policy) => sum + policy.late, 0);
  return (
    <header class={calls.stopped ? 'top stopped' : 'top'}>
      <h1>connect-escalator{state.version && <small> {state.version}</small>}</h1>
      <Stopped calls={calls} />
      <dl>
        {!calls.stopped && (
          <Figure name="Calls to Connect" value="made" note={callsNote(page)}>
            {page.figures?.metrics && <CallsSparkline metrics={page.figures.metrics} />}
          </Figure>
        )}
        <Figure
          name="Waiting"
          value={waiting.toLocaleString()}
          note={longest === undefined ? 'nobody' : `longest ${span(longest, now)}`}
        >
          <Sparkline points={pointsOf(hour.samples, 'waiting')} label="Waiting" />
        </Figure>
        <Figure name="Changes due" value={due.toLocaleString()} note={dueNote(calls, now)}>
          <Sparkline points={pointsOf(hour.samples, 'due')} label="Due" />
        </Figure>
        {late > 0 && <Figure name="Late" value={late.toLocaleString()} note="past their target" isWrong />}
        {calls.questions > 0 && (
          <Figure name="Asking Connect" value={calls.questions.toLocaleString()} note="before a change" />
        )}
        {calls.rejected > 0 && (
          <Figure name="Rejected" value={calls.rejected.toLocaleString()} note="by Connect" isWrong />
        )}
        <OutsideProblems figures={page.figures} />
      </dl>
      {children}
      <Notes page={page} />
    </header>
  );
}

/** Says that no calls are made, at once and to screen readers, too. */
function Stopped({ calls: { stopped, reasons } }: { readonly calls: Calls }) {
  return (
    <div class="alarm" role="alert">
      {stopped && (
        <p>
          <strong>Calls are STOPPED.</strong> {reasons.join(' ')}
        </p>
      )}
    </div>
  );
}

function dueNote({ due, oldestDueAt }: Calls, now: number): string {
  if (due.length === 0) return 'none';
  const byPriority = due.map(({ priority, count: amount }) => `${amount} at ${priority}`).join(', ');
  return `${byPriority}${oldestDueAt === undefined ? '' : `; oldest ${span(oldestDueAt, now)}`}`;
}

/** What is refused of the configuration, and what is left out of the page. */
function Notes({ page: { refusals, state } }: { readonly page: PageState }) {
  const { isPartial, unreadable, policies } = state;
  if (refusals.length === 0 && !isPartial && unreadable === 0 && policies.length > 0) return null;
  return (
    <div class="notes">
      {refusals.length > 0 && (
        <details class="wrong">
          <summary>{count(refusals.length, 'parameter')} refused</summary>
          <ul>
            {refusals.map((refusal) => (
              <li key={refusal}>{refusal}</li>
            ))}
          </ul>
        </details>
      )}
      {policies.length === 0 && <p>No policy is in force.</p>}
      {isPartial && (
        <p class="wrong">More contacts wait than were read, so places are not known: see --max-contacts.</p>
      )}
      {unreadable > 0 && (
        <p class="wrong">{count(unreadable, 'contact')} left out: another version wrote the records.</p>
      )}
    </div>
  );
}
