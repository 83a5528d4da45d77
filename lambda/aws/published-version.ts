import { actingSettings, type CallsStopped } from '../domain/configuration/acting-settings.ts';
import { CONFIGURATION_MAX_AGE_SECONDS } from '../domain/deployment-constants.ts';
import type { StoredNames } from '../domain/policy/policy-set.ts';
import type { Settings } from '../domain/settings.ts';
import type { ConfigurationTable, StoredVersion } from './configuration-table.ts';

/** Reports of a handler on the version that it reads. */
export interface VersionTelemetry {
  callsStopped(reason: CallsStopped): void;
}

/**
 * What the version item says of the configuration in force: all that is needed without the policies. It is read again
 * after five seconds. Nothing is decided by what could not be read again: the event or message is retried instead.
 */
export class PublishedVersionReader {
  readonly #table: Pick<ConfigurationTable, 'version'>;
  readonly #telemetry: VersionTelemetry;
  #version: StoredVersion | undefined;
  #reading: Promise<StoredVersion | undefined> | undefined;
  #freshUntil = Number.NEGATIVE_INFINITY;
  #stopped: CallsStopped | undefined;

  constructor(table: Pick<ConfigurationTable, 'version'>, telemetry: VersionTelemetry) {
    this.#table = table;
    this.#telemetry = telemetry;
  }

  /**
   * The settings. `pause` is true where nothing may be called, also before the first publication.
   *
   * @throws what DynamoDB answers.
   */
  async settings(): Promise<Settings> {
    const { settings, stopped } = actingSettings(await this.version());
    if (stopped && stopped !== this.#stopped) this.#telemetry.callsStopped(stopped);
    this.#stopped = stopped;
    return settings;
  }

  /** What policies name of contacts; undefined where that is not known. */
  async storedNames(): Promise<StoredNames | undefined> {
    return (await this.version())?.names;
  }

  /** Whether the load of queues is to be read, since some policy names a condition. */
  async usesConditions(): Promise<boolean> {
    return (await this.version())?.usesConditions === true;
  }

  /** @returns undefined before the first publication. */
  protected async version(): Promise<StoredVersion | undefined> {
    if (Date.now() < this.#freshUntil) return this.#version;
    // Those who ask at the same time share one request.
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  /** Has the item read again when it is next asked for. */
  protected expire(): void {
    this.#freshUntil = Number.NEGATIVE_INFINITY;
  }

  async #read(): Promise<StoredVersion | undefined> {
    this.#version = await this.#table.version();
    // Without a version every call looks again: the first one must not wait.
    if (this.#version) this.#freshUntil = Date.now() + CONFIGURATION_MAX_AGE_SECONDS * 1_000;
    return this.#version;
  }
}
