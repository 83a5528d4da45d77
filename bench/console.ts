import Table from 'cli-table3';
import { ChangeLog } from '../cli/watch/change-log.ts';
import type { PageState } from '../cli/watch/page-state.ts';
import { Watcher } from '../cli/watch/watcher.ts';
import type { PlanContext } from '../lambda/domain/reconcile/plan.ts';
import { MemoryReader } from '../scripts/console/memory-reader.ts';
import { waitingRecord } from '../scripts/console/waiting-contacts.ts';
import { formatCount } from './format-count.ts';

/*
 * What a look of the console sends to a page, in full and as what is different, and how long it takes to write each: for
 * contacts that wait five minutes and change twice, looked at every two seconds. Exits 1 where what is different is more
 * than a tenth of the whole.
 *
 *     npm run bench:console
 */

const WAITING = [100, 1_000, 10_000];
const SECOND = 1_000;
const WAIT_SECONDS = 300;
const STEP_SECONDS = 120;
const EVERY_SECONDS = 2;
const LOOKS = 10;
const MAX_SHARE = 0.1;

const T0 = Date.parse('2026-11-23T10:00:00Z');
const INSTANCE_ID = '11111111-2222-3333-4444-555555555555';
const QUEUES = Array.from({ length: 10 }, (_, index) => `0000000${index}-bbbb-cccc-dddd-eeeeeeeeeeee`);
const POLICIES = {
  'gold-callers': {
    match: { channel: ['VOICE'], tags: { tier: ['gold'] } },
    steps: [
      { after: '0s', set: { priority: 3 } },
      { after: `${STEP_SECONDS}s`, set: { priority: 1 } },
    ],
  },
};

/** A centre in which so many contacts wait at all times: as one is answered, another one comes. */
class SteadyCentre {
  readonly reader = new MemoryReader(T0, { policies: POLICIES, since: T0 }, [INSTANCE_ID]);
  readonly #context: PlanContext = this.reader.context;
  readonly #waiting: number;

  constructor(waiting: number) {
    this.#waiting = waiting;
    for (let number = 1 - waiting; number <= 0; number += 1) this.#put(number);
  }

  advance(): void {
    const betweenMs = (WAIT_SECONDS * SECOND) / this.#waiting;
    const before = Math.floor((this.reader.at - T0) / betweenMs);
    this.reader.at += EVERY_SECONDS * SECOND;
    const last = Math.floor((this.reader.at - T0) / betweenMs);
    for (let number = before + 1; number <= last; number += 1) {
      this.#put(number);
      this.#answer(number - this.#waiting);
    }
    const perSecond = this.#waiting / WAIT_SECONDS;
    const reached = last - Math.floor(STEP_SECONDS * perSecond);
    for (let number = reached - Math.ceil(2 * EVERY_SECONDS * perSecond); number <= reached; number += 1) {
      this.#put(number);
    }
  }

  #put(number: number): void {
    const contact = {
      instanceId: INSTANCE_ID,
      contactId: idOf(number),
      queueArn: `arn:aws:connect:eu-central-1:123456789012:instance/${INSTANCE_ID}/queue/${QUEUES[Math.abs(number) % QUEUES.length]}`,
      enqueuedAt: T0 + (number * WAIT_SECONDS * SECOND) / this.#waiting,
      tags: { tier: 'gold', product: 'mortgage' },
    };
    this.reader.put(waitingRecord(contact, this.#context, this.reader.at));
  }

  #answer(number: number): void {
    const key = `${INSTANCE_ID}#${idOf(number)}`;
    const record = this.reader.records.get(key);
    if (record?.facts)
      this.reader.put({ ...record, facts: { ...record.facts, connectedAt: this.reader.at } });
  }
}

function idOf(number: number): string {
  return `99999999-8888-7777-6666-${String(number + 1_000_000).padStart(12, '0')}`;
}

async function look(watcher: Watcher): Promise<PageState> {
  const { name, data } = await watcher.look();
  if (name !== 'state') throw new Error(data.message);
  return data;
}

/** Runs something, and adds the milliseconds of processor time that it took: others may use the machine, too. */
function timed<T>(times: number[], run: () => T): T {
  const start = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(start);
  times.push((user + system) / 1_000);
  return result;
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const table = new Table({ head: ['waiting', 'whole KB', 'ms', 'change KB', 'ms', 'share'] });
let worst = 0;
for (const waiting of WAITING) {
  const centre = new SteadyCentre(waiting);
  const watcher = new Watcher(centre.reader);
  const log = new ChangeLog();
  log.add(await look(watcher));
  const whole = { bytes: [] as number[], ms: [] as number[] };
  const change = { bytes: [] as number[], ms: [] as number[] };
  for (let count = 0; count < LOOKS; count += 1) {
    centre.advance();
    const state = await look(watcher);
    whole.bytes.push(Buffer.byteLength(timed(whole.ms, () => JSON.stringify(state))));
    change.bytes.push(Buffer.byteLength(timed(change.ms, () => JSON.stringify(log.add(state).change))));
  }
  const share = median(change.bytes) / median(whole.bytes);
  // Among few, a greater part comes and goes.
  if (waiting === WAITING.at(-1)) worst = share;
  const kilobytes = ({ bytes }: typeof whole) => formatCount(Math.round(median(bytes) / 1_000));
  table.push([
    formatCount(waiting),
    kilobytes(whole),
    median(whole.ms).toFixed(1),
    kilobytes(change),
    median(change.ms).toFixed(1),
    `${(100 * share).toFixed(1)} %`,
  ]);
}
console.log(table.toString());
if (worst > MAX_SHARE) {
  console.error(`A change is more than ${MAX_SHARE * 100} % of the whole.`);
  process.exitCode = 1;
}
