import type { PlanContext } from '../../lambda/domain/reconcile/plan.ts';
import { MemoryReader } from '../../scripts/console/memory-reader.ts';
import { twoSteps, waitingRecord } from '../../scripts/console/waiting-contacts.ts';

const SECOND = 1_000;
const WAIT_SECONDS = 300;
const STEP_SECONDS = 120;

const T0 = Date.parse('2026-11-23T10:00:00Z');
const INSTANCE_ID = '11111111-2222-3333-4444-555555555555';
const QUEUES = Array.from({ length: 10 }, (_, index) => `0000000${index}-bbbb-cccc-dddd-eeeeeeeeeeee`);
const POLICIES = twoSteps(STEP_SECONDS);

/**
 * A centre in which so many contacts wait at all times: as one is answered, another one comes. Each waits five minutes
 * and changes after two.
 */
export class SteadyCentre {
  readonly reader = new MemoryReader(T0, { policies: POLICIES, since: T0 }, [INSTANCE_ID]);
  readonly #context: PlanContext = this.reader.context;
  readonly #waiting: number;

  constructor(waiting: number) {
    this.#waiting = waiting;
    for (let number = 1 - waiting; number <= 0; number += 1) this.#put(number);
  }

  /** @param seconds - by which the time goes on. */
  advance(seconds: number): void {
    const betweenMs = (WAIT_SECONDS * SECOND) / this.#waiting;
    const before = Math.floor((this.reader.at - T0) / betweenMs);
    this.reader.at += seconds * SECOND;
    const last = Math.floor((this.reader.at - T0) / betweenMs);
    for (let number = before + 1; number <= last; number += 1) {
      this.#put(number);
      this.#answer(number - this.#waiting);
    }
    const perSecond = this.#waiting / WAIT_SECONDS;
    const reached = last - Math.floor(STEP_SECONDS * perSecond);
    for (let number = reached - Math.ceil(2 * seconds * perSecond); number <= reached; number += 1) {
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
