import * as z from 'zod/mini';
import { signalName } from '../../lambda/domain/messages/schemas.ts';
import { routingSetSchema } from '../../lambda/domain/policy/schema.ts';
import { settingsSchema } from '../../lambda/domain/settings.ts';
import * as durations from '../../lambda/domain/validation/duration-schema.ts';
import { toZod } from '../../lambda/domain/validation/to-zod.ts';

const durationSchema = toZod(durations.durationSchema);
const intervalSchema = toZod(durations.intervalSchema);
const routingSet = toZod(routingSetSchema);

const name = z.string().check(z.minLength(1));
const probability = z.number().check(z.gte(0), z.lte(1));
const channel = z.enum(['VOICE', 'CHAT', 'TASK', 'EMAIL']);
const labels = z.record(z.string(), z.string());
const factor = z.number().check(z.gte(0), z.lte(5));

/** From Monday on. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const weekday = z.enum(WEEKDAYS);

/** `08:00-17:00`; checks/ checks the format. */
const timeRanges = z.array(z.string());

const perHour = z.union([z.number().check(z.gte(0)), z.record(z.string(), z.number().check(z.gte(0)))], {
  error:
    'contacts per hour of at least 0, such as 120, or by time of day, such as { "08:00": 60, "09:00": 180 }',
});

/** checks/ checks which members go together. */
const arrivals = z.strictObject({
  perHour: z.optional(perHour),
  days: z.optional(z.partialRecord(weekday, perHour)),
  shape: z.optional(z.enum(['step', 'linear'])),
  file: z.optional(name),
});

const handling = z.strictObject({
  mean: z.optional(intervalSchema),
  distribution: z.optional(z.enum(['log-normal', 'exponential'])),
  variation: z.optional(factor),
  median: z.optional(intervalSchema),
  sigma: z.optional(factor),
  values: z.optional(z.array(intervalSchema).check(z.minLength(1), z.maxLength(1_000))),
});

/** The same for all contacts, or distributed like handling times. */
const durationOrHandling = z.union([durationSchema, handling], {
  error: 'a duration, such as 20s, or a distribution, such as { mean: 20s, variation: 0.5 }',
});

const agents = z.strictObject({
  name,
  count: z.int().check(z.gte(1), z.lte(10_000)),
  ids: z.optional(z.array(name)),
  queues: z
    .array(
      z.strictObject({
        queue: name,
        priority: z.optional(z.int().check(z.gte(1), z.lte(99))),
        delay: z.optional(durationSchema),
      }),
    )
    .check(z.minLength(1)),
  channels: z.optional(z.array(channel).check(z.minLength(1))),
  concurrency: z.optional(
    z.union(
      [
        z.int().check(z.gte(1), z.lte(10)),
        z.partialRecord(
          channel,
          z.strictObject({
            contacts: z.int().check(z.gte(1), z.lte(10)),
            otherChannels: z.optional(z.boolean()),
          }),
        ),
      ],
      {
        error:
          'a number of contacts at the same time, from 1 to 10, or one per channel, such as { VOICE: { contacts: 1 }, CHAT: { contacts: 3 } }',
      },
    ),
  ),
  days: z.optional(z.array(weekday).check(z.minLength(1))),
  hours: z.optional(timeRanges),
  breaks: z.optional(timeRanges),
  proficiencies: z.optional(z.record(z.string(), z.record(z.string(), z.number().check(z.gte(1), z.lte(5))))),
});

const TRANSFER_FORM =
  'a transfer, such as { probability: 0.1, queue: billing }, or a list of them, one for each queue';

const transfer = z.strictObject({
  probability,
  queue: name,
  by: z.optional(z.enum(['agent', 'flow'])),
  handling: z.optional(handling),
  routing: z.optional(routingSet),
});

const stream = z.strictObject({
  tier: name,
  name: z.optional(name),
  queue: name,
  channel: z.optional(channel),
  tags: z.optional(labels),
  attributes: z.optional(labels),
  routing: z.optional(routingSet),
  arrivals: z.optional(arrivals),
  share: z.optional(probability),
  handling,
  ringing: z.optional(durationOrHandling),
  afterContactWork: z.optional(durationOrHandling),
  patience: z.optional(
    z.strictObject({
      mean: intervalSchema,
      shape: z.optional(z.number().check(z.gte(0.1), z.lte(10))),
      hangUps: z.optional(probability),
    }),
  ),
  transfer: z.optional(
    z.union([transfer, z.array(transfer).check(z.minLength(1))], { error: TRANSFER_FORM }),
  ),
  redial: z.optional(
    z.strictObject({ probability: z.number().check(z.gte(0), z.lt(1)), after: intervalSchema }),
  ),
});

/** checks/ checks which members go together. */
const act = z.strictObject({
  at: z.optional(z.string()),
  after: z.optional(durationSchema),
  signal: z.optional(toZod(signalName)),
  override: z.optional(routingSet),
  release: z.optional(z.literal(true)),
  pause: z.optional(intervalSchema),
  ttl: z.optional(intervalSchema),
  queue: z.optional(name),
  tier: z.optional(name),
  share: z.optional(probability),
});

/** The recording to which a scenario was fitted. */
const fitted = z.strictObject({ from: z.string(), to: z.string(), timezone: z.string() });

/** The structure of a scenario file. */
export const scenarioSchema = z.strictObject({
  name,
  description: z.optional(z.string()),
  start: z.string(),
  hours: z.number().check(z.gt(0), z.lte(8_784)),
  serviceLevel: intervalSchema,
  ringing: z.optional(durationOrHandling),
  afterContactWork: z.optional(durationOrHandling),
  settings: z.optional(toZod(settingsSchema)),
  queues: z.array(name).check(z.minLength(1)),
  arrivals: z.optional(arrivals),
  dayVariation: z.optional(z.number().check(z.gte(0), z.lte(2))),
  agents: z.array(agents).check(z.minLength(1)),
  streams: z.array(stream).check(z.minLength(1)),
  acts: z.optional(z.array(act)),
  fitted: z.optional(fitted),
});

export type ScenarioSource = z.infer<typeof scenarioSchema>;
export type StreamSource = z.infer<typeof stream>;
export type AgentsSource = z.infer<typeof agents>;
export type ArrivalsSource = z.infer<typeof arrivals>;
export type TransferSource = z.infer<typeof transfer>;
export type ActSource = z.infer<typeof act>;
export type HandlingSource = z.infer<typeof handling>;
