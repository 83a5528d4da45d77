import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { parseHorizon } from '../../lambda/domain/horizon.ts';
import {
  DEFAULT_SETTINGS,
  describeLimits,
  type Settings,
  updateLimits,
} from '../../lambda/domain/settings.ts';
import { stableHash } from '../../lambda/domain/stable-hash.ts';
import { driveCentre } from '../centre/drive-centre.ts';
import { ContactCentre, ContactStateError, UnknownContactError } from '../centre/index.ts';
import { seededRandom } from '../random.ts';
import { settlePromises, VirtualTime } from '../virtual/virtual-time.ts';
import { AdapterAws } from './adapters/adapter-aws.ts';
import { functionEnvironment } from './adapters/environment.ts';
import { loadSdkConfiguration } from './adapters/network.ts';
import { inVirtualTime } from './adapters/virtual-globals.ts';
import { randomAgents } from './agents.ts';
import { type Conditions, conditionsOf } from './conditions.ts';
import {
  type ContactScript,
  generateBystanders,
  generateScripts,
  randomSettings,
  type ScriptedEvent,
  withCustomers,
} from './contact-script.ts';
import { checkConvergence } from './convergence-check.ts';
import { scheduleFailover, withActiveRegion } from './failover.ts';
import { type Fault, FaultInjector } from './faults.ts';
import { withFormerAgent } from './former-agent.ts';
import { InvariantChecker } from './invariant-checker.ts';
import type { Violation } from './invariants.ts';
import { randomLatencies } from './latencies.ts';
import { withLongTexts } from './long-texts.ts';
import { randomMalformedMessages } from './malformed-messages.ts';
import { scheduledOutages } from './outages.ts';
import { HORIZONS } from './policy-families.ts';
import {
  canLower,
  hasTarget,
  randomCalendars,
  randomConditions,
  randomFamilyPolicies,
  randomPolicies,
  T0,
} from './random-policies.ts';
import { checkRateLimit } from './rate-limit-check.ts';
import { CAUGHT_UP_MS, checkCaughtUp, checkRates } from './recovery-check.ts';
import { withCalendars } from './reference/policies.ts';
import { checkAgainstReference } from './reference-check.ts';
import { SCHEDULES } from './schedule.ts';
import { SimulatedAws, type SimulatedAwsOptions } from './simulated-aws.ts';
import { SimulatedConfiguration } from './simulated-configuration.ts';
import { FAILED_OVER_INSTANCE, QUEUE_NAMES, queueIdOf, SimulatedConnect } from './simulated-connect.ts';
import { KINDS, type Kind, Texts } from './texts.ts';
import type { PublishedEvent, World } from './world.ts';

/** The result of one run. */
export interface SeedResult {
  readonly seed: number;
  readonly conditions: Conditions;
  readonly violations: readonly Violation[];
  readonly faults: ReadonlyMap<Fault, number>;
  readonly contacts: number;
  readonly calls: number;
  /** The number of checks of invariants. */
  readonly checks: number;
}

const REGION = 'eu-central-1';

/** The events with which a contact leaves its queue. */
const LEAVING: ReadonlySet<string> = new Set(['CONNECTED_TO_AGENT', 'DISCONNECTED']);

const ADOPT_SALT = 0x5eed;

const ADAPTERS_SALT = 0xada97e5;

const FAMILIES_SALT = 0xfa311;

const PEOPLE_SALT = 0x9e091e;

/**
 * Makes one run of deterministic simulation testing (DST): a few contacts, policies that may change, and
 * the faults of the seed. The same seed gives the same run.
 *
 * @param trace - receives a line for each event.
 */
export async function runSeed(seed: number, trace?: (line: string) => void): Promise<SeedResult> {
  const conditions = conditionsOf(seed);
  const { throughAdapters } = conditions;
  // The clients of the SDK wait for more than promises.
  const time = throughAdapters ? new VirtualTime(T0) : new VirtualTime(T0, settlePromises);
  const run = () => runWorld(seed, conditions, time, trace);
  if (!throughAdapters) return run();
  const environment = functionEnvironment(REGION, conditions.instances);
  const { clockSkewMs } = conditions;
  return inVirtualTime(time, clockSkewMs, seededRandom(seed ^ ADAPTERS_SALT), environment, async () => {
    await loadSdkConfiguration();
    return run();
  });
}

