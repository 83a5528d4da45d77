import type { ComponentChildren } from 'preact';
import type { PageState } from '../../cli/watch/page-state.ts';
import { causeWords, changeWords } from '../../cli/wording/change-words.ts';
import { span } from '../../cli/wording/waiting-words.ts';
import { ContactLink } from '../contact-link.tsx';
import { inWords, updateWords } from '../words.ts';

interface ChangePanelProps {
  readonly page: PageState;
  readonly now: number;
}

/** What was changed in the last minute, and what will be changed in the next, with the policy or the person behind it. */
export function ChangePanel({ page: { recent, coming, state }, now }: ChangePanelProps) {
  return (
    <div class="changes">
      <ChangeList
        title="Changed in the last minute"
        count={String(recent.count)}
        more={recent.count - recent.latest.length}
      >
        {recent.latest.map((change) => (
          <li key={`${change.instanceId}#${change.contactId} ${change.at}`}>
            <span class="when">{span(change.at, now)} ago</span> <ContactLink contact={change} />{' '}
            <b>{changeWords(change)}</b>
            <small>{causeWords(change)}</small>
          </li>
        ))}
      </ChangeList>
      <ChangeList
        title="Changes in the next minute"
        count={`${coming.count}${coming.isPartial ? ' or more' : ''}`}
        more={coming.count - coming.next.length}
        note={state.calls.stopped && 'None is made while calls to Connect are stopped.'}
      >
        {coming.next.map((change) => (
          <li key={`${change.instanceId}#${change.contactId}`}>
            <span class="when">{inWords(change.at, now)}</span> <ContactLink contact={change} />{' '}
            <b>{updateWords(change)}</b>
            <small>{causeWords(change)}</small>
          </li>
        ))}
      </ChangeList>
    </div>
  );
}

interface ChangeListProps {
  readonly title: string;
  readonly count: string;
  /** Changes that are not listed. */
  readonly more: number;
  readonly note?: string | false | undefined;
  readonly children: readonly ComponentChildren[];
}

function ChangeList({ title, count, more, note, children }: ChangeListProps) {
  return (
    <section>
      <h2>
        {title} <span class="amount">{count}</span>
      </h2>
      {note && <p class="wrong">{note}</p>}
      {children.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls.
        <ol tabIndex={0} aria-label={title}>
          {children}
        </ol>
      )}
      {children.length === 0 && <p class="muted">No change.</p>}
      {more > 0 && <p class="muted">and {more.toLocaleString()} more</p>}
    </section>
  );
}
