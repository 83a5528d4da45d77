import { SSMProvider } from '@aws-lambda-powertools/parameters/ssm';
import { paginateGetParameterHistory, type SSMClient } from '@aws-sdk/client-ssm';
import { parsePolicy } from '../domain/policy/parse.ts';
import { type Policy, type PolicySet, policySet } from '../domain/policy/policy.ts';
import type { Settings } from '../domain/settings.ts';
import { CONFIGURATION_MAX_AGE_SECONDS, Kept, type ReportOutage } from './kept.ts';
import { LastValidSettings, type ReportProblems, SETTINGS } from './settings.ts';

/** After so many seconds every handler decides by a change. */
export const EVERYBODY_KNOWS_SECONDS = CONFIGURATION_MAX_AGE_SECONDS + 5;

const POLICIES = 'policies/';

type Parameters = Readonly<Record<string, string>>;

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
  readonly #prefix: string;
  readonly #reportProblems: ReportProblems;
  readonly #reportOutage: ReportOutage;
  readonly #kept: Kept<Parameters>;
  readonly #settings: LastValidSettings;
  /** The raw parameters that the policies are from. */
  #parameters: Parameters | undefined;
  #parsed = new Map<string, ParsedText>();
  #policies: PolicySet = policySet([]);

  /** @param prefix - the path above `policies/…` and `settings`, such as `/connect-escalator`. */
  constructor(client: SSMClient, prefix: string, reportProblems: ReportProblems, reportOutage: ReportOutage) {
    const provider = new SSMProvider({ awsSdkV3Client: client });
    this.#client = client;
    this.#prefix = prefix;
    this.#reportProblems = reportProblems;
    this.#reportOutage = reportOutage;
    this.#kept = new Kept(
      async () => (await provider.getMultiple(prefix, { forceFetch: true, recursive: true })) ?? {},
      reportOutage,
    );
    this.#settings = new LastValidSettings(prefix, reportProblems);
  }

  /** @throws what SSM answers, where nothing was ever read. */
  async current(): Promise<{ policies: PolicySet; settings: Settings }> {
    const parameters = await this.#kept.current();
    if (parameters !== this.#parameters) {
      this.#parameters = parameters;
      await this.#parsePolicies(parameters);
    }
    return { policies: this.#policies, settings: this.#settings.inForce(parameters[SETTINGS]) };
  }

  async #parsePolicies(parameters: Parameters): Promise<void> {
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
}
