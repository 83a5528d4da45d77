import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Arrival, FinishedContact } from '../../sim/centre/index.ts';
import { workloadOf } from '../../sim/scenario/index.ts';
import type { Workload } from '../../sim/workload/index.ts';
import type { LocalCentre } from '../centre/local-centre.ts';
import { ANGRY_SIGNAL, angryAfterMs } from './angry-customers.ts';
import { RUN } from './baseline.ts';
import type { DemoSetup } from './demo-setup.ts';

/** How the message of a signal that the demo sends begins its id. Others are sent by people. */
export const DEMO_SIGNAL_ID = 'demo-';

/** Lets the contacts of the demo arrive, and sends their signals. */
export class DemoArrivals {
  /** Those that arrived, by contact id. */
  readonly arrivals = new Map<string, Arrival>();
  /** When the signal of an angry customer was sent, by contact id, in milliseconds since the epoch. */
  readonly angryAt = new Map<string, number>();
  readonly #setup: DemoSetup;
  readonly #seed: number;
  readonly #workload: Workload;
  readonly #sending: Promise<unknown>[] = [];
  #sqs: SQSClient | undefined;

  constructor(setup: DemoSetup, seed: number) {
    const { scenario, window } = setup;
    this.#setup = setup;
    this.#seed = seed;
    this.#workload = workloadOf(scenario, window.endsAt, { seed, run: RUN });
  }

  /** Some customers are transferred, and some call again. */
  readonly onDisconnected = (contact: FinishedContact): void => this.#workload.onDisconnected(contact);

  /**
   * Begins. Contacts arrive as the centre advances.
   *
   * @param onArrival - called with each contact that arrives in the window, and when it was due, in milliseconds since the
   *   epoch.
   */
  start({ centre, system }: LocalCentre, onArrival: (dueAt: number) => void): void {
    const { window, hasAngryCustomers } = this.#setup;
    const sqs = new SQSClient(system.clientConfig);
    this.#sqs = sqs;
    const markAngry = (contactId: string) => {
      if (!centre.isWaiting(centre.now, contactId)) return;
      this.angryAt.set(contactId, Date.now());
      const message = {
        type: 'signal',
        id: `${DEMO_SIGNAL_ID}${contactId}`,
        contactId,
        signal: ANGRY_SIGNAL,
      };
      this.#sending.push(
        sqs.send(
          new SendMessageCommand({
            QueueUrl: system.queues.ruleMessages.url,
            MessageBody: JSON.stringify(message),
          }),
        ),
      );
    };
    this.#workload.attach({
      schedule: (at, action) => centre.schedule(at, action),
      arrive: (now, arrival) => {
        this.arrivals.set(arrival.contactId, arrival);
        centre.arrive(now, arrival);
        if (now >= window.startsAt) onArrival(now);
        const afterMs = hasAngryCustomers ? angryAfterMs(arrival.contactId, this.#seed) : undefined;
        if (afterMs === undefined || now + afterMs < window.startsAt || now + afterMs >= window.endsAt)
          return;
        centre.schedule(now + afterMs, () => markAngry(arrival.contactId));
      },
    });
  }

  /** Resolves when every signal is sent. No others are sent then. */
  async sent(): Promise<void> {
    await Promise.all(this.#sending);
    this.#sqs?.destroy();
  }
}
