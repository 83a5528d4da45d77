import {
  paginateGetParameterHistory,
  paginateGetParametersByPath,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import type { Parameter, ParameterSource, ParameterVersion } from '../flow/configuration/ports.ts';

/** All pages must arrive in this time: an SSM that hangs must not take the sweep its time to report. */
const READ_TIMEOUT_MS = 25_000;

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
      for (const { Name = '', Value = '', Version = 0 } of Parameters) {
        found.push({ name: Name.slice(this.#prefix.length + 1), text: Value, version: Version });
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
}
