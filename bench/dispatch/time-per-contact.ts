import { ROUND_SIZE } from '../../lambda/flow/dispatch/round.ts';
import type { RequestLogEntry } from '../../local/endpoint/request-log.ts';
import { median } from '../median.ts';
import { type DrainMeasurement, type DrainOptions, measureDrain } from './measure-drain.ts';

/** The number of contacts in the quietest stretch of a run. */
const STRETCH_CONTACTS = 200;

/** So high that no contact waits for a token. */
const RATE = 10_000;

/** The time and the requests per contact. */
export interface TimePerContact {
  /**
   * Milliseconds per contact: the median over the rounds of the second half of the run, when everything is
   * warm.
   */
  readonly medianMs: number;
  /** The median over the quietest stretch of that half: other processes can only slow a stretch down. */
  readonly quietestMs: number;
  /** CPU time of the dispatch thread per contact, in milliseconds. */
  readonly cpuMs: number;
  readonly maxHeapBytes: number;
  /** The requests per contact and their median duration, by operation. */
  readonly operations: readonly { readonly name: string; readonly perContact: number; readonly ms: number }[];
}

/** Drains contacts without waiting for tokens, and measures the time per contact. */
export async function measureTimePerContact(
  handler: DrainOptions['handler'],
  contacts: number,
): Promise<TimePerContact> {
  const entries: RequestLogEntry[] = [];
  const settings = { updateRate: RATE, updateBurst: RATE, describeRate: RATE, describeBurst: RATE };
  const result = await measureDrain({
    contacts,
    handler,
    settings,
    onResponse: (entry) => entries.push(entry),
  });
  requireEveryContactUpdated(result, contacts);
  const callTimes = entries
    .filter(({ name }) => name === 'connect.UpdateContactRoutingData')
    .map(({ startedAt }) => startedAt)
    .sort((a, b) => a - b);
  const rounds: number[] = [];
  for (let index = contacts / 2; index + ROUND_SIZE < callTimes.length; index += ROUND_SIZE) {
    rounds.push(((callTimes[index + ROUND_SIZE] ?? 0) - (callTimes[index] ?? 0)) / ROUND_SIZE);
  }
  const length = STRETCH_CONTACTS / ROUND_SIZE;
  const stretches = rounds
    .slice(0, 1 - length)
    .map((_, index) => median(rounds.slice(index, index + length)));
  return {
    medianMs: median(rounds),
    quietestMs: Math.min(...stretches),
    cpuMs: result.cpuMs / contacts,
    maxHeapBytes: result.maxHeapBytes,
    operations: [...Map.groupBy(entries, ({ name }) => name)].map(([name, requests]) => ({
      name,
      perContact: requests.length / contacts,
      ms: median(requests.map(({ startedAt, endedAt }) => endedAt - startedAt)),
    })),
  };
}

function requireEveryContactUpdated({ calls }: DrainMeasurement, contacts: number): void {
  const updated = new Set(calls.filter(({ result }) => result === 'done').map(({ contactId }) => contactId));
  if (calls.length === contacts && updated.size === contacts) return;
  throw new TypeError(
    `Expected one update of each of ${contacts} contacts; found ${calls.length} calls for ${updated.size} ` +
      'contacts.',
  );
}
