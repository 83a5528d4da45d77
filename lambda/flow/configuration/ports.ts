import type { CallsStopped, SettingsInForce } from '../../domain/configuration/acting-settings.ts';
import type {
  CompiledConfiguration,
  CompiledPause,
  CompiledSettings,
  Refusal,
} from '../../domain/configuration/compiled.ts';
import type { ConfiguredLine } from '../../domain/outgoing-events/lines.ts';
import type { BackOff } from '../back-off.ts';
import type { Clock, Outbox } from '../ports.ts';
import type { Verdicts } from './verdicts.ts';

/** One parameter of SSM as it is now. */
export interface Parameter {
  /** Name below the prefix, such as `policies/gold`, `settings` or `pause`. */
  readonly name: string;
  readonly text: string;
  readonly version: number;
  /** True for a SecureString, whose text is encrypted. All its versions are. Default false. */
  readonly isEncrypted?: true;
  /** When the version was written, in milliseconds since the epoch. */
  readonly modifiedAt?: number;
}

/** An earlier or current version of a parameter. */
export type ParameterVersion = Pick<Parameter, 'text' | 'version'>;

/** Who wrote a version of a parameter, as SSM reports. */
export interface ParameterAuthor extends Pick<Parameter, 'version' | 'modifiedAt'> {
  /** ARN of the user or of the session of a role. */
  readonly modifiedBy?: string;
}

/** The parameters below the prefix, in SSM. */
export interface ParameterSource {
  /**
   * All parameters, in any order.
   *
   * @throws what SSM answers; never returns a part of them.
   */
  read(): Promise<readonly Parameter[]>;
  /**
   * The versions that SSM keeps, in any order.
   *
   * @throws what SSM answers.
   */
  history(parameter: string): Promise<readonly ParameterVersion[]>;
  /**
   * Who wrote the versions that SSM keeps, the oldest first. None of a parameter that is gone, and of one whose history
   * IAM does not let this system read.
   *
   * @throws what else SSM answers.
   */
  authors(parameter: string): Promise<readonly ParameterAuthor[]>;
}

/** A change that is recorded and not reported yet. */
export interface UnreportedChange {
  /** The same whenever it is reported again. */
  readonly id: string;
  readonly line: ConfiguredLine;
  /** True once the log has it, while EventBridge has not accepted its event. Default false. */
  readonly isLogged?: boolean;
}

/** What was recorded of the parameters. */
export interface ReportedConfiguration {
  /** The latest version of each parameter that is recorded, by its name below the prefix. */
  readonly versions: Readonly<Record<string, Pick<Parameter, 'version' | 'modifiedAt'>>>;
  /** The oldest first. */
  readonly unreported: readonly UnreportedChange[];
}

/** Where it is stored what was recorded and reported. */
export interface ReportedStore {
  /** @returns undefined before the first look. */
  load(): Promise<{ reported: ReportedConfiguration; revision: number } | undefined>;
  /** @returns false on a conflict: somebody else wrote since. */
  save(reported: ReportedConfiguration, revision: number): Promise<boolean>;
}

/** One attempt to publish. */
export interface Publication {
  readonly revision: number;
  /** Tells the attempts of several compilers at the same revision apart: one of them succeeds. */
  readonly id: string;
}

/** What is published of a configuration beside its set: all that dispatch needs, in one small item. */
export interface PublishedVersion {
  /** Counts the publications. */
  readonly revision: number;
  /** The publication that last changed what handlers decide. */
  readonly decisions: Publication;
  readonly settings?: CompiledSettings;
  readonly pause?: CompiledPause;
}

/** A configuration as it was published. */
export interface PublishedConfiguration extends PublishedVersion {
  /** Absent: its set is damaged, or of a form that this code does not know. */
  readonly compiled?: CompiledConfiguration;
}

/** Where the compiled configuration is published. */
export interface ConfigurationStore {
  /** @returns undefined before the first publication. */
  load(): Promise<PublishedConfiguration | undefined>;
  /**
   * Publishes a configuration unless somebody else published one since.
   *
   * @param revision - as it was read; 0 before the first publication.
   * @param decisions - the publication that last changed what handlers decide.
   * @returns false on a conflict.
   */
  publish(compiled: CompiledConfiguration, revision: number, decisions: Publication): Promise<boolean>;
  /**
   * Publishes what decides about calls alone, and leaves the set as it is.
   *
   * @param revision - as it was read, above 0.
   * @returns false on a conflict.
   */
  publishState(state: SettingsInForce, revision: number): Promise<boolean>;
}

/** Logs and metrics of the configuration, for operators. */
export interface ConfigurationTelemetry {
  /** A configuration was published. `refused` are those that the one before did not refuse. */
  configurationPublished(revision: number, refused: readonly Refusal[]): void;
  /** The history of a parameter cannot be read. */
  historyUnreadable(parameter: string, error: unknown): void;
  /** What is refused now, and why nothing is called, if so. Reported every minute, so that alarms last. */
  configurationState(refused: readonly Refusal[], stopped: CallsStopped | undefined): void;
}

/** What compiling the configuration needs from outside. */
export interface CompilerPorts extends BackOff {
  readonly parameters: ParameterSource;
  readonly published: ConfigurationStore;
  readonly reported: ReportedStore;
  readonly outbox: Pick<Outbox, 'sendWakeUps'>;
  readonly telemetry: ConfigurationTelemetry;
  readonly clock: Pick<Clock, 'now'>;
  readonly verdicts: Verdicts;
  /** An id that no other process makes. */
  newId(): string;
}
