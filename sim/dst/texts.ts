import { seededRandom } from '../random.ts';
import type { Conditions } from './conditions.ts';
import { SETTINGS_SOURCE_FIELDS } from './contact-script.ts';
import type { CalendarSources } from './reference/calendar.ts';
import type { ConditionSources } from './reference/load.ts';
import type { PolicySource } from './reference/policies.ts';
import { SCHEDULES } from './schedule.ts';

/** Texts of policies that are refused. */
const BROKEN_POLICIES = [
  'steps: [',
  '{"steps":[{"after":"0s","set":{"priority":0}}]}',
  '{"step":[]}',
  '{"match":{"tags":{"tier":[{"prefixx":"g"}]}},"steps":[{"after":"1s","set":{"priority":1}}]}',
];

/** Texts of calendars that are refused. */
const BROKEN_CALENDARS = ['hours: [', '{"timezone":"UTC","hours":["Mon-Fri 25:00-26:00"]}', '{"hours":[]}'];

/** Texts of conditions that are refused. */
const BROKEN_CONDITIONS = ['when: [', '{"when":{"waiting":[{"numeric":[">","many"]}]}}', '{"until":{}}'];

/** Texts of settings that are refused. */
const BROKEN_SETTINGS = ['updateRate: fast', '{"updateRate":0}', '{"pause":"yes"}'];

/** What the parameter `pause` holds does not matter. */
const PAUSES = ['true', 'false', 'incident 4711', '{"by":"ann"}'];

const SALT = 0x7e47;

/** The kinds of parameters of which there may be many. Each name of one begins with its kind. */
export const KINDS = ['policies', 'calendars', 'conditions'] as const;

export type Kind = (typeof KINDS)[number];

/** What the parameters shall say at a moment. */
interface Wish {
  policies: Readonly<Record<string, PolicySource>>;
  calendars: CalendarSources;
  conditions: ConditionSources;
  isPaused: boolean;
  areBroken: boolean;
}

/** The texts in Parameter Store over a run: those of the policies and settings, broken at times, and of the pause. */
export class Texts {
  readonly #wish: Wish;
  readonly #settings: object;
  readonly #brokenNames: ReadonlySet<string>;
  readonly #variant: number;
  /** When texts break, and are repaired, in milliseconds after the start; undefined: they do not. */
  readonly breaks: { readonly fromMs: number; readonly untilMs: number } | undefined;

  /** @param stable - names of the parameters whose texts are the same during the whole run. */
  constructor(
    seed: number,
    { breaksTexts, span }: Conditions,
    { policies, calendars, conditions }: Pick<Wish, Kind>,
    stable: readonly string[],
    settings: Readonly<Record<string, unknown>>,
  ) {
    const random = seededRandom(seed ^ SALT);
    this.#wish = { policies, calendars, conditions, isPaused: false, areBroken: false };
    this.#settings = Object.fromEntries(SETTINGS_SOURCE_FIELDS.map((field) => [field, settings[field]]));
    this.#variant = Math.floor(random() * 12);
    const candidates = [...stable, 'settings', 'policies/fresh'];
    this.#brokenNames = new Set(candidates.filter(() => random() < 0.5));
    const { faultsEndMs } = SCHEDULES[span];
    const fromMs = (0.05 + random() * 0.5) * faultsEndMs;
    this.breaks = breaksTexts
      ? { fromMs, untilMs: fromMs + (0.02 + random() * 0.4) * faultsEndMs }
      : undefined;
  }

  /** Changes what the parameters shall say. */
  wish(change: Partial<Wish>): void {
    Object.assign(this.#wish, change);
  }

  /** What the parameters shall say. */
  get wished(): Pick<Wish, 'policies' | 'calendars'> {
    return this.#wish;
  }

  /** The texts by the names of their parameters. */
  now(): Map<string, string> {
    const { isPaused, areBroken } = this.#wish;
    const pausesBySettings = this.#variant % 2 === 0;
    const settings = isPaused && pausesBySettings ? { ...this.#settings, pause: true } : this.#settings;
    const texts = new Map(
      KINDS.flatMap((kind) =>
        Object.entries(this.#wish[kind]).map(([name, source]) => [`${kind}/${name}`, JSON.stringify(source)]),
      ),
    );
    texts.set('settings', JSON.stringify(settings));
    if (isPaused && !pausesBySettings) texts.set('pause', this.#choose(PAUSES));
    if (!areBroken) return texts;
    for (const name of this.#brokenNames) {
      texts.set(name, this.#choose(brokenTexts(name)));
    }
    return texts;
  }

  #choose(from: readonly string[]): string {
    return from[this.#variant % from.length] ?? '';
  }
}

function brokenTexts(name: string): readonly string[] {
  if (name === 'settings') return BROKEN_SETTINGS;
  if (name.startsWith('conditions/')) return BROKEN_CONDITIONS;
  return name.startsWith('calendars/') ? BROKEN_CALENDARS : BROKEN_POLICIES;
}
