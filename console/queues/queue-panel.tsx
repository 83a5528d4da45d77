import type { QueueLine } from '../../cli/state/queue-line.ts';
import type { Departures } from '../../cli/state/recent-hour.ts';
import type { PageState } from '../../cli/watch/page-state.ts';
import { firstInLineWords } from '../../cli/wording/first-in-line.ts';
import { span } from '../../cli/wording/waiting-words.ts';
import { QueueActs } from '../acts/queue-acts.tsx';
import type { Address } from '../address.ts';
import { CertaintyMark } from '../certainty-mark.tsx';
import { ContactLink } from '../contact-link.tsx';
import type { Go } from '../use-address.ts';
import { percent, shortTime } from '../words.ts';

interface QueuePanelProps {
  readonly page: PageState;
  readonly address: Address;
  readonly go: Go;
  readonly now: number;
}

/** The queues in which contacts wait. Choosing one shows those who wait there. */
export function QueuePanel({ page: { state, hour }, address, go, now }: QueuePanelProps) {
  const { queues } = state;
  const choose = (queue: string | undefined) => () =>
    go({ queue, view: 'contacts', contact: undefined }, true);
  return (
    <aside class="queues">
      <table>
        <caption>Queues</caption>
        <thead>
          <tr>
            <th scope="col">Queue</th>
            <th scope="col" class="number">
              Waiting
            </th>
            <th scope="col" class="number">
              Longest
            </th>
            <th scope="col" class="number">
              <abbr title="Changes that are due">Due</abbr>
            </th>
          </tr>
        </thead>
        <tbody>
          <tr class={address.queue === undefined ? 'all chosen' : 'all'}>
            <th scope="row">
              <button type="button" aria-pressed={address.queue === undefined} onClick={choose(undefined)}>
                All queues
              </button>
            </th>
            <td class="number">
              {queues.reduce((sum, { contacts }) => sum + contacts.length, 0).toLocaleString()}
            </td>
            <td class="number">
              {queues.length === 0 ? '–' : span(Math.min(...queues.map(({ oldestAt }) => oldestAt)), now)}
            </td>
            <td class="number">{queues.reduce((sum, queue) => sum + dueIn(queue), 0).toLocaleString()}</td>
          </tr>
        </tbody>
        {queues.map((queue) => (
          <Queue
            key={queue.arn}
            queue={queue}
            departures={hour.queues[queue.id]}
            isChosen={address.queue === queue.id}
            onChoose={choose(queue.id)}
            now={now}
          />
        ))}
      </table>
      {queues.length === 0 && <p class="muted">Nobody waits.</p>}
      <p class="muted source">
        Last hour: who left since {shortTime(hour.since)}, while this console looked.
      </p>
    </aside>
  );
}

interface QueueProps {
  readonly queue: QueueLine;
  readonly departures: Departures | undefined;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly now: number;
}

function Queue({ queue, departures, isChosen, onChoose, now }: QueueProps) {
  const { id, name, arn, contacts, oldestAt, conditions, signals } = queue;
  return (
    <tbody class={isChosen ? 'chosen' : undefined}>
      <tr>
        <th scope="row">
          <button type="button" aria-pressed={isChosen} title={arn} onClick={onChoose}>
            {name ?? id}
          </button>
        </th>
        <td class="number">{contacts.length.toLocaleString()}</td>
        <td class="number">{span(oldestAt, now)}</td>
        <td class="number">{dueIn(queue).toLocaleString()}</td>
      </tr>
      {isChosen && <QueueActs queue={queue} />}
      <tr class="detail">
        <td colSpan={4}>
          <First queue={queue} />
          {conditions.map((condition) => (
            <span class="chip" key={`c ${condition}`} title="A condition on the load of the queue that holds">
              {condition}
            </span>
          ))}
          {signals.map((signal) => (
            <span class="chip signal" key={`s ${signal}`} title="A signal that was sent to the queue">
              {signal}
            </span>
          ))}
          {departures && <span class="muted">{departureWords(departures)}</span>}
        </td>
      </tr>
    </tbody>
  );
}

/** Who is answered next, and why. Nothing where only paused tasks wait. */
function First({ queue: { contacts } }: { readonly queue: QueueLine }) {
  const [first, second] = contacts;
  if (!first || first.isPaused) return null;
  return (
    <span class="first">
      Next: <ContactLink contact={first} />
      <CertaintyMark certainty={first.certainty} />, {firstInLineWords(first, second)}
    </span>
  );
}

function dueIn({ contacts }: QueueLine): number {
  return contacts.filter(({ due }) => due).length;
}

function departureWords({
  answered,
  abandoned,
  meanWaitSeconds,
  withTarget,
  withinTarget,
}: Departures): string {
  return [
    `${answered} answered`,
    `${abandoned} abandoned`,
    ...(meanWaitSeconds === undefined ? [] : [`mean wait ${span(0, meanWaitSeconds * 1_000)}`]),
    ...(withTarget === 0 ? [] : [`${percent(withinTarget, withTarget)} within target`]),
  ].join(', ');
}
