import { dirname } from 'node:path';
import type { CommandIo } from '../command-io.ts';
import { UsageError } from '../errors.ts';
import { plural } from '../format.ts';
import { isDirectory, readFolder, readSources } from '../sources/read.ts';
import { isShared, parameterName, SETTINGS_NAME, type Source } from '../sources/source.ts';
import { isError, validateSources } from '../sources/validate.ts';
import { compare } from './comparison.ts';
import { formatNoDeployment } from './deployment-note.ts';
import { formatLocation } from './location.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { newFindings } from './new-findings.ts';
import type { SyncOptions } from './options.ts';
import {
  openParameterStore,
  type ParameterStore,
  type Snapshot,
  type StoredParameter,
} from './parameter-store.ts';
import { endsPause } from './pause-guard.ts';
import { formatPauses } from './pause-record.ts';
import { refuseIfPassedOver, refuseIfUnrelated } from './prune.ts';
import { type PushAction, planPush, type WriteAction } from './push-plan.ts';
import { reportFindings } from './report-findings.ts';
import { unservedInstances } from './served-instances.ts';
import { formatOfStack } from './stack-parameters.ts';
import { isEncrypted, reportEncrypted, selectFiles } from './stored.ts';
import { selectSurplus } from './surplus.ts';
import { formatVersion } from './write.ts';

export interface PushOptions extends SyncOptions {
  /** Push settings that end a `pause: true` which is in force. */
  readonly endPause?: boolean;
}

/** Looks at what a push begins with. @returns what stands in its way, one sentence each; empty: nothing. */
export type CheckStart = (desired: readonly Source[], snapshot: Snapshot) => readonly string[];

/** What a push does, all of it checked. */
export interface PreparedPush {
  readonly store: ParameterStore;
  readonly snapshot: Snapshot;
  /** Whether the path is a directory. */
  readonly isFolder: boolean;
  /** What the files hold. */
  readonly desired: readonly Source[];
  /** The parameters that the files were compared with. */
  readonly compared: readonly StoredParameter[];
  readonly manifest: Manifest;
  /** In the order in which they are written. */
  readonly writes: readonly WriteAction[];
  /** Deleted after all writes. */
  readonly deletions: readonly StoredParameter[];
  /** A sentence for each parameter that is left unchanged although it differs. */
  readonly remaining: readonly string[];
  /** Whether parameters are left unchanged, since others changed them. */
  readonly isAnyKept: boolean;
}

/**
 * Problems that what SSM alone has may solve: the settings decide the order of steps and have lists of agents, and
 * calendars may be there.
 */
const DEPENDENT_CODES: readonly string[] = ['step-order', 'unknown-agent-list', 'unknown-calendar'];

/**
 * Decides what a push of files does, and says on stderr where to, what it leaves out, and all that is wrong.
 *
 * @param checkStart - is asked before anything else is decided. Default: nothing stands in the way.
 * @returns undefined where something stands in the way: then nothing may be written.
 * @throws UsageError when the path or the options are not usable.
 * @throws AwsError when a request fails.
 */
export async function preparePush(
  path: string,
  options: PushOptions,
  io: CommandIo,
  checkStart: CheckStart = () => [],
): Promise<PreparedPush | undefined> {
  const desired = await readSources([path], io);
  const isFolder = await isDirectory(path, io.cwd);
  if (options.prune) await refusePrune(path, isFolder, desired, io);
  const { findings } = validateSources(desired);
  if (findings.some((finding) => isError(finding) && !DEPENDENT_CODES.includes(finding.code))) {
    reportFindings(findings, desired.length, io);
    return undefined;
  }
  const store = openParameterStore(options, io);
  const snapshot = await store.snapshot();
  reportTarget(snapshot, io);
  const obstacles = checkStart(desired, snapshot);
  for (const obstacle of obstacles) io.err(`${obstacle}\n`);
  if (obstacles.length > 0) return undefined;
  reportEncrypted(snapshot.parameters, io);
  const current = selectFiles(snapshot.parameters, io);
  const manifest = await readManifest(isFolder ? path : dirname(path), snapshot.location, io);
  // Without any parameter, the account is another one or was emptied: nothing there is newer than the files.
  const bases = snapshot.parameters.length > 0 ? manifest.bases : undefined;
  const names = new Set(desired.map(parameterName));
  const compared = isFolder ? current : current.filter((one) => names.has(parameterName(one)));
  const actions = planPush(compare(desired, compared, bases), path, options.force ?? false).map((action) =>
    keepOfStack(action, snapshot),
  );
  if (bases === undefined && actions.some((one) => one.kind === 'write' && one.from)) {
    io.err(`This is the first push from ${path} to these parameters: its files replace what SSM has.\n`);
  }
  const writes = ordered(actions);
  const ofStack = writes.filter(({ parameter }) => snapshot.stackParameters.has(parameter));
  for (const { parameter } of ofStack) io.err(formatOfStack(`${options.prefix}/${parameter}`));
  if (ofStack.length > 0) return undefined;
  if (await isBlocked(actions, store, path, options, io)) return undefined;
  const { deletions, remaining } = await selectSurplus(actions, bases, path, options, store);
  if (deletions.length > 0) {
    const deleted = deletions.map(({ name }) => name);
    refuseIfPassedOver((await readFolder(path, io.cwd)).passedOver, deleted);
    if (bases === undefined) refuseIfUnrelated(desired, current, path);
  }
  const { brought, known } = findingsAfterPush(desired, writes, snapshot, deletions);
  if (!reportFindings(brought, desired.length, io)) return undefined;
  if (known.length > 0) {
    const count = plural(known.length, 'warning');
    io.err(`${count} about files that do not change: see escalator check ${path}.\n`);
  }
  reportUnserved(desired, snapshot, io);
  const isAnyKept = actions.some(({ kind }) => kind === 'keep');
  return { store, snapshot, isFolder, desired, compared, manifest, writes, deletions, remaining, isAnyKept };
}

