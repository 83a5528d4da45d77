import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { POLL_INTERVAL_SECONDS } from '../../../lambda/domain/deployment-constants.ts';
import { parsePolicy } from '../../../lambda/domain/policy/parse.ts';
import { createPolicySet } from '../../../lambda/domain/policy/policy-set.ts';
import type { Settings } from '../../../lambda/domain/settings.ts';
import { describeLimits } from '../../../lambda/domain/settings.ts';
import type { Configuration } from '../../../lambda/flow/ports.ts';
import { driveCentre } from '../../../sim/centre/drive-centre.ts';
import { ContactCentre, type ContactEventEnvelope, type FinishedContact } from '../../../sim/centre/index.ts';
import { FaultInjector } from '../../../sim/dst/faults.ts';
import { InvariantChecker } from '../../../sim/dst/invariant-checker.ts';
import { randomLatencies } from '../../../sim/dst/latencies.ts';
import { SimulatedAws } from '../../../sim/dst/simulated-aws.ts';
import { SimulatedConnect } from '../../../sim/dst/simulated-connect.ts';
import { EscalationModel } from '../../../sim/escalation/index.ts';
import { seededRandom } from '../../../sim/random.ts';
import type { MemoryTable } from '../../../sim/virtual/memory-table.ts';
import { VirtualTime } from '../../../sim/virtual/virtual-time.ts';
import { type AgentGroup, roster, type StreamSpec, Workload } from '../../../sim/workload/index.ts';

const STARTS_AT = Date.parse('2026-11-23T09:00:00Z');

const INSTANCE = { id: 'i-1', account: '123456789012', region: 'eu-central-1' };
const HOUR_MS = 3_600_000;

export interface Experiment {
  readonly configuration: Configuration;
  readonly agents: readonly AgentGroup[];
  readonly streams: readonly StreamSpec[];
  readonly minutes: number;
  /** Default: as in Connect. */
  readonly routingLagMs?: number;
}

/** An update that the centre received. */
export interface Change {
  readonly contactId: string;
  readonly at: number;
  /** The fields that it sets. */
  readonly set: object;
}

/** The example policies. */
export function examplePolicies() {
  const folder = join(import.meta.dirname, '../../../policies');
  return createPolicySet(
    readdirSync(folder).flatMap((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      return parsePolicy(file.slice(0, -'.yaml'.length), text).policy ?? [];
    }),
  );
}

/** The changes of the escalation model. */
export function runModel(experiment: Experiment): Change[] {
  const { policies, settings, conditions = [] } = experiment.configuration;
  const listener = { onUpdate() {}, onSuperseded() {} };
  const model = new EscalationModel({ policies, settings, conditions, listener });
  const { centre, workload, changes } = createCentre(experiment, {
    onEvent: (event) => model.handleEvent(event),
  });
  model.attach(centre, STARTS_AT);
  workload.attach(centre);
  centre.advance(STARTS_AT + experiment.minutes * 60_000 + HOUR_MS);
  return changes();
}

/** What an observer of a run sees at a moment. */
export interface Observation {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly centre: ContactCentre;
  readonly table: MemoryTable;
}

/**
 * The changes of the handlers' flow, on services in memory without faults.
 *
 * @param observe - called every second of the run. Default: nobody looks.
 */
export async function runFlow(
  experiment: Experiment,
  observe?: (seen: Observation) => void,
): Promise<Change[]> {
  let changes = (): Change[] => [];
  await runCentre({
    configuration: experiment.configuration,
    startsAt: STARTS_AT,
    endsAt: STARTS_AT + experiment.minutes * 60_000 + HOUR_MS,
    create(publish) {
      const created = createCentre(experiment, { publish });
      changes = created.changes;
      return created;
    },
    begin({ time, centre, table }) {
      if (!observe) return;
      const look = () => {
        observe({ now: time.now, centre, table });
        time.after(1_000, look);
      };
      look();
    },
  });
  return changes();
}

type Publish = ConstructorParameters<typeof ContactCentre>[0]['publish'];

