import { actingSettings, type SettingsInForce } from '../../lambda/domain/configuration/acting-settings.ts';
import { buildPolicies } from '../../lambda/domain/configuration/build-policies.ts';
import type { CompiledConfiguration, NamedPart } from '../../lambda/domain/configuration/compiled.ts';
import type { Verdict } from '../../lambda/domain/configuration/judge.ts';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import type {
  Parameter,
  ParameterVersion,
  Publication,
  PublishedConfiguration,
} from '../../lambda/flow/configuration/ports.ts';
import { publishConfiguration } from '../../lambda/flow/configuration/publish.ts';
import { type DerivedFacts, Verdicts } from '../../lambda/flow/configuration/verdicts.ts';
import type { Configuration } from '../../lambda/flow/ports.ts';
import { ApiQuota } from '../virtual/api-quota.ts';

/** The calls per second that Parameter Store grants: few, so that some are throttled. */
const PARAMETER_QUOTA = { ratePerSecond: 1, burst: 3 };

/** Parameter Store throttles a call. */
class ThrottledError extends Error {
  override readonly name = 'ThrottlingException';
}

const NO_TELEMETRY = { configurationPublished() {}, historyUnreadable() {}, configurationState() {} };

/** Who changes parameters is not simulated: nothing is recorded of it. */
export const NO_REPORTS = { load: async () => undefined, save: async () => true };

/** The verdicts on texts. Of the settings only the routing lag matters. They are kept over all runs: to judge takes long. */
export class SharedVerdicts extends Verdicts {
  static readonly #known = new Map<string, Verdict>();
  static readonly #facts = new Map<string, DerivedFacts>();

  override of(
    name: string,
    text: string,
    settings: Settings,
    calendars: readonly Pick<NamedPart, 'name' | 'source'>[],
  ): Verdict {
    const key = JSON.stringify([name, text, settings.routingLagSeconds, calendars]);
    const known = SharedVerdicts.#known.get(key) ?? super.of(name, text, settings, calendars);
    SharedVerdicts.#known.set(key, known);
    return known;
  }

  override ofText(...args: Parameters<Verdicts['ofText']>): Verdict {
    const key = JSON.stringify(args.slice(0, 2));
    const known = SharedVerdicts.#known.get(key) ?? super.ofText(...args);
    SharedVerdicts.#known.set(key, known);
    return known;
  }

  override factsOf(...args: Parameters<Verdicts['factsOf']>): DerivedFacts {
    const [{ policies, calendars, conditions }] = args;
    const sources = (parts: readonly NamedPart[] = []) => parts.map(({ name, source }) => [name, source]);
    const key = JSON.stringify([policies, calendars, conditions].map(sources));
    const known = SharedVerdicts.#facts.get(key) ?? super.factsOf(...args);
    SharedVerdicts.#facts.set(key, known);
    return known;
  }
}

/** Parameter Store with the texts of policies and settings, and the items of the table where they are published. */
export class SimulatedConfiguration {
  readonly #versions = new Map<string, ParameterVersion[]>();
  readonly #quota = new ApiQuota(PARAMETER_QUOTA);
  readonly #onPublished: (isStopped: boolean) => void;
  #published: PublishedConfiguration | undefined;
  #decided: { readonly key: string; readonly value: Decisive } | undefined;
  #current: Configuration | undefined;
  #ids = 0;

  private constructor(onPublished: (isStopped: boolean) => void) {
    this.#onPublished = onPublished;
  }

  /**
   * Deploys the system with texts by the names of their parameters.
   *
   * @param onPublished - receives, at each publication, whether it stops all calls.
   */
  static async deploy(
    texts: ReadonlyMap<string, string>,
    now: number,
    onPublished: (isStopped: boolean) => void,
  ): Promise<SimulatedConfiguration> {
    const deployed = new SimulatedConfiguration(onPublished);
    deployed.change(texts);
    await publishConfiguration({
      parameters: {
        read: async () => deployed.read(now),
        history: async (name) => deployed.history(name, now),
        authors: async () => [],
      },
      published: {
        load: async () => deployed.load(),
        publish: async (...args) => deployed.publish(...args),
        publishState: async (...args) => deployed.publishState(...args),
      },
      reported: NO_REPORTS,
      outbox: { sendWakeUps: async () => {} },
      telemetry: NO_TELEMETRY,
      clock: { now: () => now },
      verdicts: new SharedVerdicts(),
      backOff: async () => {},
      newId: () => deployed.newId(),
    });
    return deployed;
  }

