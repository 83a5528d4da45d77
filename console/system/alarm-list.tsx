import type { AlarmFigures } from '../../cli/state/outside/outside-figures.ts';
import { span } from '../../cli/wording/waiting-words.ts';
import { clockTime, count } from '../words.ts';

interface AlarmListProps {
  readonly alarms: AlarmFigures;
  readonly now: number;
}

/** The alarms that ring, each with what it means and where it stands what to do. */
export function AlarmList({ alarms: { count: all, ringing, readAt }, now }: AlarmListProps) {
  return (
    <section class="alarms" aria-label="Alarms">
      <h2>Alarms</h2>
      {ringing.length === 0 ? (
        <p>None of {count(all, 'alarm')} rings.</p>
      ) : (
        <ul>
          {ringing.map(({ name, since, meaning, runbookUrl }) => (
            <li key={name}>
              <strong class="wrong">{name}</strong>
              {since !== undefined && <span class="muted"> since {clockTime(since, now)}</span>}
              <p>
                {meaning}{' '}
                {runbookUrl !== undefined && (
                  <a href={runbookUrl} target="_blank" rel="noreferrer">
                    What to do
                  </a>
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
      <p class="muted source">CloudWatch, {span(readAt, now)} ago.</p>
    </section>
  );
}
