import type { ContactKey } from '../../lambda/domain/contact.ts';
import {
  DEFAULT_SETTINGS,
  describeLimits,
  type Settings,
  updateLimits,
} from '../../lambda/domain/settings.ts';
import {
  ContactCentre,
  type ContactEventEnvelope,
  ContactStateError,
  UnknownContactError,
} from '../centre/index.ts';
import { seededRandom } from '../random.ts';
import { driveCentre } from '../virtual/drive-centre.ts';
import { VirtualTime } from '../virtual/virtual-time.ts';
import { Cloud } from './cloud.ts';
import { ConnectModel } from './connect.ts';
import { anyDurations } from './durations.ts';
import { checkEnd } from './end.ts';
import { type Fault, FaultPlan } from './faults.ts';
import type { Violation } from './invariants.ts';
import { EVENTFUL_MS, type Happening, type Life, someLives, someSettings } from './life.ts';
import { someMalformed } from './malformed.ts';
import { checkPace } from './pace.ts';
import { mayLower, somePolicies, T0 } from './policies.ts';
import { Watcher } from './watcher.ts';

/** What came of one run. */
export interface RunResult {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly faults: ReadonlyMap<Fault, number>;
  readonly contacts: number;
  readonly calls: number;
  /** How often an invariant was held against what happened. */
  readonly checks: number;
}

const REGION = 'eu-central-1';

/** Faults strike until then; afterwards everything must come to rest and be right. */
const FAULTS_END_MS = 600_000;

/** Operators send on what lies in the dead-letter queues: by then every retry has been made. */
const REDRIVE_MS = FAULTS_END_MS + 25 * 60_000;

/** By then everything that is under way has come to rest. */
const END_MS = REDRIVE_MS + 25 * 60_000;

/** A contact event that was delivered, or not. */
export interface Published {
  readonly event: ContactEventEnvelope;
  readonly isDelivered: boolean;
}

/** A run in the making: the world, and what is known of it from outside. */
export interface World {
  readonly cloud: Cloud;
  readonly centres: ReadonlyMap<string, ContactCentre>;
  readonly settings: Settings;
  readonly published: readonly Published[];
  /** Bodies of rule messages from outside with the time of sending, in order. */
  readonly told: { readonly at: number; readonly body: object }[];
  readonly malformed: readonly string[];
}

/**
 * Lets the system live through one run: a few contacts, policies that may change, and the faults that the seed
 * chooses. The same seed takes the same course each time.
 *
 * @param trace - gets a line for each thing that happens.
 */
