import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { CONTACT_EVENT_TYPES } from '../../lambda/domain/messages/event-rules.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../lambda/domain/settings.ts';
import { driveCentre } from '../../sim/centre/drive-centre.ts';
import { ContactCentre, type ContactEventEnvelope } from '../../sim/centre/index.ts';
import { NO_FAULTS } from '../../sim/dst/faults.ts';
import type { Environment } from '../../sim/dst/process.ts';
import { type ModelledUpdate, SimulatedConnect } from '../../sim/dst/simulated-connect.ts';
import { seededRandom } from '../../sim/random.ts';
import { VirtualTime } from '../../sim/virtual/virtual-time.ts';
import { typicalLatencies } from './latencies.ts';
import { type OfferedContact, QUOTA } from './load.ts';
import { LoadRecorder, type LoadReport } from './load-report.ts';

export const INSTANCE = 'i-1';
export const REGION = 'eu-central-1';
const QUEUE = 'q';

const STARTS_AT = Date.parse('2026-11-23T10:00:00Z');

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
export interface Testbed extends Environment {
  readonly connect: SimulatedConnect;
}

/**
 * What a design makes of a site.
 *
 * @returns what to do with each event on the bus.
 */
export type Design = (site: Testbed) => (event: ContactEventEnvelope) => void;

/** Lets a design live through the visits, and gives account of what it did with the quota. */
export async function runDesign(
  name: string,
  design: Design,
  all: readonly OfferedContact[],
  minutes: number,
  seed: number,
): Promise<LoadReport> {
  const random = seededRandom(seed);
  const time = new VirtualTime(STARTS_AT);
  const recorder = new LoadRecorder(all);
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
  const { reschedule } = driveCentre(centre, time);
  const connect = new RecordingConnect(new Map([[INSTANCE, centre]]), reschedule, recorder);
  publish = design({ time, random, faults: NO_FAULTS, latencies: typicalLatencies(random), connect });
  scheduleArrivals(all, centre, time, reschedule);
  await time.run(STARTS_AT + minutes * 60_000);
  return recorder.report(name, minutes * 60_000);
}

/** Connect as it is seen by whoever keeps the books. */
class RecordingConnect extends SimulatedConnect {
  readonly #recorder: LoadRecorder;

  constructor(centres: ReadonlyMap<string, ContactCentre>, onChanged: () => void, recorder: LoadRecorder) {
    const describe = { ratePerSecond: SETTINGS.describeRate, burst: SETTINGS.describeBurst };
    super(centres, onChanged, NO_FAULTS, { update: QUOTA, describe }, 'gone');
    this.#recorder = recorder;
  }

  override update(
    now: number,
    key: ContactKey,
    call: Parameters<SimulatedConnect['update']>[2],
  ): ModelledUpdate {
    const result = super.update(now, key, call);
    this.#recorder.recordCall(key.contactId, call.update.QueuePriority, result, now - STARTS_AT);
    return result;
  }
}

/** One after the other, so that the calendar holds no more than those who are there. */
function scheduleArrivals(
  all: readonly OfferedContact[],
  centre: ContactCentre,
  time: VirtualTime,
  reschedule: () => void,
): void {
  const next = (index: number) => {
    const visit = all[index];
    if (!visit) return;
    time.after(STARTS_AT + visit.arrivesAtMs - time.now, () => {
      startContact(visit, centre, time, reschedule);
      next(index + 1);
    });
  };
  next(0);
}

function startContact(
  { contactId, tier, waitsMs, isAnswered }: OfferedContact,
  centre: ContactCentre,
  time: VirtualTime,
  reschedule: () => void,
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
  reschedule();
  if (!isAnswered) return;
  time.after(waitsMs, () => {
    centre.connect(time.now, contactId);
    reschedule();
  });
}
