import { durationSeconds } from './duration.ts';
import { isObject } from './json.ts';
import { durationSchema } from './validation/duration-schema.ts';
import type { Path, Problem } from './validation/problem.ts';
import * as s from './validation/schema.ts';
import { schemaProblems } from './validation/schema-problems.ts';

/** The channels of Connect. */
export const CHANNELS = ['VOICE', 'CHAT', 'TASK', 'EMAIL'] as const;

/** When contacts without a target count as due: seconds after they were queued. */
export interface Horizon {
  /** Default 1800. */
  readonly defaultSeconds: number;
  /** By channel, where it differs. */
  readonly channelSeconds: Readonly<Record<string, number>>;
}

/** Half an hour on every channel. */
export const DEFAULT_HORIZON: Horizon = { defaultSeconds: 1_800, channelSeconds: {} };

/** The horizon by channel, as people write it. */
export const horizonSchema = s.strictObject({
  default: s.optional(durationSchema),
  ...(Object.fromEntries(CHANNELS.map((channel) => [channel, s.optional(durationSchema)])) as {
    [Channel in (typeof CHANNELS)[number]]: s.OptionalSchema<string>;
  }),
});

/**
 * Parses the setting `horizon`: one duration, or one for each channel. Never throws; reports every problem at once.
 *
 * @param source - such as `30m` or `{ default: 30m, EMAIL: 3d }`, as parsed from JSON or YAML. Undefined: half an hour.
 */
export function parseHorizon(
  source: unknown,
  path: Path,
): { readonly horizon: Horizon; readonly problems: readonly Problem[] } {
  if (source === undefined) return { horizon: DEFAULT_HORIZON, problems: [] };
  const given = isObject(source) ? source : { default: source };
  const problems = schemaProblems(horizonSchema, given).map((problem) => ({
    ...problem,
    path: isObject(source) ? [...path, ...problem.path] : path,
  }));
  if (problems.length > 0) return { horizon: DEFAULT_HORIZON, problems };
  const { default: defaultSeconds = DEFAULT_HORIZON.defaultSeconds, ...channelSeconds } = Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key, durationSeconds(String(value)) ?? 0]),
  );
  return { horizon: { defaultSeconds, channelSeconds }, problems: [] };
}

/**
 * Seconds after which a contact of a channel without a target counts as due.
 *
 * @param channel - undefined: it is not known, and counts as one without a horizon of its own.
 */
export function horizonSeconds({ defaultSeconds, channelSeconds }: Horizon, channel = ''): number {
  return channelSeconds[channel] ?? defaultSeconds;
}
