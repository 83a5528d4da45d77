import { ParameterNotFound, paginateGetParameterHistory, SSMClient } from '@aws-sdk/client-ssm';
import type { NamedPart } from '../../../lambda/domain/configuration/compiled.ts';
import { POLICIES } from '../../../lambda/domain/configuration/parameter-name.ts';
import { defined, sameJson } from '../../../lambda/domain/json.ts';
import { clientConfig } from '../../aws/clients.ts';
import type { AwsOptions, PrefixOptions } from '../../options/aws.ts';
import { missingSentence } from './missing-sentence.ts';

/** Who wrote the versions of the policies in force. */
export interface PolicyAuthors {
  /** By the names of policies, as far as they were read. */
  readonly byPolicy: Readonly<Record<string, Authorship>>;
  /** What could not be read, and why; absent where all was. */
  readonly missing?: string;
}

/** Who wrote a version of a parameter, as SSM reports. */
export interface Authorship {
  readonly version: number;
  /** ARN of the user or of the session of a role. Absent: SSM does not say, or keeps the version no more. */
  readonly by?: string;
  /** When, in milliseconds since the epoch. */
  readonly at?: number;
}

/** Where a request failed, no other one is made for so many milliseconds. */
const RETRY_MS = 60_000;

/** Finds out who wrote the policies in force: from the history in SSM, once for each version. */
export class PolicyAuthorReader {
  readonly #client: SSMClient;
  readonly #prefix: string;
  readonly #known = new Map<string, Authorship>();
  #missing: string | undefined;
  #retryAt = Number.NEGATIVE_INFINITY;
  #authors: PolicyAuthors = { byPolicy: {} };

  constructor({ prefix, ...options }: AwsOptions & PrefixOptions) {
    this.#client = new SSMClient(clientConfig(options));
    this.#prefix = prefix;
  }

  /**
   * Who wrote these policies; the same object where nothing is new. They are read one after the other, since SSM answers few such requests a second.
   *
   * @param now - milliseconds since the epoch.
   */
  async read(policies: readonly NamedPart[], now: number): Promise<PolicyAuthors> {
    if (now >= this.#retryAt) {
      this.#missing = undefined;
      for (const policy of policies) {
        if (this.#known.get(policy.name)?.version === policy.version) continue;
        if (!(await this.#find(policy, now))) break;
      }
    }
    const known = policies.flatMap(({ name, version }) => {
      const authorship = this.#known.get(name);
      return authorship?.version === version ? [[name, authorship] as const] : [];
    });
    const authors = { byPolicy: Object.fromEntries(known), ...defined({ missing: this.#missing }) };
    if (!sameJson(authors, this.#authors)) this.#authors = authors;
    return this.#authors;
  }

  /** Ends the connections. */
  close(): void {
    this.#client.destroy();
  }

  /** @returns whether SSM answered. */
  async #find({ name, version }: NamedPart, now: number): Promise<boolean> {
    try {
      this.#known.set(name, { version, ...(await this.#authorOf(name, version)) });
      return true;
    } catch (error) {
      this.#missing = missingSentence('who wrote policies', 'ssm:GetParameterHistory', error).sentence;
      this.#retryAt = now + RETRY_MS;
      return false;
    }
  }

  async #authorOf(name: string, version: number): Promise<Omit<Authorship, 'version'>> {
    const pages = paginateGetParameterHistory(
      { client: this.#client },
      { Name: `${this.#prefix}/${POLICIES}${name}` },
    );
    try {
      for await (const { Parameters: versions = [] } of pages) {
        const found = versions.find(({ Version }) => Version === version);
        if (found) return defined({ by: found.LastModifiedUser, at: found.LastModifiedDate?.getTime() });
      }
    } catch (error) {
      // It was deleted, and is in force for another moment.
      if (!(error instanceof ParameterNotFound)) throw error;
    }
    return {};
  }
}
