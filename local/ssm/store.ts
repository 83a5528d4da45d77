import type { ParameterChange, ParameterVersion } from './parameter.ts';

/** Versions that are kept of each parameter. A new version replaces the oldest. */
const MAX_VERSIONS = 100;

export interface ParameterStoreOptions {
  readonly region: string;
  readonly account: string;
  /** Called after each change. */
  readonly onChange: (change: ParameterChange) => void;
}

/** The parameters of one account and Region, with their versions. */
export class ParameterStore {
  /** ARN of the principal that changes parameters: the account's root, since no signature is checked. */
  readonly caller: string;
  readonly #options: ParameterStoreOptions;
  readonly #versions = new Map<string, readonly ParameterVersion[]>();
  constructor(options: ParameterStoreOptions) {
    this.#options = options;
    this.caller = `arn:aws:iam::${options.account}:root`;
  }

  arn(name: string): string {
    const { region, account } = this.#options;
    return `arn:aws:ssm:${region}:${account}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
  }

  /** All versions, the oldest first. Empty when the parameter does not exist. */
  versions(name: string): readonly ParameterVersion[] {
    return this.#versions.get(name) ?? [];
  }

  latest(name: string): ParameterVersion | undefined {
    return this.versions(name).at(-1);
  }

  /** The latest version of every parameter, sorted by name. */
  all(): ParameterVersion[] {
    return [...this.#versions.values()]
      .flatMap((versions) => versions.at(-1) ?? [])
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  put(parameter: ParameterVersion): void {
    const before = this.versions(parameter.name);
    this.#versions.set(parameter.name, [...before, parameter].slice(-MAX_VERSIONS));
    this.#publishChange(before.length === 0 ? 'Create' : 'Update', parameter);
  }

  /** Returns false when the parameter does not exist. */
  delete(name: string): boolean {
    const latest = this.latest(name);
    if (!latest) return false;
    this.#versions.delete(name);
    this.#publishChange('Delete', latest);
    return true;
  }

  #publishChange(
    operation: ParameterChange['operation'],
    { name, type, description }: ParameterVersion,
  ): void {
    this.#options.onChange({ operation, name, type, arn: this.arn(name), description });
  }
}
