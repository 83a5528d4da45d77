import { span } from '../cli/wording/waiting-words.ts';
import { passing, now as timeNow } from './clock.ts';
import type { Connection } from './connection.ts';
import { usePlayback } from './playback/playback-store.ts';
import { clockTime } from './words.ts';

/** A look that is older than this is said to be old, in real milliseconds. */
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
  // The server of a run ends with it, and that of the next one takes its place.
  const isBetweenRuns = usePlayback()?.phase === 'setting-up';
  const isOld = at !== undefined && !isBetweenRuns && now - at > passing(OLD_MS);
  return (
    <div class="connection" role="status">
      {lostAt !== undefined && !isBetweenRuns && (
        <p class="wrong">
          Connection lost at {clockTime(lostAt, Date.now())}, trying again. The command that serves this page
          may have ended.
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
