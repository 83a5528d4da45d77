import { actingSettings, type CallsStopped } from '../domain/configuration/build.ts';
import type { LeftOutPolicy } from '../domain/configuration/compiled.ts';
import { policiesInForce } from '../domain/configuration/prepared.ts';
import { CONFIGURATION_MAX_AGE_SECONDS } from '../domain/deployment-constants.ts';
import { defined } from '../domain/json.ts';
import type { StoredNames } from '../domain/policy/policy-set.ts';
import type { Settings } from '../domain/settings.ts';
import type { Configuration } from '../flow/ports.ts';
import { ConfigurationSetError, type ConfigurationTable, type StoredVersion } from './configuration-table.ts';

/** Nothing has been compiled yet. The event or message is delivered again; the sweep compiles within a minute. */
export class NoConfigurationError extends Error {
  override readonly name = 'NoConfigurationError';
}

/** Reports of a handler on the configuration that it reads. */
export interface ReaderTelemetry {
  policyLeftOut(policy: LeftOutPolicy): void;
  callsStopped(reason: CallsStopped): void;
}

/**
 * The configuration in force, as the compiler published it. The small version item is read again after five seconds,
 * the set only when it is another one. Nothing is decided by what could not be read again: the event or message is
 * retried instead.
 */
export class PublishedConfigurationReader {
  readonly #table: Pick<ConfigurationTable, 'version' | 'set'>;
  readonly #telemetry: ReaderTelemetry;
  #version: StoredVersion | undefined;
  #reading: Promise<StoredVersion | undefined> | undefined;
  #freshUntil = Number.NEGATIVE_INFINITY;
  #built: ({ readonly id: string } & Pick<Configuration, 'policies' | 'conditions'>) | undefined;
  #stopped: CallsStopped | undefined;

  constructor(table: Pick<ConfigurationTable, 'version' | 'set'>, telemetry: ReaderTelemetry) {
    this.#table = table;
    this.#telemetry = telemetry;
  }

  /**
   * The settings alone: for them no set is read. `pause` is true where nothing may be called, also before the first
   * publication.
   *
   * @throws what DynamoDB answers.
   */
  async settings(): Promise<Settings> {
    const { settings, stopped } = actingSettings(await this.#current());
    if (stopped && stopped !== this.#stopped) this.#telemetry.callsStopped(stopped);
    this.#stopped = stopped;
    return settings;
  }

  /** What policies name of contacts, also without reading a set; undefined where that is not known. */
  async storedNames(): Promise<StoredNames | undefined> {
    return (await this.#current())?.names;
  }

  /** Whether the load of queues is to be read, since some policy names a condition: also without reading a set. */
  async usesConditions(): Promise<boolean> {
    return (await this.#current())?.usesConditions === true;
  }

  /**
   * @throws NoConfigurationError before the first publication, ConfigurationSetError for a set that this code cannot
   *   read, and what DynamoDB answers.
   */
  async current(): Promise<Configuration> {
    try {
      return await this.#configuration();
    } catch (error) {
      if (!(error instanceof ConfigurationSetError)) throw error;
      // The set was superseded long before it was read: the version item names another one now.
      this.#freshUntil = Number.NEGATIVE_INFINITY;
      return this.#configuration();
    }
  }

  async #configuration(): Promise<Configuration> {
    const version = await this.#current();
    if (!version) {
      throw new NoConfigurationError(
        'No policies and settings have been compiled yet. The deployment and the sweep, once a minute, compile them.',
      );
    }
    const { policies, conditions } = await this.#builtOf(version);
    const { settings } = actingSettings(version);
    return { policies, settings, decisions: version.decisions, ...defined({ conditions }) };
  }

  async #current(): Promise<StoredVersion | undefined> {
    if (Date.now() < this.#freshUntil) return this.#version;
    // Those who ask at the same time share one request.
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(): Promise<StoredVersion | undefined> {
    this.#version = await this.#table.version();
    // Without a version every call looks again: the first one must not wait.
    if (this.#version) this.#freshUntil = Date.now() + CONFIGURATION_MAX_AGE_SECONDS * 1_000;
    return this.#version;
  }

  async #builtOf(version: StoredVersion): Promise<Pick<Configuration, 'policies' | 'conditions'>> {
    const { id } = version.set;
    if (this.#built?.id === id) return this.#built;
    const { policies, conditions, leftOut } = policiesInForce(await this.#table.set(version));
    for (const policy of leftOut) this.#telemetry.policyLeftOut(policy);
    this.#built = { id, policies, conditions };
    return this.#built;
  }
}
