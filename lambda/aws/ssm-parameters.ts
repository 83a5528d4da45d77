import {
  paginateGetParameterHistory,
  paginateGetParametersByPath,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import { defined } from '../domain/json.ts';
import type {
  Parameter,
  ParameterAuthor,
  ParameterSource,
  ParameterVersion,
} from '../flow/configuration/ports.ts';
import { nameOf } from './errors.ts';

/** All pages must arrive in this time: an SSM that hangs must not take the sweep its time to report. */
const READ_TIMEOUT_MS = 25_000;

/** The authors of one parameter. Others are asked for later. */
const AUTHORS_TIMEOUT_MS = 5_000;

/** What SSM answers of a parameter that is gone, and IAM of one whose name in other case the stack does not know. */
const UNKNOWN_AUTHORS = new Set(['ParameterNotFound', 'AccessDeniedException']);

/** The parameters below a prefix, as SSM holds them now. */
export class SsmParameters implements ParameterSource {
  readonly #client: SSMClient;
  readonly #prefix: string;

  /** @param prefix - the path above `policies/…`, `settings` and `pause`, such as `/connect-escalator`. */
  constructor(client: SSMClient, prefix: string) {
    this.#client = client;
    this.#prefix = prefix;
  }

  async read(): Promise<Parameter[]> {
    const found: Parameter[] = [];
    const pages = paginateGetParametersByPath(
      { client: this.#client },
      { Path: this.#prefix, Recursive: true },
      { abortSignal: AbortSignal.timeout(READ_TIMEOUT_MS) },
    );
    for await (const { Parameters = [] } of pages) {
      for (const { Name = '', Value = '', Version = 0, Type, LastModifiedDate } of Parameters) {
        const name = Name.slice(this.#prefix.length + 1);
        const modifiedAt = LastModifiedDate?.getTime();
        const isEncrypted = Type === 'SecureString' || undefined;
        found.push({ name, text: Value, version: Version, ...defined({ isEncrypted, modifiedAt }) });
      }
    }
    return found;
  }

  async history(parameter: string): Promise<ParameterVersion[]> {
    const found: ParameterVersion[] = [];
    const pages = paginateGetParameterHistory(
      { client: this.#client },
      { Name: `${this.#prefix}/${parameter}` },
    );
    for await (const { Parameters = [] } of pages) {
      for (const { Value = '', Version = 0 } of Parameters) found.push({ text: Value, version: Version });
    }
    return found;
  }

  async authors(parameter: string): Promise<ParameterAuthor[]> {
    const found: ParameterAuthor[] = [];
    const pages = paginateGetParameterHistory(
      { client: this.#client },
      { Name: `${this.#prefix}/${parameter}` },
      { abortSignal: AbortSignal.timeout(AUTHORS_TIMEOUT_MS) },
    );
    try {
      for await (const { Parameters = [] } of pages) {
        for (const { Version = 0, LastModifiedUser: modifiedBy, LastModifiedDate } of Parameters) {
          const modifiedAt = LastModifiedDate?.getTime();
          found.push({ version: Version, ...defined({ modifiedBy, modifiedAt }) });
        }
      }
    } catch (error) {
      if (UNKNOWN_AUTHORS.has(nameOf(error))) return [];
      throw error;
    }
    return found;
  }
}
