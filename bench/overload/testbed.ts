import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { CONTACT_EVENT_TYPES } from '../../lambda/domain/messages/event-rules.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../lambda/domain/settings.ts';
import { driveCentre } from '../../sim/centre/drive-centre.ts';
import { ContactCentre, type ContactEventEnvelope } from '../../sim/centre/index.ts';
import { NO_FAULTS } from '../../sim/dst/faults.ts';
import type { ProcessContext } from '../../sim/dst/process.ts';
import { type ModelledUpdate, SimulatedConnect } from '../../sim/dst/simulated-connect.ts';
import { seededRandom } from '../../sim/random.ts';
import { VirtualTime } from '../../sim/virtual/virtual-time.ts';
import { typicalLatencies } from './latencies.ts';
import { type OfferedContact, type Plan, QUOTA, STEP_PLAN } from './load.ts';
import { LoadRecorder, type LoadReport } from './load-report.ts';

export const INSTANCE = 'i-1';
export const REGION = 'eu-central-1';
const QUEUE = 'q';

const STARTS_AT = Date.parse('2026-11-23T10:00:00Z');

/** How long an agent handles a contact. No result depends on it. */
const HANDLING_MS = 180_000;

/** The default settings, with the quota that AWS documents. */
export const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  updateRate: QUOTA.ratePerSecond,
  updateBurst: QUOTA.burst,
};

const EVENT_TYPES: ReadonlySet<string> = new Set(CONTACT_EVENT_TYPES);

/** The environment of a design: virtual time and the Connect API of a contact centre, with its quota. */
export interface Testbed extends ProcessContext {
  readonly connect: SimulatedConnect;
}

/**
 * Sets up a design in a testbed.
 *
 * @returns the handler of each contact event.
 */
export type Design = (testbed: Testbed) => (event: ContactEventEnvelope) => void;

/** A design, and what it should do. */
export interface Rival {
  readonly design: Design;
  /** Default: the steps of the tiers. */
  readonly plan?: Plan;
  /** The changes that it may make in a second. Default: the share of the quota that this system uses. */
  readonly maxPerSecond?: number;
}

/** Runs a design with the given contacts, and reports how it used the quota. */
export async function runDesign(
  name: string,
  { design, plan = STEP_PLAN }: Rival,
  contacts: readonly OfferedContact[],
  minutes: number,
  seed: number,
): Promise<LoadReport> {
  const random = seededRandom(seed);
  const time = new VirtualTime(STARTS_AT);
  const recorder = new LoadRecorder(contacts, plan);
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
  scheduleArrivals(contacts, centre, time, reschedule);
  await time.run(STARTS_AT + minutes * 60_000);
  return recorder.report(name, minutes * 60_000);
}

/** Connect that passes each update to a recorder. */
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
    this.#recorder.recordCall(key.contactId, call.update, result, now - STARTS_AT);
    return result;
  }
}

/** Schedules each arrival at the one before it, so that the event queue remains short. */
function scheduleArrivals(
  contacts: readonly OfferedContact[],
  centre: ContactCentre,
  time: VirtualTime,
  reschedule: () => void,
): void {
  const next = (index: number) => {
    const contact = contacts[index];
    if (!contact) return;
    time.after(STARTS_AT + contact.arrivesAtMs - time.now, () => {
      startContact(contact, centre, time, reschedule);
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
