import { actingSettings } from '../domain/configuration/acting-settings.ts';
import type { BuiltPolicies } from '../domain/configuration/build-policies.ts';
import type { CompiledConfiguration, LeftOutPolicy } from '../domain/configuration/compiled.ts';
import { preparedPolicies } from '../domain/configuration/prepared.ts';
import { defined } from '../domain/json.ts';
import type { Configuration } from '../flow/ports.ts';
import { ConfigurationSetError, type ConfigurationTable, type StoredVersion } from './configuration-table.ts';
import { PublishedVersionReader, type VersionTelemetry } from './published-version.ts';

/** Nothing has been compiled yet. The event or message is delivered again; the sweep compiles within a minute. */
export class NoConfigurationError extends Error {
  override readonly name = 'NoConfigurationError';
}

/** Reports of a handler on the configuration that it reads. */
export interface ReaderTelemetry extends VersionTelemetry {
  policyLeftOut(policy: LeftOutPolicy): void;
}

/**
 * The configuration in force, as the compiler published it. The set is read only when the version item names another
 * one.
 */
export class PublishedConfigurationReader extends PublishedVersionReader {
  readonly #table: Pick<ConfigurationTable, 'set'>;
  readonly #telemetry: ReaderTelemetry;
  #built: ({ readonly id: string } & Pick<Configuration, 'policies' | 'conditions'>) | undefined;

  constructor(table: Pick<ConfigurationTable, 'version' | 'set'>, telemetry: ReaderTelemetry) {
    super(table, telemetry);
    this.#table = table;
    this.#telemetry = telemetry;
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
      this.expire();
      return this.#configuration();
    }
  }

  async #configuration(): Promise<Configuration> {
    const version = await this.version();
    if (!version) {
      throw new NoConfigurationError(
        'No policies and settings have been compiled yet. The deployment and the sweep, once a minute, compile them.',
      );
    }
    const { policies, conditions } = await this.#builtOf(version);
    const { settings } = actingSettings(version);
    return { policies, settings, decisions: version.decisions, ...defined({ conditions }) };
  }

  async #builtOf(version: StoredVersion): Promise<Pick<Configuration, 'policies' | 'conditions'>> {
    const { id } = version.set;
    if (this.#built?.id === id) return this.#built;
    const { policies, conditions, leftOut } = await policiesOf(await this.#table.set(version));
    for (const policy of leftOut) this.#telemetry.policyLeftOut(policy);
    this.#built = { id, policies, conditions };
    return this.#built;
  }
}

/** The policies as they were prepared, or built from their sources where other code has prepared them. */
async function policiesOf(compiled: CompiledConfiguration): Promise<BuiltPolicies> {
  const prepared = preparedPolicies(compiled);
  if (prepared) return prepared;
  // Needed after a deployment until the policies are compiled again, so a start of a function does not wait for it.
  const { buildPolicies } = await import('../domain/configuration/build-policies.ts');
  return buildPolicies(compiled);
}
