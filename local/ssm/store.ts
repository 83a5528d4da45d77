import type { ParameterChange, ParameterVersion } from './parameter.ts';

/** Versions kept of each parameter; the oldest is dropped for a new one. */
const MAX_VERSIONS = 100;

export interface ParameterStoreOptions {
  readonly region: string;
  readonly account: string;
  /** Told of every change, after it was made. */
  readonly onChange: (change: ParameterChange) => void;
}

/** The parameters of one account and Region, with their versions and tags. */
export class ParameterStore {
  /** Who changed a parameter: an ARN. Signatures are not checked, so it is always the account itself. */
  readonly caller: string;
  readonly #options: ParameterStoreOptions;
  readonly #versions = new Map<string, readonly ParameterVersion[]>();
  readonly #tags = new Map<string, ReadonlyMap<string, string>>();

  constructor(options: ParameterStoreOptions) {
    this.#options = options;
    this.caller = `arn:aws:iam::${options.account}:root`;
  }

  arn(name: string): string {
    const { region, account } = this.#options;
    return `arn:aws:ssm:${region}:${account}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
  }

  /** All versions, the oldest first; none when there is no such parameter. */
  versions(name: string): readonly ParameterVersion[] {
    return this.#versions.get(name) ?? [];
  }

  latest(name: string): ParameterVersion | undefined {
    return this.versions(name).at(-1);
  }

  /** The latest version of every parameter, by name. */
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

  /** False when there is no such parameter. */
  delete(name: string): boolean {
    const latest = this.latest(name);
    if (!latest) return false;
    this.#versions.delete(name);
    this.#tags.delete(name);
    this.#publishChange('Delete', latest);
    return true;
  }

  tags(name: string): ReadonlyMap<string, string> {
    return this.#tags.get(name) ?? new Map();
  }

  setTags(name: string, tags: ReadonlyMap<string, string>): void {
    this.#tags.set(name, tags);
  }

  #publishChange(
    operation: ParameterChange['operation'],
    { name, type, description }: ParameterVersion,
  ): void {
    this.#options.onChange({
      operation,
      name,
      type,
      arn: this.arn(name),
      ...(description === undefined ? {} : { description }),
    });
  }
}
