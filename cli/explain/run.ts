import type { Condition } from '../../lambda/domain/condition/condition.ts';
import { currentQueue } from '../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { repairAddressee } from '../../lambda/domain/messages/addressee.ts';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import type { ConfigurationInForce } from '../aws/configuration-in-force.ts';
import type { CommandIo } from '../command-io.ts';
import { AwsError, EXIT, type ExitCode, UsageError } from '../errors.ts';
import type { AwsOptions, PrefixOptions } from '../options/aws.ts';
import type { Moment } from '../options/time.ts';
import { pauseBySettings, type StopReason, stopReasons, storedPauses } from '../parameters/stop-reasons.ts';
import { readBeside, readSources, readTextOrStdin } from '../sources/read.ts';
import type { Source } from '../sources/source.ts';
import { isError, validateSources } from '../sources/validate.ts';
import { parseContactFile } from './contact-file.ts';
import type { PolicyText } from './evaluations.ts';
import { enqueuedAtOf, explainContact } from './explanation.ts';
import { formatExplanation } from './format-explanation.ts';
import { type PlaceInLine, placeInLine } from './place-in-line.ts';
import { policyTexts } from './policy-texts.ts';

export interface ExplainOptions extends AwsOptions, PrefixOptions {
  /** A path, or `-` for stdin. */
  readonly contactFile?: string;
  readonly contactId?: string;
  readonly instanceId?: string;
  readonly table?: string;
  /** Directory of policies. Default: the policies in SSM. */
  readonly policies?: string;
  readonly at?: Moment;
  /** The time zone of the times that are shown. Default: that of the policy, or the reader's. */
  readonly timezone?: string;
  readonly json?: boolean;
  /** Print the record of a live contact instead. */
  readonly record?: boolean;
}

/** `escalator explain`: explains the routing of a contact, and forecasts its updates. */
export async function explain(given: ExplainOptions, io: CommandIo): Promise<ExitCode> {
  const { contactId, instanceId } = given;
  // Ids as people paste them: with blanks around them, in capitals, or as an ARN.
  const options: ExplainOptions = { ...given, ...repairAddressee({ contactId, instanceId }) };
  const contact = selectContact(options);
  const { policies, conditions, settings, stopped, isComplete } = await readConfiguration(
    options,
    'contactId' in contact,
    io,
  );
  const { attributeNames } = createPolicySet(policies.map(({ policy }) => policy));
  const isLive = 'contactId' in contact;
  const record = isLive
    ? await loadLiveRecord(contact.contactId, options, settings.instances, io)
    : await readContactFile(contact.file, attributeNames, io);
  if (options.record) {
    io.out(`${JSON.stringify(record, null, 2)}\n`);
    return EXIT.ok;
  }
  const now = isLive ? await (await import('../aws/endpoint-clock.ts')).endpointTime(options, io) : io.now();
  const place =
    isLive && options.at === undefined ? await readPlace(record, settings, now, options, io) : undefined;
  const explanation = explainContact({
    record,
    policies,
    conditions,
    settings,
    stopped,
    region: isLive ? (options.region ?? io.env.AWS_REGION) : undefined,
    at: resolveMoment(options.at, record, isLive, now),
    isLive,
    place,
    timezone: options.timezone ?? io.timezone,
    isZoneGiven: options.timezone !== undefined,
  });
  io.out(options.json ? `${JSON.stringify(explanation, null, 2)}\n` : formatExplanation(explanation));
  return isComplete ? EXIT.ok : EXIT.problems;
}

interface Configuration {
  readonly policies: readonly PolicyText[];
  /** The conditions of which only the load of queues says whether they hold. */
  readonly conditions: readonly Condition[];
  readonly settings: Settings;
  /** Why no update is sent, one sentence for each reason. */
  readonly stopped: readonly string[];
  /** False where files or parameters were left out, since they are not valid. */
  readonly isComplete: boolean;
}

/** @throws UsageError unless the options name exactly one contact. */
function selectContact({
  contactFile: file,
  table,
  contactId,
  instanceId,
  record,
}: ExplainOptions): { readonly file: string } | { readonly contactId: string } {
  if (file !== undefined) {
    if ((table ?? contactId ?? instanceId ?? record) === undefined) return { file };
    throw new UsageError(
      '--contact-file cannot be used with --table, --contact-id, --instance-id or --record.',
    );
  }
  if (contactId !== undefined) return { contactId };
  throw new UsageError('Pass --contact-file FILE, or --contact-id ID for a live contact.');
}

/** What explains a contact: for a live one what is in force, otherwise the texts in SSM or in files. */
async function readConfiguration(
  options: ExplainOptions,
  isLive: boolean,
  io: CommandIo,
): Promise<Configuration> {
  const inForce = isLive && options.policies === undefined ? await readInForce(options, io) : undefined;
  if (inForce) {
    const { formatRefusal } = await import('../aws/configuration-in-force.ts');
    for (const refusal of inForce.compiled.refused)
      io.err(`escalator: ${formatRefusal(refusal, inForce.compiled)}\n`);
    const policies = policyTexts(inForce.compiled);
    const stopped = stopReasons(inForce).map(({ text }) => text);
    // The record has the conditions that hold.
    return { policies, conditions: [], settings: inForce.settings, stopped, isComplete: true };
  }
  const { sources, pauses, isComplete } = await readPolicySources(options, io);
  const { policies, conditions, settings, findings } = validateSources(sources);
  const invalid = new Set(findings.filter(isError).map(({ source }) => source.file));
  for (const file of invalid) {
    io.err(`escalator: ${file} is not valid and is ignored. Run escalator check to see why.\n`);
  }
  const reasons = [...pauses, ...(settings.pause ? [pauseBySettings()] : [])];
  return {
    policies: policies.map((policy) => ({ policy, text: textOf(policy, sources) })),
    conditions,
    settings: { ...settings, pause: reasons.length > 0 },
    stopped: reasons.map(({ text }) => text),
    isComplete: isComplete && invalid.size === 0,
  };
}

