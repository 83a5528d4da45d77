import type { ContactKey } from '../../lambda/domain/contact.ts';
import { CONTACT_EVENT_TYPES } from '../../lambda/domain/event-rules.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../lambda/domain/settings.ts';
import { ContactCentre, type ContactEventEnvelope } from '../../sim/centre/index.ts';
import { ConnectModel, type UpdateResult } from '../../sim/dst/connect.ts';
import { NO_FAULTS } from '../../sim/dst/faults.ts';
import type { Surroundings } from '../../sim/dst/process.ts';
import { seededRandom } from '../../sim/random.ts';
import { driveCentre } from '../../sim/virtual/drive-centre.ts';
import { VirtualTime } from '../../sim/virtual/virtual-time.ts';
import { usualDurations } from './durations.ts';
import { type Account, Ledger } from './ledger.ts';
import { QUOTA, type Visit } from './load.ts';

export const INSTANCE = 'i-1';
export const REGION = 'eu-central-1';
const QUEUE = 'q';

const BEGINS_AT = Date.parse('2026-11-23T10:00:00Z');

/** How long an agent is busy with a contact; it no longer waits then, so nothing depends on it. */
const HANDLING_MS = 180_000;

/** The settings as they are without any: what Connect grants is what AWS documents. */
export const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  updateRate: QUOTA.ratePerSecond,
  updateBurst: QUOTA.burst,
};

const EVENT_TYPES: ReadonlySet<string> = new Set(CONTACT_EVENT_TYPES);

/** Where a design is put to work: time, a contact centre with its API and its quota, and a bus for its events. */
export interface Site extends Surroundings {
  readonly connect: ConnectModel;
}

/**
 * What a design makes of a site.
 *
 * @returns what to do with each event on the bus.
 */
export type Design = (site: Site) => (event: ContactEventEnvelope) => void;

/** Lets a design live through the visits, and gives account of what it did with the quota. */
export async function operate(
  name: string,
  design: Design,
  all: readonly Visit[],
  minutes: number,
  seed: number,
): Promise<Account> {
  const random = seededRandom(seed);
  const time = new VirtualTime(BEGINS_AT);
  const ledger = new Ledger(all);
  let publish: (event: ContactEventEnvelope) => void = () => {};
  const centre = new ContactCentre({
    instance: { id: INSTANCE, account: '123456789012', region: REGION },
    queues: [{ id: QUEUE }],
    agents: [],
    random,
    publish(event) {
      if (EVENT_TYPES.has(event.detail.eventType)) publish(event);
    },
  });
  const poke = driveCentre(centre, time);
  const connect = new WatchedConnect(new Map([[INSTANCE, centre]]), poke, ledger);
  publish = design({ time, random, faults: NO_FAULTS, durations: usualDurations(random), connect });
  arriveInTurn(all, centre, time, poke);
  await time.run(BEGINS_AT + minutes * 60_000);
  return ledger.account(name, minutes * 60_000);
}

/** Connect as it is seen by whoever keeps the books. */
class WatchedConnect extends ConnectModel {
  readonly #ledger: Ledger;

  constructor(centres: ReadonlyMap<string, ContactCentre>, onChanged: () => void, ledger: Ledger) {
    const describe = { ratePerSecond: SETTINGS.describeRate, burst: SETTINGS.describeBurst };
    super(centres, onChanged, NO_FAULTS, { update: QUOTA, describe }, 'gone');
    this.#ledger = ledger;
  }

  override update(now: number, key: ContactKey, call: Parameters<ConnectModel['update']>[2]): UpdateResult {
    const result = super.update(now, key, call);
    this.#ledger.called(key.contactId, call.update.QueuePriority, result, now - BEGINS_AT);
    return result;
  }
}

/** One after the other, so that the calendar holds no more than those who are there. */
function arriveInTurn(
  all: readonly Visit[],
  centre: ContactCentre,
  time: VirtualTime,
  poke: () => void,
): void {
  const next = (index: number) => {
    const visit = all[index];
    if (!visit) return;
    time.after(BEGINS_AT + visit.arrivesAtMs - time.now, () => {
      arrive(visit, centre, time, poke);
      next(index + 1);
    });
  };
  next(0);
}

function arrive(
  { contactId, tier, waitsMs, isAnswered }: Visit,
  centre: ContactCentre,
  time: VirtualTime,
  poke: () => void,
) {
  centre.arrive(time.now, {
    contactId,
    channel: 'VOICE',
    initiationMethod: 'INBOUND',
    queueId: QUEUE,
    tags: { tier },
    handlingMs: HANDLING_MS,
    patienceMs: isAnswered ? Number.POSITIVE_INFINITY : waitsMs,
  });
  poke();
  if (!isAnswered) return;
  time.after(waitsMs, () => {
    centre.connect(time.now, contactId);
    poke();
  });
}
