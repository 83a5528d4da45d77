import type { BesidePolicy, PolicyLine } from '../../cli/state/system-state.ts';
import type { PageState } from '../../cli/watch/page-state.ts';
import { authorWords } from '../../cli/wording/author-words.ts';
import { span } from '../../cli/wording/waiting-words.ts';
import type { Go } from '../use-address.ts';
import { clockTime, count, percent, shortTime } from '../words.ts';

interface PolicyViewProps {
  readonly page: PageState;
  readonly go: Go;
  readonly now: number;
}

/** The columns after the name and the mode. */
const COLUMNS = [
  ['Governs now', 'Contacts that wait and that it governs'],
  ['Late', 'Contacts among them whose target is over'],
  ['Governed', 'Contacts that wait or left in the last hour, by the policy that governed them last'],
  ['Escalated', 'Contacts among those for which Connect has accepted more urgency than they came with'],
  ['Answered', 'Contacts that were answered in the last hour'],
  ['Abandoned', 'Contacts that gave up in the last hour'],
  ['Mean wait', 'Of those that were answered'],
  ['Within target', 'Of those that left and had a target: answered before it was over'],
] as const;

/** The policies in force, in order of evaluation, with what became of those that they govern. */
export function PolicyView({ page, go, now }: PolicyViewProps) {
  const { state, hour, authors } = page;
  const since = shortTime(hour.since);
  return (
    <section class="policies">
      <div class="scroll">
        <table>
          <caption>Policies in force, in order of evaluation</caption>
          <thead>
            <tr>
              <th scope="col">Policy</th>
              <th scope="col">Mode</th>
              {COLUMNS.map(([heading, title]) => (
                <th scope="col" class="number" title={title} key={heading}>
                  {heading}
                </th>
              ))}
              <th scope="col">In force since</th>
              <th scope="col">Written by</th>
              <th scope="col" class="number">
                Version
              </th>
            </tr>
          </thead>
          {state.policies.map((policy) => (
            <tbody key={policy.name}>
              <Policy policy={policy} page={page} go={go} now={now} />
              {policy.beside && policy.beside.length > 0 && <Beside beside={policy.beside} />}
            </tbody>
          ))}
        </table>
      </div>
      {state.policies.length === 0 && <p>No policy is in force.</p>}
      {authors?.missing !== undefined && <p class="missing">{authors.missing}</p>}
      <p class="muted">
        A policy that observes changes nothing: it would govern and change so many. Who left is known since{' '}
        {since}, while this console looked.
      </p>
    </section>
  );
}

interface PolicyProps extends PolicyViewProps {
  readonly policy: PolicyLine;
}

function Policy({ policy, page, go, now }: PolicyProps) {
  const { name, mode, since, version, governs, late, escalated } = policy;
  const {
    answered = 0,
    abandoned = 0,
    meanWaitSeconds,
    withTarget = 0,
    withinTarget = 0,
    escalated: escalatedBefore = 0,
  } = page.hour.policies[name] ?? {};
  const { by, at } = page.authors?.byPolicy[name] ?? {};
  const isObserving = mode === 'observe';
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          title="Show the contacts that it governs"
          onClick={() => go({ view: 'contacts', policy: name }, true)}
        >
          {name}
        </button>
      </th>
      <td>{mode}</td>
      <td class="number">{governs.toLocaleString()}</td>
      <td class={late > 0 ? 'number wrong' : 'number'}>{isObserving ? '–' : late.toLocaleString()}</td>
      <td class="number">{(governs + answered + abandoned).toLocaleString()}</td>
      <td class="number">{(escalated + escalatedBefore).toLocaleString()}</td>
      <td class="number">{answered.toLocaleString()}</td>
      <td class="number">{abandoned.toLocaleString()}</td>
      <td class="number">{meanWaitSeconds === undefined ? '–' : span(0, meanWaitSeconds * 1_000)}</td>
      <td class="number">{percent(withinTarget, withTarget)}</td>
      <td>{clockTime(since, now)}</td>
      <td title={by === undefined ? undefined : `${by}${at === undefined ? '' : `, ${clockTime(at, now)}`}`}>
        {by === undefined ? '–' : authorWords(by)}
      </td>
      <td class="number">{version}</td>
    </tr>
  );
}

/** What a policy that observes would do, beside what is in force for the same contacts. */
function Beside({ beside }: { readonly beside: readonly BesidePolicy[] }) {
  return (
    <tr class="beside">
      <td colSpan={COLUMNS.length + 5}>
        {beside.map(({ policy, contacts, moreUrgent, lessUrgent }) => (
          <span key={policy ?? ''}>
            beside {policy ?? 'no policy'}: {count(contacts, 'contact')}
            {moreUrgent > 0 && `, ${moreUrgent.toLocaleString()} more urgent`}
            {lessUrgent > 0 && `, ${lessUrgent.toLocaleString()} less urgent`}
          </span>
        ))}
      </td>
    </tr>
  );
}