  /**
   * Writes the texts that differ, and deletes the parameters without one.
   *
   * @returns how many that were.
   */
  change(texts: ReadonlyMap<string, string>): number {
    let changed = 0;
    for (const [name, text] of texts) {
      const versions = this.#versions.get(name) ?? [];
      if (versions.at(-1)?.text === text) continue;
      this.#versions.set(name, [...versions, { text, version: versions.length + 1 }]);
      changed += 1;
    }
    const deleted = [...this.#versions.keys()].filter((name) => !texts.has(name));
    for (const name of deleted) this.#versions.delete(name);
    return changed + deleted.length;
  }

  /** @throws ThrottledError */
  read(now: number): Parameter[] {
    this.#takeToken(now);
    return [...this.#versions].flatMap(([name, versions]) => {
      const latest = versions.at(-1);
      return latest ? { name, ...latest } : [];
    });
  }

  /** @throws ThrottledError */
  history(name: string, now: number): readonly ParameterVersion[] {
    this.#takeToken(now);
    return this.#versions.get(name) ?? [];
  }

  load(): PublishedConfiguration | undefined {
    return this.#published;
  }

  publish(compiled: CompiledConfiguration, revision: number, decisions: Publication): boolean {
    const { settings, pause } = compiled;
    return this.#replace(revision, { settings, pause }, { decisions, compiled });
  }

  publishState(state: SettingsInForce, revision: number): boolean {
    const { decisions, compiled } = this.#published ?? {};
    if (!decisions) return false;
    return this.#replace(revision, state, { decisions, ...(compiled && { compiled }) });
  }

  newId(): string {
    this.#ids += 1;
    return `publication-${this.#ids}`;
  }

  /** The configuration as handlers read it. */
  current(): Configuration {
    if (!this.#current) throw new TypeError('No configuration was published.');
    return this.#current;
  }

  #takeToken(now: number): void {
    if (!this.#quota.take(now)) throw new ThrottledError('Rate exceeded');
  }

  #replace(
    revision: number,
    { settings, pause }: SettingsInForce,
    rest: { readonly decisions: Publication; readonly compiled?: CompiledConfiguration },
  ): boolean {
    if ((this.#published?.revision ?? 0) !== revision) return false;
    const state = { ...(settings && { settings }), ...(pause && { pause }) };
    const published = jsonRoundTrip({ revision: revision + 1, ...state, ...rest });
    this.#published = published;
    const acting = actingSettings(published);
    this.#current = {
      ...this.#decisiveOf(published.compiled ?? { policies: [] }),
      settings: acting.settings,
      decisions: published.decisions,
    };
    this.#onPublished(acting.stopped !== undefined);
    return true;
  }

  #decisiveOf({
    policies,
    calendars = [],
    conditions = [],
  }: Pick<CompiledConfiguration, 'policies' | 'calendars' | 'conditions'>): Decisive {
    const key = JSON.stringify(
      [policies, calendars, conditions].map((parts) => parts.map(({ name, source }) => [name, source])),
    );
    if (this.#decided?.key !== key) {
      // Which conditions are in use is asked of all policies together.
      const value =
        conditions.length > 0
          ? buildPolicies({ policies, calendars, conditions })
          : { policies: createPolicySet(policies.flatMap((one) => builtPolicies.get(one, calendars))) };
      this.#decided = { key, value };
    }
    return this.#decided.value;
  }
}

/** What handlers decide by. */
type Decisive = Pick<Configuration, 'policies' | 'conditions'>;

/** The policies of sources, kept over all runs. */
const builtPolicies = {
  known: new Map<string, readonly Policy[]>(),
  get(compiled: NamedPart, calendars: readonly NamedPart[]): readonly Policy[] {
    const sources = [compiled, ...calendars].map(({ name, source }) => [name, source]);
    const key = JSON.stringify(sources);
    const policies =
      this.known.get(key) ?? buildPolicies({ policies: [compiled], calendars }).policies.policies;
    this.known.set(key, policies);
    return policies;
  },
};

function jsonRoundTrip<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
