import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
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
import {
  type ContactScript,
  generateScripts,
  randomSettings,
  SCRIPT_DURATION_MS,
  type ScriptedEvent,
} from './contact-script.ts';
import { checkConvergence } from './convergence-check.ts';
import { type Fault, FaultPlan } from './faults.ts';
import { InvariantChecker } from './invariant-checker.ts';
import type { Violation } from './invariants.ts';
import { randomLatencies } from './latencies.ts';
import { randomMalformedMessages } from './malformed-messages.ts';
import { canLower, randomPolicies, T0 } from './random-policies.ts';
import { checkRateLimit } from './rate-limit-check.ts';
import { SimulatedAws } from './simulated-aws.ts';
import { SimulatedConnect } from './simulated-connect.ts';

/** What came of one run. */
export interface SeedResult {
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
export interface PublishedEvent {
  readonly event: ContactEventEnvelope;
  readonly isDelivered: boolean;
}

/** A run in the making: the world, and what is known of it from outside. */
export interface World {
  readonly aws: SimulatedAws;
  readonly centres: ReadonlyMap<string, ContactCentre>;
  readonly settings: Settings;
  readonly published: readonly PublishedEvent[];
  /** Bodies of rule messages from outside with the time of sending, in order. */
  readonly sentMessages: { readonly at: number; readonly body: object }[];
  readonly malformed: readonly string[];
}

/**
 * Lets the system live through one run: a few contacts, policies that may change, and the faults that the seed
 * chooses. The same seed takes the same course each time.
 *
 * @param trace - gets a line for each thing that happens.
 */
export async function runSeed(seed: number, trace?: (line: string) => void): Promise<SeedResult> {
  const random = seededRandom(seed);
  const time = new VirtualTime(T0);
  const say =
    trace && ((line: string) => trace(`${((time.now - T0) / 1_000).toFixed(3).padStart(9)} s  ${line}`));
  const withSweep = random() < 0.5;
  const faults = new FaultPlan(random, withSweep);
  const instances = random() < 0.25 ? ['i-1', 'i-2'] : ['i-1'];
  const settings = randomSettings(random, DEFAULT_SETTINGS);
  const policies = [randomPolicies(random), ...(random() < 0.35 ? [randomPolicies(random)] : [])];
  const watcher = new InvariantChecker(time, settings.ageAdjustment, policies.some(canLower));
  const published: PublishedEvent[] = [];
  const centres = new Map<string, ContactCentre>();
  const reschedules = new Map<string, () => void>();
  const cloud = new SimulatedAws({
    time,
    faults,
    random,
    latencies: randomLatencies(random, faults),
    trace: say,
    region: REGION,
    instances,
    configuration: { policies: policies[0] ?? randomPolicies(random), settings },
    connect: new SimulatedConnect(
      centres,
      (instanceId) => reschedules.get(instanceId)?.(),
      faults,
      {
        update: grantedLimits(settings),
        describe: { ...describeLimits(settings), ratePerSecond: settings.describeRate },
      },
      random() < 0.5 ? 'gone' : 'invalid',
    ),
    checker: watcher,
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
    reschedules.set(id, driveCentre(centre, time));
  }
  const malformed = randomMalformedMessages(random, instances[0] ?? '');
  const world: World = { aws: cloud, centres, settings, published, sentMessages: [], malformed };
  const lives = generateScripts(random, instances);
  for (const life of lives) playScript(life, world, () => reschedules.get(life.instanceId)?.());
  for (const body of malformed) time.after(random() * SCRIPT_DURATION_MS, () => cloud.sendRuleMessage(body));
  const [, later] = policies;
  if (later) {
    time.after(60_000 + random() * 400_000, () => cloud.changeConfiguration({ policies: later, settings }));
  }
  await time.run(T0 + FAULTS_END_MS);
  faults.stop();
  await time.run(T0 + REDRIVE_MS);
  cloud.redrive();
  // Twice the same does no harm.
  if (random() < 0.5) cloud.redrive();
  cloud.purge();
  await time.run(T0 + END_MS);
  checkRateLimit(watcher, updateLimits(settings));
  checkConvergence(world, time.now);
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
function grantedLimits({ updateRate, updateBurst }: Settings) {
  return { ratePerSecond: updateRate, burst: updateBurst };
}

function playScript(life: ContactScript, world: World, poke: () => void): void {
  const { time, checker: watcher } = world.aws;
  const centre = world.centres.get(life.instanceId);
  if (!centre) throw new RangeError(`No centre for ${life.instanceId}`);
  let key: ContactKey = { instanceId: life.instanceId, contactId: life.arrival.contactId };
  time.after(life.arrivesAtMs, () => {
    watcher.onArrival(key, life.arrival.routing);
    centre.arrive(time.now, life.arrival);
    poke();
  });
  for (const happening of life.events) {
    time.after(happening.atMs, () => {
      try {
        key = performEvent(happening, key, centre, world);
      } catch (error) {
        // What cannot happen to the contact any more does not.
        if (!(error instanceof ContactStateError || error instanceof UnknownContactError)) throw error;
      }
      poke();
    });
  }
}

/** @returns the contact that it goes on with. */
function performEvent(
  happening: ScriptedEvent,
  key: ContactKey,
  centre: ContactCentre,
  world: World,
): ContactKey {
  const { aws: cloud } = world;
  const { now } = cloud.time;
  switch (happening.kind) {
    case 'connect':
      centre.connect(now, key.contactId);
      return key;
    case 'disconnect':
      centre.disconnect(now, key.contactId);
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
      cloud.checker.onArrival(next, { priority, ageSeconds });
      return next;
    }
    case 'message':
      if (happening.isOverride) cloud.checker.onOverride(key);
      world.sentMessages.push({ at: now, body: happening.body });
      cloud.trace?.(`told ${JSON.stringify(happening.body)}`);
      cloud.sendRuleMessage(happening.body);
      return key;
  }
}
