import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { fromParameterName, parameterName, type Source } from '../../cli/sources/source.ts';
import { isError, validateSources } from '../../cli/sources/validate.ts';
import { PAUSE } from '../../lambda/domain/configuration/parameter-name.ts';
import type { LocalSystem } from '../system/system.ts';
import { configurationOf, type DecidingConfiguration } from './demo-policies.ts';

/** A configuration, and since when SSM has it, in milliseconds since the epoch. */
export interface ConfigurationVersion {
  readonly since: number;
  readonly configuration: DecidingConfiguration;
}

/** A time in which calls were paused, in milliseconds since the epoch. */
export interface Pause {
  readonly from: number;
  /** Absent: they were still paused at the end. */
  readonly until?: number;
}

/** Follows what SSM has: policies, what they share, settings, and whether calls are paused. */
export class ConfigurationLog {
  readonly #versions: ConfigurationVersion[];
  readonly #pauses: Pause[] = [];
  /** The texts in force, by the name of the parameter below the prefix. */
  #texts: ReadonlyMap<string, Source>;
  #isPausedByParameter = false;

  /**
   * @param sources - what is in force at first.
   * @param since - from when on, in milliseconds since the epoch.
   */
  constructor(sources: readonly Source[], since: number) {
    this.#texts = new Map(sources.map((source) => [parameterName(source), source]));
    this.#versions = [{ since, configuration: configurationOf(sources) }];
    this.#notePause(since);
  }

  /** In order of time, at least one. */
  get versions(): readonly ConfigurationVersion[] {
    return this.#versions;
  }

  /** In order of time. */
  get pauses(): readonly Pause[] {
    return this.#pauses;
  }

  /**
   * Records that a parameter has another text.
   *
   * @param name - below the prefix.
   * @param text - undefined: it was deleted.
   * @param at - milliseconds since the epoch.
   */
  change(name: string, text: string | undefined, at: number): void {
    if (name === PAUSE) this.#isPausedByParameter = text !== undefined;
    else this.#changeText(name, text, at);
    this.#notePause(at);
  }

  #changeText(name: string, text: string | undefined, at: number): void {
    const part = fromParameterName(name);
    if (!part) return;
    const texts = new Map(this.#texts);
    if (text === undefined) texts.delete(name);
    else texts.set(name, { file: name, ...part, text });
    const sources = [...texts.values()];
    // A text that is not valid does not take effect: the last valid one stays in force.
    const refused = validateSources(sources).findings.some(
      (finding) => isError(finding) && parameterName(finding.source) === name,
    );
    if (refused) return;
    this.#texts = texts;
    this.#versions.push({ since: at, configuration: configurationOf(sources) });
  }

  #notePause(at: number): void {
    const isPaused =
      this.#isPausedByParameter || this.#versions.at(-1)?.configuration.settings.pause === true;
    const last = this.#pauses.at(-1);
    const wasPaused = last !== undefined && last.until === undefined;
    if (isPaused && !wasPaused) this.#pauses.push({ from: at });
    if (!isPaused && wasPaused) this.#pauses.splice(-1, 1, { ...last, until: at });
  }
}

/**
 * Keeps a log up to date with the parameters below a prefix.
 *
 * @returns a function that resolves when all changes until then are in the log.
 */
export function followConfiguration(
  { bus, clientConfig }: Pick<LocalSystem, 'bus' | 'clientConfig'>,
  prefix: string,
  log: ConfigurationLog,
): () => Promise<void> {
  const client = new SSMClient(clientConfig);
  let done = Promise.resolve();
  bus.addRule({
    name: 'DemoConfiguration',
    pattern: { source: ['aws.ssm'], detail: { name: [{ prefix: `${prefix}/` }] } },
    async target({ detail }) {
      const at = Date.now();
      const { name } = detail as { readonly name: string };
      done = done.then(async () => log.change(name.slice(prefix.length + 1), await textOf(client, name), at));
      await done;
    },
  });
  return () => done;
}

async function textOf(client: SSMClient, Name: string): Promise<string | undefined> {
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name, WithDecryption: true }));
    return Parameter?.Value;
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw error;
  }
}
