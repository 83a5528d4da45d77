import { ParameterNotFoundError } from '@aws-lambda-powertools/parameters/errors';
import { SSMProvider } from '@aws-lambda-powertools/parameters/ssm';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { PlacedProblem } from '../domain/policy/document.ts';
import { DEFAULT_SETTINGS, parseSettings, type Settings } from '../domain/settings.ts';
import { AWS_CLIENT } from './clients.ts';
import { environment } from './environment.ts';
import { Kept, type ReportOutage } from './kept.ts';
import type { PowertoolsTelemetry } from './telemetry.ts';

/** Name of the parameter of the settings, below the prefix. */
export const SETTINGS = 'settings';

/** What to do when a parameter does not hold what it should. */
export type ReportProblems = (parameter: string, problems: readonly PlacedProblem[]) => void;

/** The settings in force: the defaults where there is no parameter, the last valid ones where it is invalid. */
export class LastValidSettings {
  readonly #parameter: string;
  readonly #reportProblems: ReportProblems;
  #last: { readonly text?: string; readonly value: Settings } = { value: DEFAULT_SETTINGS };

  /** @param prefix - the path above `settings`, such as `/connect-escalator`. */
  constructor(prefix: string, reportProblems: ReportProblems) {
    this.#parameter = `${prefix}/${SETTINGS}`;
    this.#reportProblems = reportProblems;
  }

  /** @param text - what the parameter holds now; undefined when there is none. */
  inForce(text: string | undefined): Settings {
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

/** The settings alone, for handlers that decide nothing by policies: one parameter is read, however many those are. */
export class SsmSettings {
  readonly #text: Kept<string | undefined>;
  readonly #settings: LastValidSettings;

  /** @param prefix - the path above `settings`, such as `/connect-escalator`. */
  constructor(client: SSMClient, prefix: string, reportProblems: ReportProblems, reportOutage: ReportOutage) {
    const provider = new SSMProvider({ awsSdkV3Client: client });
    this.#text = new Kept(() => parameterText(provider, `${prefix}/${SETTINGS}`), reportOutage);
    this.#settings = new LastValidSettings(prefix, reportProblems);
  }

  /** @throws what SSM answers, where nothing was ever read. */
  async current(): Promise<Settings> {
    return this.#settings.inForce(await this.#text.current());
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

/** The settings from SSM, with what is wrong in them told to whoever operates the system. */
export function awsSettings(telemetry: PowertoolsTelemetry): SsmSettings {
  return new SsmSettings(
    new SSMClient(AWS_CLIENT),
    environment('parameterPrefix'),
    (parameter, problems) => telemetry.invalidParameter(parameter, problems),
    (error) => telemetry.parametersUnreadable(error),
  );
}
