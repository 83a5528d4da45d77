import { span } from '../cli/wording/waiting-words.ts';
import { now as timeNow } from './clock.ts';
import type { Connection } from './connection.ts';
import { clockTime } from './words.ts';

/** A look that is older than this is said to be old, in milliseconds. */
const OLD_MS = 15_000;

/** Whether what is shown is fresh, and if not, why. */
export function ConnectionState({
  connection,
  now,
}: {
  readonly connection: Connection;
  readonly now: number;
}) {
  const { page, failure, lostAt } = connection;
  const at = page?.state.at;
  const isOld = at !== undefined && now - at > OLD_MS;
  return (
    <div class="connection" role="status">
      {lostAt !== undefined && (
        <p class="wrong">
          Connection lost at {clockTime(lostAt, Date.now())}, trying again. escalator watch may have ended.
        </p>
      )}
      {failure !== undefined && <p class="wrong">{failure}</p>}
      {at !== undefined && (
        <p class={isOld ? 'wrong' : 'muted'}>
          Looked at <time>{clockTime(at, timeNow())}</time>
          {isOld && `, ${span(at, now)} ago`}
        </p>
      )}
    </div>
  );
}