/** A centre, and the system that acts on it. */
export interface CentreRun {
  readonly configuration: Configuration;
  /** Milliseconds since the epoch. */
  readonly startsAt: number;
  readonly endsAt: number;
  /** Default: `i-1`. */
  readonly instanceId?: string;
  create(publish: Publish): { readonly centre: ContactCentre; readonly workload: Workload };
  /** Called before the run. */
  begin?(run: {
    readonly time: VirtualTime;
    readonly centre: ContactCentre;
    readonly table: MemoryTable;
    /** Sends a rule message. */
    readonly send: (message: object) => void;
  }): void;
  /** Called with each contact event as it happens: the table does not know of it yet. */
  onEvent?(event: ContactEventEnvelope, seen: Pick<Observation, 'now' | 'table'>): void;
}

/** Runs the handlers' flow on a centre, with services in memory and without faults. */
export async function runCentre(run: CentreRun): Promise<void> {
  const { configuration, startsAt, endsAt, instanceId = INSTANCE.id } = run;
  const { settings, conditions = [] } = configuration;
  const time = new VirtualTime(startsAt);
  const random = seededRandom(7);
  const faults = new FaultInjector(random, true);
  faults.stop();
  const checker = new InvariantChecker(time, settings, true);
  const centres = new Map<string, ContactCentre>();
  let reschedule = () => {};
  const aws = new SimulatedAws({
    time,
    faults,
    random,
    region: INSTANCE.region,
    instances: [instanceId],
    configuration,
    connect: new SimulatedConnect(centres, () => reschedule(), faults, granted(settings), 'gone'),
    checker,
    withSweep: false,
    latencies: randomLatencies(random, faults),
    ruleMessagesConcurrency: 2,
    pageSize: 3,
  });
  const { table } = aws;
  const { centre, workload } = run.create((event) => {
    run.onEvent?.(event, { now: time.now, table });
    aws.publish(event);
  });
  centres.set(instanceId, centre);
  workload.attach({
    schedule: (at, action) => centre.schedule(at, action),
    arrive(now, arrival) {
      checker.onArrival({ instanceId, contactId: arrival.contactId }, arrival.routing);
      centre.arrive(now, arrival);
    },
  });
  reschedule = driveCentre(centre, time).reschedule;
  run.begin?.({ time, centre, table, send: (message) => aws.sendMessage('RuleMessages', message) });
  if (conditions.length > 0) sendPolls(aws, time);
  await time.run(endsAt);
}

/** Sends the message of each poll, in place of the sweep. */
function sendPolls(aws: SimulatedAws, time: VirtualTime): void {
  aws.sendMessage('WakeUps', { type: 'poll', pollAt: new Date(time.now).toISOString() });
  time.after(POLL_INTERVAL_SECONDS * 1_000, () => sendPolls(aws, time));
}

function granted(settings: Settings) {
  return {
    update: { ratePerSecond: settings.updateRate, burst: settings.updateBurst },
    describe: { ...describeLimits(settings), ratePerSecond: settings.describeRate },
  };
}

function createCentre(
  { agents, streams, minutes, routingLagMs = 60_000 }: Experiment,
  listeners: Pick<ConstructorParameters<typeof ContactCentre>[0], 'publish' | 'onEvent'>,
) {
  const finished: FinishedContact[] = [];
  const endsAt = STARTS_AT + minutes * 60_000;
  const workload = new Workload(
    { dayBeganAt: STARTS_AT, startsAt: STARTS_AT, endsAt, streams },
    { seed: 3, run: 0 },
  );
  const centre = new ContactCentre({
    instance: INSTANCE,
    queues: [{ id: 'q' }, { id: 'r' }],
    agents: roster(agents, STARTS_AT),
    random: seededRandom(1),
    routingLagMs,
    keepFinishedMs: 10 * HOUR_MS,
    onDisconnected(contact) {
      finished.push(contact);
      workload.onDisconnected(contact);
    },
    ...listeners,
  });
  const changes = () =>
    finished
      .flatMap(({ contactId, changes }) => changes.map(({ at, ...set }) => ({ contactId, at, set })))
      .sort((a, b) => a.at - b.at);
  return { centre, workload, changes };
}
