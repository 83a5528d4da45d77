import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { currentQueue } from '../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { parsePolicy } from '../../lambda/domain/policy/parse.ts';
import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import { type CommandIo, readText } from '../command-io.ts';
import { EXIT, type ExitCode, UsageError } from '../errors.ts';
import type { AwsOptions, PrefixOptions } from '../options/aws.ts';
import type { Moment } from '../options/time.ts';
import { asUsageError, readSources } from '../sources/read.ts';
import type { Source } from '../sources/source.ts';
import { isError, validateSources } from '../sources/validate.ts';
import { parseContactFile } from './contact-file.ts';
import type { PolicyText } from './evaluations.ts';
import { enqueuedAtOf, explainContact } from './explanation.ts';
import { formatExplanation } from './format-explanation.ts';

export interface ExplainOptions extends AwsOptions, PrefixOptions {
  /** A path, or `-` for stdin. */
  readonly contactFile?: string;
  readonly contactId?: string;
  readonly instanceId?: string;
  readonly table?: string;
  /** Directory of policies. Default: the policies in SSM. */
  readonly policies?: string;
  readonly at?: Moment;
  readonly json?: boolean;
}

/** `escalator explain`: explains the routing of a contact, and forecasts its updates. */
export async function explain(options: ExplainOptions, io: CommandIo): Promise<ExitCode> {
  const contact = selectContact(options);
  const sources = await readPolicySources(options, io);
  const { settings, findings } = validateSources(sources);
  for (const file of new Set(findings.filter(isError).map(({ source }) => source.file))) {
    io.err(`escalator: ${file} is not valid and is ignored. Run escalator check to see why.\n`);
  }
  const policies = sources.flatMap(parsePolicyText);
  const { attributeNames } = createPolicySet(policies.map(({ policy }) => policy));
  const isLive = 'contactId' in contact;
  const record = isLive
    ? await loadLiveRecord(contact.contactId, options, settings.instances, io)
    : parseContactFile(contact.file, await readContactText(contact.file, io), attributeNames, io.now());
  const explanation = explainContact({
    record,
    policies,
    settings,
    region: isLive ? (options.region ?? io.env.AWS_REGION) : undefined,
    at: resolveMoment(options.at, record, isLive, io.now()),
    isLive,
  });
  io.out(options.json ? `${JSON.stringify(explanation, null, 2)}\n` : formatExplanation(explanation));
  return EXIT.ok;
}

/** @throws UsageError unless the options name exactly one contact. */
function selectContact({
  contactFile: file,
  table,
  contactId,
  instanceId,
}: ExplainOptions): { readonly file: string } | { readonly contactId: string } {
  if (file !== undefined) {
    if ((table ?? contactId ?? instanceId) === undefined) return { file };
    throw new UsageError('--contact-file cannot be used with --table, --contact-id or --instance-id.');
  }
  if (contactId !== undefined) return { contactId };
  throw new UsageError('Pass --contact-file FILE, or --contact-id ID for a live contact.');
}

async function readPolicySources(options: ExplainOptions, io: CommandIo): Promise<Source[]> {
  if (options.policies !== undefined) return readSources([options.policies], io.cwd);
  const { openParameterStore } = await import('../parameters/parameter-store.ts');
  return openParameterStore(options, io).sources();
}

function parsePolicyText({ kind, name, text }: Source): PolicyText[] {
  const policy = kind === 'policy' ? parsePolicy(name, text).policy : undefined;
  return policy ? [{ policy, text }] : [];
}

async function readContactText(file: string, io: CommandIo): Promise<string> {
  if (file === '-') return readText(io.stdin);
  return asUsageError(file, () => readFile(resolve(io.cwd, file), 'utf8'));
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

async function findTable(options: ExplainOptions, io: CommandIo): Promise<string> {
  const { findDeployment } = await import('../aws/deployment.ts');
  const deployment = await findDeployment(options, 'pass --table');
  // Reading the policies from SSM has warned already.
  if (options.policies !== undefined) {
    const { warnOfOtherVersion } = await import('../aws/deployed-version.ts');
    warnOfOtherVersion(deployment, io);
  }
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
