import { SSMProvider } from '@aws-lambda-powertools/parameters/ssm';
import { paginateGetParameterHistory, type SSMClient } from '@aws-sdk/client-ssm';
import { defined } from '../domain/json.ts';
import { parsePolicy } from '../domain/policy/parse.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { createPolicySet, type PolicySet } from '../domain/policy/policy-set.ts';
import type { Settings } from '../domain/settings.ts';
import { LastValidSettings, type ReportProblems, SETTINGS } from './settings.ts';
import { type ReportOutage, StaleIfErrorCache } from './stale-if-error-cache.ts';

const POLICIES = 'policies/';

type Parameters = Readonly<Record<string, string>>;

/** The text of a parameter, and the policy that it makes: its own, or its last valid version. */
interface ParsedText {
  readonly text: string;
  readonly policy?: Policy;
}

/**
 * The policies and settings in SSM parameters, cached for a short time. An invalid policy does not affect the others:
 * its last valid version, which SSM's history holds, stays in use. While SSM does not answer, all of them stay in use.
 */
export class SsmConfiguration {
  readonly #client: SSMClient;
  readonly #prefix: string;
  readonly #reportProblems: ReportProblems;
  readonly #reportOutage: ReportOutage;
  readonly #cache: StaleIfErrorCache<Parameters>;
  readonly #settings: LastValidSettings;
  /** The parameters that `#policies` was made from. */
  #parameters: Parameters | undefined;
  #parsed = new Map<string, ParsedText>();
  #policies: PolicySet = createPolicySet([]);

  /** @param prefix - the path above `policies/…` and `settings`, such as `/connect-escalator`. */
  constructor(client: SSMClient, prefix: string, reportProblems: ReportProblems, reportOutage: ReportOutage) {
    const provider = new SSMProvider({ awsSdkV3Client: client });
    this.#client = client;
    this.#prefix = prefix;
    this.#reportProblems = reportProblems;
    this.#reportOutage = reportOutage;
    this.#cache = new StaleIfErrorCache(
      async () => (await provider.getMultiple(prefix, { forceFetch: true, recursive: true })) ?? {},
      reportOutage,
    );
    this.#settings = new LastValidSettings(prefix, reportProblems);
  }

  /** @throws what SSM answers, where nothing was ever read. */
  async current(): Promise<{ policies: PolicySet; settings: Settings }> {
    const parameters = await this.#cache.current();
    if (parameters !== this.#parameters) {
      this.#parameters = parameters;
      await this.#parsePolicies(parameters);
    }
    return { policies: this.#policies, settings: this.#settings.resolve(parameters[SETTINGS]) };
  }

  async #parsePolicies(parameters: Parameters): Promise<void> {
    const texts = Object.entries(parameters).filter(([name]) => name.startsWith(POLICIES));
    const parsed = await Promise.all(
      texts.map(async ([parameter, text]) => [parameter, await this.#parsePolicy(parameter, text)] as const),
    );
    this.#parsed = new Map(parsed);
    this.#policies = createPolicySet([...this.#parsed.values()].flatMap(({ policy }) => policy ?? []));
  }

  async #parsePolicy(parameter: string, text: string): Promise<ParsedText> {
    const before = this.#parsed.get(parameter);
    if (before?.text === text) return before;
    const { policy, problems } = parsePolicy(parameter.slice(POLICIES.length), text);
    if (policy) return { text, policy };
    this.#reportProblems(`${this.#prefix}/${parameter}`, problems);
    const lastValid = before?.policy ?? (await this.#lastValid(parameter));
    return { text, ...defined({ policy: lastValid }) };
  }

  /** The last valid version of a policy that this process never saw, from SSM's history. */
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