async function runWorld(
  seed: number,
  conditions: Conditions,
  time: VirtualTime,
  trace: ((line: string) => void) | undefined,
): Promise<SeedResult> {
  const { instances, span, throughAdapters } = conditions;
  const schedule = SCHEDULES[span];
  const random = seededRandom(seed);
  const log =
    trace && ((line: string) => trace(`${((time.now - T0) / 1_000).toFixed(3).padStart(9)} s  ${line}`));
  const withSweep = random() < 0.5 || needsSweep(conditions);
  // Only without faults is it known exactly when a condition begins and ends.
  const isCalm = random() < (conditions.families.includes('conditions') ? 0.6 : 0.25);
  const isPunctual = isCalm && isUndisturbed(conditions);
  const faults = new FaultInjector(random, withSweep, isCalm, throughAdapters);
  // From a source of its own, so that the rest of a run is the same with and without it.
  const outages = scheduledOutages(conditions.outages, T0, time);
  const hasFailover = conditions.outages.some(({ kind }) => kind === 'other-region');
  const adopt = seededRandom(seed ^ ADOPT_SALT)() < 0.5;
  const ofPeople = seededRandom(seed ^ PEOPLE_SALT);
  const agents = randomAgents(ofPeople, schedule);
  const ofFamilies = seededRandom(seed ^ FAMILIES_SALT);
  const horizon = HORIZONS[span][Math.floor(ofFamilies() * HORIZONS[span].length)] ?? { default: '30m' };
  const settings = {
    ...randomSettings(random, DEFAULT_SETTINGS, conditions),
    adopt,
    horizon: parseHorizon(horizon, []).horizon,
  };
  // Only the search finds those of which every event is lost.
  const isSilent = (contactId: string) =>
    adopt && withSweep && !isCalm && stableHash(`${seed}/${contactId}`) % 5 === 0;
  const draw = () => ({
    ...randomPolicies(random, span),
    ...randomFamilyPolicies(ofFamilies, conditions.families, span),
  });
  const initialPolicies = draw();
  // Several functions compile at once where many policies change, which only the adapters do.
  const changedPolicies = random() < (throughAdapters ? 0.7 : 0.35) ? draw() : undefined;
  const checker = new InvariantChecker(
    time,
    settings,
    [initialPolicies, changedPolicies ?? {}].some(canLower),
  );
  const published: PublishedEvent[] = [];
  const centres = new Map<string, ContactCentre>();
  const reschedules = new Map<string, () => void>();
  const initialCalendars = randomCalendars(ofFamilies, conditions.families, span);
  const changedCalendars =
    ofFamilies() < 0.5 ? randomCalendars(ofFamilies, conditions.families, span) : initialCalendars;
  const loadConditions = randomConditions(ofFamilies, conditions.families);
  const initial = { policies: initialPolicies, calendars: initialCalendars, conditions: loadConditions };
  const changed = { ...initial, policies: changedPolicies ?? initialPolicies, calendars: changedCalendars };
  const texts = new Texts(seed, conditions, initial, unchanged(initial, changed), { ...settings, horizon });
  const configuration = await SimulatedConfiguration.deploy(texts.now(), T0, (isStopped) => {
    checker.killSwitch.onPublished(isStopped);
    checker.urgency.restart();
  });
  const options: SimulatedAwsOptions = {
    time,
    faults,
    random,
    latencies: randomLatencies(random, faults, () =>
      faults.isStopped ? undefined : conditions.maxIndexLagMs,
    ),
    clockSkewMs: conditions.clockSkewMs,
    upgradesLater: conditions.upgradeAtMs !== undefined,
    outages,
    trace: log,
    region: REGION,
    instances,
    configuration,
    connect: new SimulatedConnect(
      centres,
      (instanceId) => reschedules.get(instanceId)?.(),
      faults,
      {
        update: grantedLimits(settings),
        describe: { ...describeLimits(settings), ratePerSecond: settings.describeRate },
      },
      random() < 0.5 ? 'gone' : 'invalid',
      outages,
      hasFailover ? REGION : undefined,
      agents,
    ),
    checker,
    withSweep,
    ruleMessagesConcurrency: 2,
    maxReceives: conditions.maxReceives,
    // Small, so that queries have several pages.
    pageSize: conditions.bystanders > 0 ? 100 : 3,
  };
  const aws = conditions.throughAdapters
    ? new AdapterAws(options, centres, texts.now())
    : new SimulatedAws(options);
  for (const id of instances) {
    const centre = new ContactCentre({
      instance: { id, account: '123456789012', region: REGION },
      queues: QUEUE_NAMES.map((name) => ({ id: queueIdOf(id, name), name })),
      agents: [],
      random,
      ageAdjustment: settings.ageAdjustment,
      keepFinishedMs: schedule.endMs,
      publish(original) {
        const isAway = id === FAILED_OVER_INSTANCE && outages.isActive('other-region');
        const named = withFormerAgent(original);
        const event = hasFailover ? withActiveRegion(named, isAway) : named;
        const isDelivered = !isSilent(event.detail.contactId) && aws.publish(event);
        log?.(`${event.detail.eventType} ${event.detail.contactId}${isDelivered ? '' : ' (lost)'}`);
        published.push({ event, isDelivered });
        if (isPunctual && LEAVING.has(event.detail.eventType)) {
          checker.onLeft({ instanceId: id, contactId: event.detail.contactId });
        }
      },
    });
    centres.set(id, centre);
    reschedules.set(id, driveCentre(centre, time).reschedule);
  }
  const reschedule = (instanceId: string) => reschedules.get(instanceId)?.();
  const malformed = randomMalformedMessages(random, instances[0] ?? '');
  const world: World = {
    aws,
    centres,
    settings,
    published,
    sentMessages: [],
    attributes: [],
    policies: [{ from: T0, policies: withCalendars(initialPolicies, initialCalendars) }],
    horizon,
    conditions: loadConditions,
    agents,
    hasTargets: [initialPolicies, changedPolicies ?? {}].some(hasTarget),
    isCalm: isPunctual,
    outages: conditions.outages,
    faultsEndAt: T0 + schedule.faultsEndMs,
    faults: faults.counts,
    redrivenAt: T0 + schedule.redriveMs,
    clockSkewMs: conditions.clockSkewMs,
    hasUpgrade: conditions.upgradeAtMs !== undefined,
    withSweep,
    malformed,
  };
  const eventful = generateScripts(random, instances, schedule);
  const [first, ...rest] = eventful;
  const all = [
    ...(conditions.hasLongTexts && first ? [withLongTexts(first, random, schedule), ...rest] : eventful),
    ...generateBystanders(random, instances, conditions.bystanders, schedule),
  ];
  const scripts = conditions.families.some((family) => family === 'customers' || family === 'routes')
    ? withCustomers(all, ofPeople)
    : all;
  for (const script of scripts) playScript(script, world, () => reschedule(script.instanceId));
  for (const { queue, body } of malformed) {
    time.after(random() * schedule.scriptMs, () => aws.sendMessage(queue, body));
  }
  const changeTexts = (afterMs: number, change: Parameters<Texts['wish']>[0]) =>
    time.after(afterMs, () => {
      texts.wish(change);
      aws.changeTexts(texts.now());
      if (change.policies || change.calendars) {
        const { policies, calendars } = texts.wished;
        world.policies.push({ from: time.now, policies: withCalendars(policies, calendars) });
      }
    });
  if (changedPolicies) {
    const afterMs = (0.1 + random() * 0.65) * schedule.faultsEndMs;
    changeTexts(afterMs, { policies: changedPolicies });
  }
  if (changedCalendars !== initialCalendars) {
    changeTexts((0.1 + ofFamilies() * 0.65) * schedule.faultsEndMs, { calendars: changedCalendars });
  }
  if (texts.breaks) {
    changeTexts(texts.breaks.fromMs, { areBroken: true });
    changeTexts(texts.breaks.untilMs, { areBroken: false });
  }
  for (const { kind, fromMs, untilMs } of conditions.outages) {
    if (kind !== 'paused') continue;
    changeTexts(fromMs, { isPaused: true });
    changeTexts(untilMs, { isPaused: false });
  }
  for (const outage of conditions.outages) {
    if (outage.kind === 'other-region') scheduleFailover(outage, world, reschedule);
  }
  const { coldStartAtMs, upgradeAtMs } = conditions;
  if (upgradeAtMs !== undefined) time.after(upgradeAtMs, () => aws.upgrade());
  if (coldStartAtMs !== undefined) time.after(coldStartAtMs, () => aws.recycle());
  await time.run(T0 + schedule.faultsEndMs);
  faults.stop();
  await time.run(T0 + schedule.faultsEndMs + CAUGHT_UP_MS);
  checkCaughtUp(world, time.now);
  await time.run(T0 + schedule.redriveMs);
  aws.redrive();
  // A second redrive must have no effect.
  if (random() < 0.5) aws.redrive();
  aws.purge();
  await time.run(T0 + schedule.endMs);
  checkRateLimit(checker, updateLimits(settings));
  checker.urgency.finish();
  checkConvergence(world, time.now);
  checkAgainstReference(world, time.now);
  checkRates(world, time.now);
  if (world.isCalm) {
    for (const name of aws.timedOut) checker.reportViolation(10, `${name} ran into its time-out`);
  }
  if (aws instanceof AdapterAws) {
    const problem = aws.configurationProblem();
    if (problem) checker.reportViolation(2, problem);
  }
  for (const _ of malformed) checker.losses.onHappened('malformed');
  checker.losses.check((message) => checker.reportViolation(17, message));
  checker.events.check(aws.table.records(), withSweep, (message) => checker.reportViolation(11, message));
  return {
    seed,
    conditions,
    violations: checker.violations,
    faults: faults.counts,
    contacts: scripts.length,
    calls: checker.calls,
    checks: checker.totalChecks,
  };
}