export async function run(seed: number, trace?: (line: string) => void): Promise<RunResult> {
  const random = seededRandom(seed);
  const time = new VirtualTime(T0);
  const say =
    trace && ((line: string) => trace(`${((time.now - T0) / 1_000).toFixed(3).padStart(9)} s  ${line}`));
  const withSweep = random() < 0.5;
  const faults = new FaultPlan(random, withSweep);
  const instances = random() < 0.25 ? ['i-1', 'i-2'] : ['i-1'];
  const settings = someSettings(random, DEFAULT_SETTINGS);
  const policies = [somePolicies(random), ...(random() < 0.35 ? [somePolicies(random)] : [])];
  const watcher = new Watcher(time, settings.ageAdjustment, policies.some(mayLower));
  const published: Published[] = [];
  const centres = new Map<string, ContactCentre>();
  const pokes = new Map<string, () => void>();
  const cloud = new Cloud({
    time,
    faults,
    random,
    durations: anyDurations(random, faults),
    trace: say,
    region: REGION,
    instances,
    configuration: { policies: policies[0] ?? somePolicies(random), settings },
    connect: new ConnectModel(
      centres,
      (instanceId) => pokes.get(instanceId)?.(),
      faults,
      {
        update: granted(settings),
        describe: { ...describeLimits(settings), ratePerSecond: settings.describeRate },
      },
      random() < 0.5 ? 'gone' : 'invalid',
    ),
    watcher,
    withSweep,
    ruleMessagesConcurrency: 2,
    // Few, so that there are several pages.
    pageSize: 3,
  });
  for (const id of instances) {
    const centre = new ContactCentre({
      instance: { id, account: '123456789012', region: REGION },
      queues: [{ id: 'q' }, { id: 'r' }],
      agents: [],
      random,
      ageAdjustment: settings.ageAdjustment,
      keepFinishedMs: END_MS,
      publish(event) {
        const isDelivered = cloud.publish(event);
        say?.(`${event.detail.eventType} ${event.detail.contactId}${isDelivered ? '' : ' is lost'}`);
        published.push({ event, isDelivered });
      },
    });
    centres.set(id, centre);
    pokes.set(id, driveCentre(centre, time));
  }
  const malformed = someMalformed(random, instances[0] ?? '');
  const world: World = { cloud, centres, settings, published, told: [], malformed };
  const lives = someLives(random, instances);
  for (const life of lives) live(life, world, () => pokes.get(life.instanceId)?.());
  for (const body of malformed) time.after(random() * EVENTFUL_MS, () => cloud.sendRuleMessage(body));
  const [, later] = policies;
  if (later) {
    time.after(60_000 + random() * 400_000, () => cloud.changeConfiguration({ policies: later, settings }));
  }
  await time.run(T0 + FAULTS_END_MS);
  faults.end();
  await time.run(T0 + REDRIVE_MS);
  cloud.redrive();
  // Twice the same does no harm.
  if (random() < 0.5) cloud.redrive();
  cloud.purge();
  await time.run(T0 + END_MS);
  checkPace(watcher, updateLimits(settings));
  checkEnd(world, time.now);
  return {
    seed,
    violations: watcher.violations,
    faults: faults.counts,
    contacts: lives.length,
    calls: watcher.calls,
    checks: watcher.checks,
  };
}

/** What Connect grants: all of it, of which the system may use a share. */
function granted({ updateRate, updateBurst }: Settings) {
  return { ratePerSecond: updateRate, burst: updateBurst };
}

function live(life: Life, world: World, poke: () => void): void {
  const { time, watcher } = world.cloud;
  const centre = world.centres.get(life.instanceId);
  if (!centre) throw new RangeError(`No centre for ${life.instanceId}`);
  let key: ContactKey = { instanceId: life.instanceId, contactId: life.arrival.contactId };
  time.after(life.arrivesAtMs, () => {
    watcher.arrived(key, life.arrival.routing);
    centre.arrive(time.now, life.arrival);
    poke();
  });
  for (const happening of life.happenings) {
    time.after(happening.atMs, () => {
      try {
        key = happen(happening, key, centre, world);
      } catch (error) {
        // What cannot happen to the contact any more does not.
        if (!(error instanceof ContactStateError || error instanceof UnknownContactError)) throw error;
      }
      poke();
    });
  }
}

/** @returns the contact that it goes on with. */
function happen(happening: Happening, key: ContactKey, centre: ContactCentre, world: World): ContactKey {
  const { cloud } = world;
  const { now } = cloud.time;
  switch (happening.kind) {
    case 'connect':
      centre.connect(now, key.contactId);
      return key;
    case 'hang up':
      centre.hangUp(now, key.contactId);
      return key;
    case 'pause':
      centre.pause(now, key.contactId);
      return key;
    case 'resume':
      centre.resume(now, key.contactId);
      return key;
    case 'attributes':
      centre.setAttributes(now, key.contactId, happening.attributes);
      return key;
    case 'transfer': {
      const contactId = centre.transfer(now, key.contactId, happening.queueId);
      const { priority, ageSeconds } = centre.describe(now, contactId);
      const next = { ...key, contactId };
      cloud.watcher.arrived(next, { priority, ageSeconds });
      return next;
    }
    case 'message':
      if (happening.isOverride) cloud.watcher.overridden(key);
      world.told.push({ at: now, body: happening.body });
      cloud.trace?.(`told ${JSON.stringify(happening.body)}`);
      cloud.sendRuleMessage(happening.body);
      return key;
  }
}
