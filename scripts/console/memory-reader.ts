import { type BuiltState, buildState } from '../../cli/state/build-state.ts';
import type { OutsideFigures } from '../../cli/state/outside/outside-figures.ts';
import type { PolicyAuthors } from '../../cli/state/outside/policy-authors.ts';
import type { ReadState, StateReader } from '../../cli/state/read-state.ts';
import { actingSettings } from '../../lambda/domain/configuration/acting-settings.ts';
import type { CompiledConfiguration, Refusal } from '../../lambda/domain/configuration/compiled.ts';
import { type ContactKey, keyString } from '../../lambda/domain/contact/contact-key.ts';
import { currentQueue } from '../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import type { QueueState } from '../../lambda/domain/queue/queue-state.ts';
import { DEFAULT_SETTINGS } from '../../lambda/domain/settings.ts';
import { VERSION } from '../../lambda/domain/version.ts';

/** What is configured. */
export interface MemoryConfiguration {
  /** Sources of policies, by name. */
  readonly policies: Readonly<Record<string, object>>;
  /** Since when they are in force, in milliseconds since the epoch. */
  readonly since: number;
  readonly refused?: readonly Refusal[];
  /** Since when the parameter `pause` exists, and what it holds. */
  readonly pause?: { readonly since: number; readonly value: unknown };
}

/** A deployment in memory, for pictures and tests of the console. */
export class MemoryReader implements StateReader {
  /** Milliseconds since the epoch. */
  at: number;
  configuration: MemoryConfiguration;
  readonly records = new Map<string, ContactRecord>();
  /** By `queueStateKey`. */
  readonly queueStates = new Map<string, QueueState>();
  /** By id. */
  readonly queueNames = new Map<string, string>();
  /** Thrown by each read, while there is one. */
  failure: Error | undefined;
  /** What the table does not tell. */
  outside: OutsideFigures = { missing: [] };
  policyAuthors: PolicyAuthors = { byPolicy: {} };
  /** Contacts that the last read was asked for. */
  shown: readonly ContactKey[] = [];
  readonly #instances: readonly string[];
  #waiting = new Set<string>();

  /** @param instances - the ids of the instances that the deployment serves. */
  constructor(at: number, configuration: MemoryConfiguration, instances: readonly string[]) {
    this.#instances = instances;
    this.at = at;
    this.configuration = configuration;
  }

  put(record: ContactRecord): void {
    this.records.set(keyString(record), record);
  }

  get context(): BuiltState['context'] {
    return this.#build([]).context;
  }

  async read(shown: readonly ContactKey[] = []): Promise<ReadState> {
    if (this.failure) throw this.failure;
    this.shown = shown;
    const waiting = [...this.records].filter(([, { facts }]) => currentQueue(facts));
    const left = [...this.#waiting].filter((key) => !waiting.some(([one]) => one === key));
    this.#waiting = new Set(waiting.map(([key]) => key));
    const records = waiting.map(([, record]) => record);
    return {
      ...this.#build(records),
      records,
      left: left.flatMap((key) => this.records.get(key) ?? []),
      compiled: this.#compiled,
    };
  }

  async load(key: ContactKey): Promise<ContactRecord | undefined> {
    if (this.failure) throw this.failure;
    return this.records.get(keyString(key));
  }

  async figures(): Promise<OutsideFigures> {
    return this.outside;
  }

  async authors(): Promise<PolicyAuthors> {
    return this.policyAuthors;
  }

  close(): void {}

  #build(records: readonly ContactRecord[]): BuiltState {
    const compiled = this.#compiled;
    return buildState(
      {
        at: this.at,
        version: VERSION,
        instances: this.#instances,
        region: 'eu-central-1',
        configuration: { compiled, ...actingSettings(compiled) },
        records,
        queueStates: this.queueStates,
        queueNames: this.queueNames,
        isPartial: false,
        unreadable: 0,
      },
      DEFAULT_SETTINGS,
    );
  }

  get #compiled(): CompiledConfiguration {
    const { policies, since, refused = [], pause } = this.configuration;
    return {
      format: 1,
      policies: Object.entries(policies).map(([name, source]) => ({ name, source, version: 3, since })),
      settings: { source: {}, version: 1, since },
      refused,
      ...(pause && { pause: { ...pause, version: 1 } }),
    };
  }
}
