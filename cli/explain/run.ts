import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { currentQueue } from '../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { parsePolicy } from '../../lambda/domain/policy/parse.ts';
import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import type { AwsOptions, PrefixOptions } from '../aws/options.ts';
import { type CommandIo, readText } from '../command-io.ts';
import { EXIT, type ExitCode, UsageError } from '../errors.ts';
import { asUsageError, readSources } from '../sources/read.ts';
import type { Source } from '../sources/source.ts';
import { validateSources } from '../sources/validate.ts';
import { parseContactFile } from './contact-file.ts';
import type { PolicyText } from './evaluations.ts';
import { enqueuedAtOf, explain } from './explanation.ts';
import { formatExplanation } from './format-explanation.ts';
import type { When } from './instant.ts';

export interface ExplainOptions extends AwsOptions, PrefixOptions {
  /** A file, or `-` for stdin. */
  readonly contact?: string;
  readonly table?: string;
  readonly contactId?: string;
  readonly instanceId?: string;
  /** Directory of policies; without it they are read from SSM. */
  readonly policies?: string;
  readonly at?: When;
  readonly json?: boolean;
}

/** `escalator explain`: why a contact's routing is as it is, and what becomes of it. */
export async function runExplain(options: ExplainOptions, io: CommandIo): Promise<ExitCode> {
  validateOptions(options);
  const sources = await readPolicySources(options, io);
  const { settings, findings } = validateSources(sources);
  for (const file of new Set(
    findings.flatMap((one) => (one.severity === 'error' ? [one.source.file] : [])),
  )) {
    io.err(`escalator: ${file} is not valid, so it is left out. Run escalator check to see why.\n`);
  }
  const policies = sources.flatMap((source) => parsePolicyText(source));
  const { attributeNames } = createPolicySet(policies.map(({ policy }) => policy));
  const live = options.contact === undefined;
  const record = live
    ? await loadLiveRecord(options, settings.instances)
    : parseContactFile(options.contact, await readContactText(options.contact, io), attributeNames, io.now());
  const at = resolveMoment(options.at, record, live ? io.now() : undefined, io.now());
  const region = options.region ?? io.env.AWS_REGION;
  const given = { record, policies, settings, at, isLive: live };
  const explanation = explain(live && region !== undefined ? { ...given, region } : given);
  io.out(options.json ? `${JSON.stringify(explanation, null, 2)}\n` : formatExplanation(explanation));
  return EXIT.ok;
}

function validateOptions({ contact, table, contactId, instanceId }: ExplainOptions): void {
  if (contact !== undefined && (table ?? contactId ?? instanceId) !== undefined) {
    throw new UsageError(
      '--contact explains a contact from a file; leave out --table, --contact-id and --instance-id.',
    );
  }
  if (contact === undefined && contactId === undefined) {
    throw new UsageError('Pass --contact FILE, or --contact-id ID for a live contact.');
  }
}

async function readPolicySources(options: ExplainOptions, io: CommandIo): Promise<Source[]> {
  if (options.policies !== undefined) return readSources([options.policies], io.cwd);
  const { openParameterStore: openParameters } = await import('../parameters/parameter-store.ts');
  return openParameters(options).sources();
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
  options: ExplainOptions,
  instances: readonly string[] | undefined,
): Promise<ContactRecord> {
  const { readLiveRecord } = await import('./live-record.ts');
  return readLiveRecord({ ...options, table: options.table ?? (await findTable(options)) }, instances);
}

async function findTable(options: ExplainOptions): Promise<string> {
  const { findDeployment } = await import('../aws/deployment.ts');
  return (await findDeployment(options, 'pass --table')).contactsTable;
}

/** Without `--at` a live contact is explained as of now, one from a file as of its enqueuing. */
function resolveMoment(
  when: When | undefined,
  record: ContactRecord,
  byDefault: number | undefined,
  now: number,
): number {
  const enqueuedAt = enqueuedAtOf(record);
  if (when === undefined) {
    const waits = record.facts !== undefined && currentQueue(record.facts) !== undefined;
    return byDefault ?? (waits ? enqueuedAt : undefined) ?? now;
  }
  if ('at' in when) return when.at;
  if (enqueuedAt === undefined) {
    throw new UsageError(
      'The contact was in no queue yet: expected a time for --at, such as 2026-11-23T10:03:00Z.',
    );
  }
  return enqueuedAt + when.waitedSeconds * 1_000;
}