/** The names of the parameters whose texts an edit leaves as they are. */
function unchanged(before: Readonly<Record<Kind, object>>, after: typeof before): string[] {
  return KINDS.flatMap((kind) => {
    const sources: Readonly<Record<string, unknown>> = { ...after[kind] };
    const names = Object.entries(before[kind]).filter(([name, source]) => sources[name] === source);
    return names.map(([name]) => `${kind}/${name}`);
  });
}

/** Only the sweep recovers from an index that lags for long, and from records that an earlier version could not read, and has the load of queues read. */
function needsSweep({ maxIndexLagMs, upgradeAtMs, families }: Conditions): boolean {
  return maxIndexLagMs !== undefined || upgradeAtMs !== undefined || families.includes('conditions');
}

/** True of conditions in which the times of changes can be judged, where there are no faults. */
function isUndisturbed({ outages, maxIndexLagMs, upgradeAtMs }: Conditions): boolean {
  return outages.length === 0 && maxIndexLagMs === undefined && upgradeAtMs === undefined;
}

/** The quota of the API, of which the system may use a share. */
function grantedLimits({ updateRate, updateBurst }: Settings) {
  return { ratePerSecond: updateRate, burst: updateBurst };
}

function playScript(script: ContactScript, world: World, reschedule: () => void): void {
  const { time, checker } = world.aws;
  const centre = world.centres.get(script.instanceId);
  if (!centre) throw new RangeError(`No centre for ${script.instanceId}`);
  let key: ContactKey = { instanceId: script.instanceId, contactId: script.arrival.contactId };
  time.after(script.arrivesAtMs, () => {
    checker.onArrival(key, script.arrival.routing);
    const queueId = queueIdOf(script.instanceId, script.arrival.queueId);
    centre.arrive(time.now, { ...script.arrival, queueId });
    const { contactId, attributes: values = {} } = script.arrival;
    world.attributes.push({ at: time.now, contactId, values });
    reschedule();
  });
  for (const event of script.events) {
    time.after(event.atMs, () => {
      try {
        key = performEvent(event, key, centre, world);
      } catch (error) {
        // Events that the state of the contact does not allow are skipped.
        if (!(error instanceof ContactStateError || error instanceof UnknownContactError)) throw error;
      }
      reschedule();
    });
  }
}