/** A policy that the stack writes has no file here, and is not deleted for that. */
function keepOfStack(action: PushAction, { stackParameters }: Snapshot): PushAction {
  const { kind, parameter } = action;
  if (kind !== 'surplus' || !stackParameters.has(parameter)) return action;
  return { kind: 'keep', parameter, reason: 'is written by the stack; it is left unchanged.' };
}

async function refusePrune(
  path: string,
  isFolder: boolean,
  desired: readonly Source[],
  io: CommandIo,
): Promise<void> {
  if (!isFolder) {
    throw new UsageError(
      `--prune takes a directory: ${path} is one file, and the policies of all others would be deleted.`,
    );
  }
  if (!desired.some(({ kind }) => kind === 'policy')) {
    throw new UsageError(`${path} has no policy, so --prune would delete all policies. Nothing was written.`);
  }
  refuseIfPassedOver((await readFolder(path, io.cwd)).passedOver);
}

function reportTarget(snapshot: Snapshot, io: CommandIo): void {
  const { location, hasDeployment } = snapshot;
  io.err(`Target: ${formatLocation(location)}.\n`);
  if (!hasDeployment) io.err(formatNoDeployment(location.prefix));
  io.err(formatPauses(snapshot));
}

/** Warns of instances that the settings name and the deployment lacks, since only SSM tells which those are. */
function reportUnserved(desired: readonly Source[], { instanceIds }: Snapshot, io: CommandIo): void {
  const settings = desired.find(({ kind }) => kind === 'settings');
  if (!settings || !instanceIds) return;
  for (const warning of unservedInstances(settings, instanceIds)) io.err(warning);
}

/**
 * The writes. The settings come first, then what policies share and name, and a new policy before one that is
 * changed to leave contacts to it.
 */
function ordered(actions: readonly PushAction[]) {
  const writes = actions.filter((action) => action.kind === 'write');
  const rank = ({ to: { kind }, from }: (typeof writes)[number]) =>
    kind === 'settings' ? 0 : isShared(kind) ? 1 : from ? 3 : 2;
  return [...writes].sort((a, b) => rank(a) - rank(b));
}

/** Says what stands in the way of a push. @returns whether anything does. */
async function isBlocked(
  actions: readonly PushAction[],
  store: ParameterStore,
  path: string,
  options: PushOptions,
  io: CommandIo,
): Promise<boolean> {
  const conflicts = actions.filter((action) => action.kind === 'conflict');
  for (const { parameter, from } of conflicts) {
    const latest = from && (await store.history(parameter)).at(-1);
    const there = latest ? `it is ${formatVersion(latest)}` : 'it was deleted there';
    io.err(
      `${options.prefix}/${parameter} is in conflict: it was changed both here and in SSM since the last push or ` +
        `pull; in SSM, ${there}.\n`,
    );
  }
  if (conflicts.length > 0) {
    io.err(
      `Nothing was written. escalator diff ${path} shows the differences. To take what SSM has, delete the file ` +
        'and pull; to replace it, push the file alone with --force.\n',
    );
  }
  const writes = actions.filter((action) => action.kind === 'write');
  const stored = writes.flatMap(({ from }) => from ?? []);
  const lists = stored.filter(({ type }) => type === 'StringList');
  for (const { file } of lists) {
    io.err(
      `${file} is a StringList, and SSM does not change the type of a parameter: delete it (aws ssm ` +
        `delete-parameter --name ${file}), then push again.\n`,
    );
  }
  if (stored.some(isEncrypted) || lists.length > 0) io.err('Nothing was written.\n');
  const settings = writes.find(({ to }) => to.kind === 'settings');
  const isEnd =
    settings !== undefined &&
    !options.endPause &&
    (await endsPause(store, options, settings.from?.text, settings.to.text));
  if (isEnd) {
    io.err(
      `${settings.to.file} would end the pause: ${options.prefix}/${SETTINGS_NAME} ` +
        `${settings.from ? 'has' : 'was deleted, which does not end its'} pause: true. Write pause: true to the ` +
        'file, or pass --end-pause so that calls start again. Nothing was written.\n',
    );
  }
  return conflicts.length > 0 || stored.some(isEncrypted) || lists.length > 0 || isEnd;
}

/** The problems and warnings about what SSM has after the push. */
function findingsAfterPush(
  desired: readonly Source[],
  writes: readonly WriteAction[],
  { parameters }: Snapshot,
  deletions: readonly Source[],
): ReturnType<typeof newFindings> {
  const isPushed = ({ kind, name }: Source) => desired.some((one) => one.kind === kind && one.name === name);
  const isWritten = (source: Source) => writes.some(({ to }) => to === source);
  return newFindings({
    written: desired.filter(isWritten),
    unchanged: desired.filter((source) => !isWritten(source)),
    remaining: parameters.filter((one) => !isPushed(one) && !deletions.includes(one)),
    current: parameters,
  });
}
