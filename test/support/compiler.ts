import { actingSettings, buildPolicies } from '../../lambda/domain/configuration/build.ts';
import type {
  CompilerPorts,
  Parameter,
  Publication,
  PublishedConfiguration,
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
  /** Called before each read of SSM, so that a test can fail it or publish in between. */
  beforeRead: () => void | Promise<void> = () => {};
  isHistoryReadable = true;
  /** Called before a message to all contacts is sent, so that a test can fail it. */
  beforeSend: () => void = () => {};
  published: PublishedConfiguration | undefined;
  #ids = 0;
  #verdicts = new Verdicts();

  put(name: string, ...texts: string[]): void {
    this.versions.set(name, [...(this.versions.get(name) ?? []), ...texts]);
  }

  delete(name: string): void {
    this.versions.delete(name);
  }

  get ports(): CompilerPorts {
    return {
      parameters: {
        read: async () => {
          const read = [...this.versions].map(
            ([name, texts]): Parameter => ({ name, text: texts.at(-1) ?? '', version: texts.length }),
          );
          await this.beforeRead();
          return read;
        },
        history: async (name) => {
          this.historyReads.push(name);
          if (!this.isHistoryReadable) throw new Error('AccessDenied');
          return (this.versions.get(name) ?? []).map((text, index) => ({ text, version: index + 1 }));
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
