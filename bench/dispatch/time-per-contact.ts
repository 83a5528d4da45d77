import { CONCURRENCY } from '../../lambda/flow/dispatch/select-pending.ts';
import type { RequestLogEntry } from '../../local/endpoint/request-log.ts';
import { type DrainMeasurement, type DrainOptions, measureDrain } from './measure-drain.ts';

/** Contacts in the stretch of the run that counts for the figure of the quietest stretch. */
const STRETCH_CONTACTS = 200;

/** So high that no contact waits for a token. */
const RATE = 10_000;

/** What a contact took. */
export interface TimePerContact {
  /** Milliseconds for each contact: the median over the rounds of the second half, when all is warm. */
  readonly medianMs: number;
  /** The same over the quietest stretch of that half: what else runs on the machine can only slow it down. */
  readonly quietestMs: number;
  /** Processor time that the thread of dispatch used for each contact, in milliseconds. */
  readonly cpuMs: number;
  readonly maxHeapBytes: number;
  /** For each operation: its requests for each contact, and how long it took at the median. */
  readonly operations: readonly { readonly name: string; readonly perContact: number; readonly ms: number }[];
}

/** Drains contacts without any wait for the quota, and says what each of them took. */
export async function measureTimePerContact(
  handler: DrainOptions['handler'],
  contacts: number,
): Promise<TimePerContact> {
  const exchanges: RequestLogEntry[] = [];
  const settings = { updateRate: RATE, updateBurst: RATE, describeRate: RATE, describeBurst: RATE };
  const result = await measureDrain({
    contacts,
    handler,
    settings,
    onResponse: (exchange) => exchanges.push(exchange),
  });
  requireEveryContactUpdated(result, contacts);
  const called = exchanges
    .filter(({ name }) => name === 'connect.UpdateContactRoutingData')
    .map(({ startedAt }) => startedAt)
    .sort((a, b) => a - b);
  const rounds: number[] = [];
  for (let at = contacts / 2; at + CONCURRENCY < called.length; at += CONCURRENCY) {
    rounds.push(((called[at + CONCURRENCY] ?? 0) - (called[at] ?? 0)) / CONCURRENCY);
  }
  const length = STRETCH_CONTACTS / CONCURRENCY;
  const stretches = rounds.slice(0, 1 - length).map((_, at) => median(rounds.slice(at, at + length)));
  return {
    medianMs: median(rounds),
    quietestMs: Math.min(...stretches),
    cpuMs: result.cpuMs / contacts,
    maxHeapBytes: result.maxHeapBytes,
    operations: [...Map.groupBy(exchanges, ({ name }) => name)].map(([name, made]) => ({
      name,
      perContact: made.length / contacts,
      ms: median(made.map(({ startedAt, endedAt }) => endedAt - startedAt)),
    })),
  };
}

function requireEveryContactUpdated({ calls }: DrainMeasurement, contacts: number): void {
  const called = new Set(calls.filter(({ result }) => result === 'done').map(({ contactId }) => contactId));
  if (calls.length === contacts && called.size === contacts) return;
  throw new TypeError(
    `${contacts} contacts were to be changed once; ${called.size} were, by ${calls.length} calls.`,
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
