import type { PolicyLine } from '../../cli/state/system-state.ts';
import type { PageState } from '../../cli/watch/page-state.ts';
import { span } from '../../cli/wording/waiting-words.ts';
import { Sparkline } from '../sparkline.tsx';
import type { Go } from '../use-address.ts';
import { clockTime, percent, shortTime } from '../words.ts';

interface PolicyViewProps {
  readonly page: PageState;
  readonly go: Go;
  readonly now: number;
}

/** The policies in force, in order of evaluation, and the last hour. */
export function PolicyView({ page, go, now }: PolicyViewProps) {
  const { state, hour } = page;
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
              <th scope="col" class="number">
                Governs now
              </th>
              <th scope="col" class="number">
                Late
              </th>
              <th scope="col" class="number">
                Answered since {since}
              </th>
              <th scope="col" class="number">
                Abandoned
              </th>
              <th scope="col" class="number">
                Mean wait
              </th>
              <th scope="col" class="number">
                Within target
              </th>
              <th scope="col">In force since</th>
              <th scope="col" class="number">
                Version
              </th>
            </tr>
          </thead>
          <tbody>
            {state.policies.map((policy) => (
              <Policy key={policy.name} policy={policy} page={page} go={go} now={now} />
            ))}
          </tbody>
        </table>
      </div>
      {state.policies.length === 0 && <p>No policy is in force.</p>}
      <p class="muted">
        A policy that observes changes nothing: it would govern so many. Who left is known since {since},
        while this console looked.
      </p>
      <figure>
        <figcaption>Waiting, since {since}</figcaption>
        <Sparkline samples={hour.samples} of="waiting" label="Waiting" isLarge />
      </figure>
      <figure>
        <figcaption>Due changes, since {since}</figcaption>
        <Sparkline samples={hour.samples} of="due" label="Due" isLarge />
      </figure>
    </section>
  );
}

interface PolicyProps extends PolicyViewProps {
  readonly policy: PolicyLine;
}

function Policy({ policy: { name, mode, since, version, governs, late }, page, go, now }: PolicyProps) {
  const {
    answered = 0,
    abandoned = 0,
    meanWaitSeconds,
    withTarget = 0,
    withinTarget = 0,
  } = page.hour.policies[name] ?? {};
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
      <td class={late > 0 ? 'number wrong' : 'number'}>{late.toLocaleString()}</td>
      <td class="number">{answered.toLocaleString()}</td>
      <td class="number">{abandoned.toLocaleString()}</td>
      <td class="number">{meanWaitSeconds === undefined ? '–' : span(0, meanWaitSeconds * 1_000)}</td>
      <td class="number">{percent(withinTarget, withTarget)}</td>
      <td>{clockTime(since, now)}</td>
      <td class="number">{version}</td>
    </tr>
  );
}
