import { SSMProvider } from '@aws-lambda-powertools/parameters/ssm';
import { paginateGetParameterHistory, type SSMClient } from '@aws-sdk/client-ssm';
import type { PlacedProblem } from '../domain/policy/document.ts';
import { parsePolicy } from '../domain/policy/parse.ts';
import { type Policy, type PolicySet, policySet } from '../domain/policy/policy.ts';
import { DEFAULT_SETTINGS, parseSettings, type Settings } from '../domain/settings.ts';

/** Seconds for which policies and settings are kept before they are read again: a change takes effect within. */
export const CONFIGURATION_MAX_AGE_SECONDS = 20;

/** After so many seconds every handler decides by a change. */
export const EVERYBODY_KNOWS_SECONDS = CONFIGURATION_MAX_AGE_SECONDS + 5;

const POLICIES = 'policies/';
const SETTINGS = 'settings';

/** What to do when a parameter does not hold what it should. */
export type ReportProblems = (parameter: string, problems: readonly PlacedProblem[]) => void;

/** What to do when SSM does not answer. */
export type ReportOutage = (error: unknown) => void;

/** What a parameter said, and the policy that is in force for it. */
interface ParsedText {
  readonly text: string;
  readonly policy?: Policy;
}

/**
 * The policies and settings in SSM parameters, read anew after a short time. An invalid policy takes none of the
 * others down: its last valid version, which SSM keeps, stays in force. So do all of them while SSM
 * does not answer.
 */
export class SsmConfiguration {
  readonly #client: SSMClient;
  readonly #provider: SSMProvider;
  readonly #prefix: string;
  readonly #reportProblems: ReportProblems;
  readonly #reportOutage: ReportOutage;
  /** The raw parameters as last read; the same object as long as Powertools serves them from its cache. */
  #parameters: Readonly<Record<string, string>> | undefined;
  #parsed = new Map<string, ParsedText>();
  /** After a failure: until when what was last read is served without asking. */
  #servedUntil = 0;
  #policies: PolicySet = policySet([]);
  #settings: { readonly text?: string; readonly value: Settings } = { value: DEFAULT_SETTINGS };

  /** @param prefix - the path above `policies/…` and `settings`, such as `/connect-escalator`. */
  constructor(client: SSMClient, prefix: string, reportProblems: ReportProblems, reportOutage: ReportOutage) {
    this.#client = client;
    this.#provider = new SSMProvider({ awsSdkV3Client: client });
    this.#prefix = prefix;
    this.#reportProblems = reportProblems;
    this.#reportOutage = reportOutage;
  }

  /** @throws what SSM answers, where nothing was ever read. */
  async current(): Promise<{ policies: PolicySet; settings: Settings }> {
    const parameters = await this.#read();
    if (parameters !== this.#parameters) {
      this.#parameters = parameters;
      await this.#parsePolicies(parameters);
      this.#parseSettings(parameters[SETTINGS]);
    }
    return { policies: this.#policies, settings: this.#settings.value };
  }

  async #read(): Promise<Readonly<Record<string, string>>> {
    if (this.#parameters && Date.now() < this.#servedUntil) return this.#parameters;
    try {
      return (
        (await this.#provider.getMultiple(this.#prefix, {
          maxAge: CONFIGURATION_MAX_AGE_SECONDS,
          recursive: true,
        })) ?? {}
      );
    } catch (error) {
      if (!this.#parameters) throw error;
      this.#reportOutage(error);
      // A failure costs time; asking again at each look would cost it each time.
      this.#servedUntil = Date.now() + CONFIGURATION_MAX_AGE_SECONDS * 1_000;
      return this.#parameters;
    }
  }

  async #parsePolicies(parameters: Readonly<Record<string, string>>): Promise<void> {
    const texts = Object.entries(parameters).filter(([name]) => name.startsWith(POLICIES));
    const parsed = await Promise.all(
      texts.map(async ([parameter, text]) => [parameter, await this.#parsePolicy(parameter, text)] as const),
    );
    this.#parsed = new Map(parsed);
    this.#policies = policySet([...this.#parsed.values()].flatMap(({ policy }) => policy ?? []));
  }

  async #parsePolicy(parameter: string, text: string): Promise<ParsedText> {
    const before = this.#parsed.get(parameter);
    if (before?.text === text) return before;
    const { policy, problems } = parsePolicy(parameter.slice(POLICIES.length), text);
    if (policy) return { text, policy };
    this.#reportProblems(`${this.#prefix}/${parameter}`, problems);
    const inForce = before?.policy ?? (await this.#lastValid(parameter));
    return { text, ...(inForce ? { policy: inForce } : {}) };
  }

  /** The last valid version of a policy that this process never saw, from the history that SSM keeps. */
  async #lastValid(parameter: string): Promise<Policy | undefined> {
    const versions: string[] = [];
    try {
      const pages = paginateGetParameterHistory(
        { client: this.#client },
        { Name: `${this.#prefix}/${parameter}` },
      );
      for await (const { Parameters = [] } of pages)
        versions.push(...Parameters.map(({ Value = '' }) => Value));
    } catch (error) {
      this.#reportOutage(error);
    }
    const name = parameter.slice(POLICIES.length);
    for (const text of versions.reverse()) {
      const { policy } = parsePolicy(name, text);
      if (policy) return policy;
    }
    return undefined;
  }

  #parseSettings(text: string | undefined): void {
    if (text === this.#settings.text) return;
    if (text === undefined) {
      this.#settings = { value: DEFAULT_SETTINGS };
      return;
    }
    const { settings, problems } = parseSettings(text);
    if (!settings) this.#reportProblems(`${this.#prefix}/${SETTINGS}`, problems);
    this.#settings = { text, value: settings ?? this.#settings.value };
  }
}
