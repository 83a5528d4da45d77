import { ParameterNotFoundError } from '@aws-lambda-powertools/parameters/errors';
import { SSMProvider } from '@aws-lambda-powertools/parameters/ssm';
import { SSMClient } from '@aws-sdk/client-ssm';
import { parseSettings } from '../domain/parse-settings.ts';
import { DEFAULT_SETTINGS, type Settings } from '../domain/settings.ts';
import type { LocatedProblem } from '../domain/validation/document.ts';
import { AWS_CLIENT } from './clients.ts';
import { environment } from './environment.ts';
import { type ReportOutage, StaleIfErrorCache } from './stale-if-error-cache.ts';
import type { PowertoolsTelemetry } from './telemetry.ts';

/** Name of the parameter of the settings, below the prefix. */
export const SETTINGS = 'settings';

/** Called with the problems of an invalid parameter. */
export type ReportProblems = (parameter: string, problems: readonly LocatedProblem[]) => void;

/** The settings in use: the defaults where there is no parameter, the last valid ones where it is invalid. */
export class LastValidSettings {
  readonly #parameter: string;
  readonly #reportProblems: ReportProblems;
  #last: { readonly text?: string; readonly value: Settings } = { value: DEFAULT_SETTINGS };

  /** @param prefix - the path above `settings`, such as `/connect-escalator`. */
  constructor(prefix: string, reportProblems: ReportProblems) {
    this.#parameter = `${prefix}/${SETTINGS}`;
    this.#reportProblems = reportProblems;
  }

  /** @param text - the current text of the parameter; undefined when there is none. */
  resolve(text: string | undefined): Settings {
    if (text === this.#last.text) return this.#last.value;
    if (text === undefined) {
      this.#last = { value: DEFAULT_SETTINGS };
      return DEFAULT_SETTINGS;
    }
    const { settings, problems } = parseSettings(text);
    if (!settings) this.#reportProblems(this.#parameter, problems);
    this.#last = { text, value: settings ?? this.#last.value };
    return this.#last.value;
  }
}

/** The settings alone, for handlers that need no policies: one parameter is read, however many policies there are. */
export class SsmSettings {
  readonly #text: StaleIfErrorCache<string | undefined>;
  readonly #settings: LastValidSettings;

  /** @param prefix - the path above `settings`, such as `/connect-escalator`. */
  constructor(client: SSMClient, prefix: string, reportProblems: ReportProblems, reportOutage: ReportOutage) {
    const provider = new SSMProvider({ awsSdkV3Client: client });
    this.#text = new StaleIfErrorCache(() => parameterText(provider, `${prefix}/${SETTINGS}`), reportOutage);
    this.#settings = new LastValidSettings(prefix, reportProblems);
  }

  /** @throws what SSM answers, where nothing was ever read. */
  async current(): Promise<Settings> {
    return this.#settings.resolve(await this.#text.current());
  }
}

async function parameterText(provider: SSMProvider, name: string): Promise<string | undefined> {
  try {
    return await provider.get(name, { forceFetch: true, throwOnMissing: true });
  } catch (error) {
    if (error instanceof ParameterNotFoundError) return undefined;
    throw error;
  }
}

/** The settings from SSM. Their problems are logged and counted. */
export function awsSettings(telemetry: PowertoolsTelemetry): SsmSettings {
  return new SsmSettings(
    new SSMClient(AWS_CLIENT),
    environment('parameterPrefix'),
    (parameter, problems) => telemetry.invalidParameter(parameter, problems),
    (error) => telemetry.parametersUnreadable(error),
  );
}