/** What the handlers decide by; undefined where nothing was compiled. */
async function readInForce(
  options: ExplainOptions,
  io: CommandIo,
): Promise<ConfigurationInForce | undefined> {
  const { readConfigurationInForce } = await import('../aws/configuration-in-force.ts');
  return readConfigurationInForce(options.table ?? (await findTable(options, io)), options);
}

interface PolicySources {
  readonly sources: readonly Source[];
  /** What stops the calls beside the settings. */
  readonly pauses: readonly StopReason[];
  /** False where parameters are encrypted. */
  readonly isComplete: boolean;
}

async function readPolicySources(options: ExplainOptions, io: CommandIo): Promise<PolicySources> {
  if (options.policies !== undefined) {
    const files = await readSources([options.policies], io);
    return { sources: [...files, ...(await readBeside(files, io.cwd))], pauses: [], isComplete: true };
  }
  const { openParameterStore } = await import('../parameters/parameter-store.ts');
  const { isEncrypted, reportEncrypted } = await import('../parameters/stored.ts');
  const snapshot = await openParameterStore(options, io).snapshot();
  const isComplete = !reportEncrypted(snapshot.parameters, io);
  return {
    sources: snapshot.parameters.filter((one) => !isEncrypted(one)),
    pauses: storedPauses(snapshot),
    isComplete,
  };
}

function textOf({ name }: Policy, sources: readonly Source[]): string {
  return sources.find((one) => one.kind === 'policy' && one.name === name)?.text ?? '';
}

async function readContactFile(
  file: string,
  attributeNames: readonly string[],
  io: CommandIo,
): Promise<ContactRecord> {
  const text = await readTextOrStdin(file, io);
  const { record, isReplayed, lacksQueue } = parseContactFile(
    file === '-' ? 'stdin' : file,
    text,
    attributeNames,
    io.now(),
  );
  if (isReplayed) {
    io.err(
      `escalator: ${file} is an event of an archive that is replayed (replay-name), which the system leaves out; ` +
        'this is what the original event gets.\n',
    );
  }
  if (lacksQueue) {
    io.err(
      `escalator: ${file} is an event of type QUEUED that has no queue: expected detail.queueInfo with a queueArn.\n`,
    );
  }
  return record;
}

async function loadLiveRecord(
  contactId: string,
  options: ExplainOptions,
  instances: readonly string[] | undefined,
  io: CommandIo,
): Promise<ContactRecord> {
  const { readLiveRecord } = await import('./live-record.ts');
  const table = options.table ?? (await findTable(options, io));
  return readLiveRecord({ ...options, table, contactId }, instances);
}

/** Contacts of a queue that are looked at for the place of one of them. */
const MAX_IN_LINE = 1_000;

/** @returns undefined where the contact does not wait, and where the table cannot be read, which it says. */
async function readPlace(
  record: ContactRecord,
  settings: Settings,
  now: number,
  options: ExplainOptions,
  io: CommandIo,
): Promise<PlaceInLine | undefined> {
  const queue = currentQueue(record.facts);
  if (!queue) return undefined;
  const { readWaitingRecords } = await import('../aws/waiting-records.ts');
  const table = options.table ?? (await findTable(options, io));
  try {
    const { records, isPartial } = await readWaitingRecords(table, options, MAX_IN_LINE, queue.arn);
    return placeInLine(record, records, isPartial, settings, now);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    io.err(`escalator: The place in line is not known. ${error.message}\n`);
    return undefined;
  }
}

async function findTable(options: ExplainOptions, io: CommandIo): Promise<string> {
  const { findDeployment } = await import('../aws/deployment.ts');
  const deployment = await findDeployment(options, 'pass --table');
  const { warnOfOtherVersion } = await import('../aws/deployed-version.ts');
  warnOfOtherVersion(deployment, io);
  return deployment.contactsTable;
}

/** Default: now for a live contact or one that is not queued, otherwise when the contact was enqueued. */
function resolveMoment(
  moment: Moment | undefined,
  record: ContactRecord,
  isLive: boolean,
  now: number,
): number {
  if (moment === undefined) {
    return isLive ? now : (currentQueue(record.facts)?.enqueuedAt ?? now);
  }
  if ('at' in moment) return moment.at;
  const enqueuedAt = enqueuedAtOf(record);
  if (enqueuedAt === undefined) {
    throw new UsageError(
      'The contact has not been in a queue: expected a time for --at, such as 2026-11-23T10:03:00Z.',
    );
  }
  return enqueuedAt + moment.waitedSeconds * 1_000;
}
