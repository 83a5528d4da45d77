import { actingSettings } from '../../lambda/domain/configuration/acting-settings.ts';
import { buildPolicies } from '../../lambda/domain/configuration/build-policies.ts';
import { defined } from '../../lambda/domain/json.ts';
import type {
  CompilerPorts,
  Parameter,
  ParameterAuthor,
  Publication,
  PublishedConfiguration,
  ReportedConfiguration,
} from '../../lambda/flow/configuration/ports.ts';
import { publishConfiguration } from '../../lambda/flow/configuration/publish.ts';
import { Verdicts } from '../../lambda/flow/configuration/verdicts.ts';
import { watchConfiguration } from '../../lambda/flow/configuration/watch.ts';
import { T0 } from './contacts.ts';

/** SSM and the published configuration in memory, with the compiler on them. */
export class MemoryCompiler {
  now = T0;
  /** The versions of each parameter, oldest first. */
  readonly versions = new Map<string, string[]>();
  /** The publications whose messages have all contacts reconciled, unless they are passed over. */
  readonly messages: Publication[] = [];
  readonly telemetryLog: string[] = [];
  readonly historyReads: string[] = [];
  /** The parameters whose authors were asked for. */
  readonly authorReads: string[] = [];
  /** What SSM answers of the authors of a parameter. */
  authorsOf = (name: string): readonly ParameterAuthor[] => this.#authors.get(name) ?? [];
  /** Called before each read of SSM, so that a test can fail it or publish in between. */
  beforeRead: () => void | Promise<void> = () => {};
  isHistoryReadable = true;
  /** Called before a message to all contacts is sent, so that a test can fail it. */
  beforeSend: () => void = () => {};
  published: PublishedConfiguration | undefined;
  /** What was recorded of the parameters. */
  reported: { reported: ReportedConfiguration; revision: number } | undefined;
  /** Called before what was recorded is stored, so that a test can fail it or record in between. */
  beforeRecord: () => void = () => {};
  readonly #authors = new Map<string, ParameterAuthor[]>();
  #ids = 0;
  #verdicts = new Verdicts();

  put(name: string, ...texts: string[]): void {
    for (const text of texts) this.putAs(undefined, name, text);
  }

  /** @param modifiedBy - undefined: SSM does not say. */
  putAs(modifiedBy: string | undefined, name: string, text: string): void {
    const texts = [...(this.versions.get(name) ?? []), text];
    const author = { version: texts.length, modifiedAt: this.now, ...defined({ modifiedBy }) };
    this.versions.set(name, texts);
    this.#authors.set(name, [...(this.#authors.get(name) ?? []), author]);
  }

  delete(name: string): void {
    this.versions.delete(name);
    this.#authors.delete(name);
  }

  /** The conflicts after which it waited before the next try. */
  readonly backOffs: number[] = [];

  get ports(): CompilerPorts {
    return {
      parameters: {
        read: async () => {
          const read = [...this.versions].map(
            ([name, texts]): Parameter => ({
              name,
              text: texts.at(-1) ?? '',
              version: texts.length,
              ...defined({ modifiedAt: this.#authors.get(name)?.at(-1)?.modifiedAt }),
            }),
          );
          await this.beforeRead();
          return read;
        },
        history: async (name) => {
          this.historyReads.push(name);
          if (!this.isHistoryReadable) throw new Error('AccessDenied');
          return (this.versions.get(name) ?? []).map((text, index) => ({ text, version: index + 1 }));
        },
        authors: async (name) => {
          this.authorReads.push(name);
          return this.authorsOf(name);
        },
      },
      reported: {
        load: async () => structuredClone(this.reported),
        save: async (reported, revision) => {
          this.beforeRecord();
          if ((this.reported?.revision ?? 0) !== revision) return false;
          this.reported = { reported: JSON.parse(JSON.stringify(reported)), revision: revision + 1 };
          return true;
        },
      },
      published: {
        load: async () => structuredClone(this.published),
        publish: async (compiled, revision, decisions) => {
          if ((this.published?.revision ?? 0) !== revision) return false;
          const copy = JSON.parse(JSON.stringify(compiled));
          const { settings, pause } = copy;
          this.published = { revision: revision + 1, decisions, settings, pause, compiled: copy };
          return true;
        },
        publishState: async (state, revision) => {
          if (this.published?.revision !== revision) return false;
          const { settings: _settings, pause: _pause, ...rest } = this.published;
          this.published = { ...rest, ...structuredClone(state), revision: revision + 1 };
          return true;
        },
      },
      outbox: {
        sendWakeUps: async (messages) => {
          this.beforeSend();
          for (const { body } of messages) this.messages.push(body.configuration as Publication);
        },
      },
      telemetry: {
        configurationPublished: (revision, refused) =>
          this.telemetryLog.push(
            `published ${revision}, refused ${refused.map(({ parameter }) => parameter)}`,
          ),
        historyUnreadable: (parameter) => this.telemetryLog.push(`history of ${parameter} unreadable`),
        configurationState: (refused, stopped) =>
          this.telemetryLog.push(`${refused.length} refused, calls ${stopped ?? 'on'}`),
      },
      clock: { now: () => this.now },
      verdicts: this.#verdicts,
      backOff: async (conflicts) => {
        this.backOffs.push(conflicts);
      },
      newId: () => `id-${++this.#ids}`,
    };
  }

  /** Compiles, in a process that was just started if `isFresh`. */
  compile(isFresh = false): Promise<boolean> {
    if (isFresh) this.#verdicts = new Verdicts();
    return publishConfiguration(this.ports);
  }

  /** Watches as the sweep does, and returns what it reports. */
  async watch(): Promise<string[]> {
    this.telemetryLog.length = 0;
    await watchConfiguration(this.ports);
    return this.telemetryLog;
  }

  /** The names of the policies in force. */
  get policies(): string[] {
    const { compiled } = this.published ?? {};
    return compiled ? buildPolicies(compiled).policies.policies.map(({ name }) => name) : [];
  }

  /** Why nothing is called; undefined while updates are sent. */
  get stopped() {
    return actingSettings(this.published).stopped;
  }

  get settings() {
    return actingSettings(this.published).settings;
  }

  get refused() {
    return this.published?.compiled?.refused ?? [];
  }
}

/** A compiler with these parameters, compiled. */
export async function compiled(parameters: Readonly<Record<string, string>>): Promise<MemoryCompiler> {
  const memory = new MemoryCompiler();
  for (const [name, text] of Object.entries(parameters)) memory.put(name, text);
  await memory.compile();
  return memory;
}