/** @returns the key of the contact with which the script continues; a transfer changes it. */
function performEvent(
  event: ScriptedEvent,
  key: ContactKey,
  centre: ContactCentre,
  world: World,
): ContactKey {
  const { aws } = world;
  const { now } = aws.time;
  switch (event.kind) {
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
      centre.setAttributes(now, key.contactId, event.attributes);
      world.attributes.push({ at: now, contactId: key.contactId, values: event.attributes });
      return key;
    case 'transfer': {
      const contactId = centre.transfer(now, key.contactId, queueIdOf(key.instanceId, event.queueId));
      const { priority, ageSeconds, criteria, attributes } = centre.describe(now, contactId);
      world.attributes.push({ at: now, contactId, values: attributes });
      const next = { ...key, contactId };
      aws.checker.onTransfer(next, key);
      aws.checker.onArrival(next, { priority, ageSeconds, criteria: criteria?.criteria });
      return next;
    }
    case 'message':
      if (event.isOverride) aws.checker.onOverride(key);
      world.sentMessages.push({ at: now, body: event.body });
      aws.checker.messageTimes.onSent(now);
      aws.trace?.(`rule message ${JSON.stringify(event.body)}`);
      aws.sendMessage('signal' in event.body ? 'RuleMessages' : 'OperatorMessages', event.body);
      return key;
  }
}
