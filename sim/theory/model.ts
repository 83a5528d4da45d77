import type { PolicySet } from '../../lambda/domain/policy/policy-set.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../lambda/domain/settings.ts';
import { ContactCentre, type FinishedContact } from '../centre/index.ts';
import { EscalationModel } from '../escalation/index.ts';
import { seededRandom } from '../random.ts';
import { type Distribution, type RunKey, Workload } from '../workload/index.ts';

/** A queueing model: one queue, identical agents, no after-contact work. */
export interface Model {
  /** The name is part of the random seed: models with different names draw different numbers. */
  readonly name: string;
  readonly servers: number;
  /** Most urgent first. */
  readonly classes: readonly { readonly perHour: number; readonly handling: Distribution }[];
  readonly patience: Distribution;
  /**
   * Policies over the tag `class`, which is the number of the class from 0. They then decide alone: all contacts come with the
   * routing of a new contact. Default: classes have priorities, which their flows set.
   */
  readonly policies?: PolicySet;
}

/** Theory knows no delays: there is no routing lag, and no quota that matters. */
const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  updateRate: 100_000,
  updateBurst: 100_000,
  routingLagSeconds: 0,
  checkBeforeFirstChange: false,
  horizon: { defaultSeconds: 30 * 24 * 3_600, channelSeconds: {} },
};

/** With policies. In contact events, times of 1970 count as not set. */
const POLICIES_START = Date.UTC(2026, 0, 1);

/** The length of a simulation, in expected contacts. */
export interface RunLength {
  /** The contacts at the start, which do not count. */
  readonly warmUp: number;
  readonly measured: number;
}

/** The figures of a run, over the contacts that count. */
export interface ModelRun {
  /** The share of contacts that waited at all. */
  readonly waitingShare: number;
  readonly meanWaitMs: number;
  /** The share of contacts that waited at most `ms`, answered or not. */
  shareWithin(ms: number): number;
  readonly abandonedShare: number;
  /** The mean wait of each class. */
  readonly meanWaitsMs: readonly number[];
}

const HOUR_MS = 3_600_000;

/**
 * Simulates a model with the contact centre. Arrivals continue until the last contact that counts has left,
 * so that the end of the run is in steady state, too.
 */
export function simulateModel(model: Model, length: RunLength, key: RunKey): ModelRun {
  const perHour = model.classes.reduce((sum, each) => sum + each.perHour, 0);
  const startsAt = model.policies ? POLICIES_START : 0;
  const from = startsAt + (length.warmUp / perHour) * HOUR_MS;
  const to = from + (length.measured / perHour) * HOUR_MS;
  const counts = (at: number) => at >= from && at < to;
  const waitsMs: number[][] = model.classes.map(() => []);
  let [abandoned, present] = [0, 0];

  const workload = new Workload(
    {
      dayBeganAt: startsAt,
      startsAt,
      endsAt: Number.POSITIVE_INFINITY,
      streams: model.classes.map(({ perHour, handling }, index) => ({
        name: `${model.name}, class ${index}`,
        arrivals: { shape: 'step', points: [{ atMs: 0, perHour }] },
        contact: {
          queueId: 'q',
          channel: 'VOICE',
          initiationMethod: 'INBOUND',
          tags: { class: String(index) },
          ...(!model.policies && { routing: { priority: index + 1 } }),
        },
        handling,
        patience: model.patience,
      })),
    },
    key,
  );
  const escalation =
    model.policies &&
    new EscalationModel({
      policies: model.policies,
      settings: SETTINGS,
      listener: { onUpdate() {}, onSuperseded() {} },
    });
  const centre = new ContactCentre({
    instance: { id: 'theory', account: '123456789012', region: 'eu-central-1' },
    queues: [],
    agents: Array.from({ length: model.servers }, (_, index) => ({
      id: `agent-${index}`,
      queues: [{ queueId: 'q', priority: 1 }],
      channels: ['VOICE'],
    })),
    random: seededRandom(0),
    afterContactWorkMs: 0,
    keepFinishedMs: 0,
    ...(escalation && {
      routingLagMs: 0,
      onEvent: (event) => escalation.handleEvent(event),
    }),
    onDisconnected({ tags, enqueuedAt, leftAt, waitEnd }: FinishedContact) {
      if (!counts(enqueuedAt)) return;
      present -= 1;
      waitsMs[Number(tags.class)]?.push(leftAt - enqueuedAt);
      if (waitEnd === 'abandoned') abandoned += 1;
    },
  });
  escalation?.attach(centre, startsAt);
  workload.attach({
    schedule: (at, action) => centre.schedule(at, action),
    arrive(now, arrival) {
      if (counts(now)) present += 1;
      centre.arrive(now, arrival);
    },
  });
  for (let now = to; now === to || present > 0; now += HOUR_MS) centre.advance(now);

  const all = waitsMs.flat();
  return {
    waitingShare: shareOf(all, (ms) => ms > 0),
    meanWaitMs: meanOf(all),
    shareWithin: (limitMs) => shareOf(all, (ms) => ms <= limitMs),
    abandonedShare: abandoned / all.length,
    meanWaitsMs: waitsMs.map(meanOf),
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function shareOf(values: readonly number[], matches: (value: number) => boolean): number {
  return values.reduce((count, value) => count + (matches(value) ? 1 : 0), 0) / values.length;
}
