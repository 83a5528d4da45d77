import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import type { ConfigurationInForce } from '../aws/configuration-in-force.ts';
import { findDeployment } from '../aws/deployment.ts';
import { endpointTime } from '../aws/endpoint-clock.ts';
import { readWaitingRecords } from '../aws/waiting-records.ts';
import type { CommandIo } from '../command-io.ts';
import { AwsError, EXIT, type ExitCode } from '../errors.ts';
import { plural } from '../format.ts';
import { readInForce } from '../parameters/in-force.ts';
import { type PreparedPush, type PushOptions, preparePush } from '../parameters/prepare-push.ts';
import { isEncrypted } from '../parameters/stored.ts';
import { parameterName, type Source } from '../sources/source.ts';
import { type ConfigurationState, configurationState } from './configuration-state.ts';
import { orderChanges } from './evaluation-order.ts';
import { formatPlan } from './format.ts';
import { describeParameter, type PlannedParameter } from './parameter-changes.ts';
import type { PlanDocument } from './plan-document.ts';
import { planFileOf, writePlanFile } from './plan-file.ts';
import { waitingEffect } from './waiting-contacts.ts';

export interface PlanOptions extends PushOptions {
  readonly json?: boolean;
  /** The file to which the plan is written. */
  readonly out?: string;
  /** Contacts that are looked at. */
  readonly maxContacts: number;
}

/** `escalator plan`: says in words what a push would change, for contacts that wait, too. Exits with 1 if it would. */
export async function plan(path: string, options: PlanOptions, io: CommandIo): Promise<ExitCode> {
  const prepared = await preparePush(path, options, io);
  if (!prepared) return EXIT.problems;
  for (const note of prepared.remaining) io.err(`${note}\n`);
  const document = await planDocument(prepared, options, io);
  if (options.out !== undefined) await writePlanFile(options.out, planFileOf(path, options, prepared), io);
  const { changes } = document;
  io.out(
    options.json
      ? `${JSON.stringify(document, null, 2)}\n`
      : changes.length === 0
        ? ''
        : formatPlan(document),
  );
  io.err(changes.length === 0 ? 'A push would write nothing.\n' : formatSummary(document));
  if (options.out !== undefined) {
    io.err(`Wrote ${options.out}. escalator push --plan ${options.out} does exactly this, or stops.\n`);
  }
  return changes.length === 0 ? EXIT.ok : EXIT.problems;
}

function formatSummary({ changes }: PlanDocument): string {
  const count = (action: string) => changes.filter((change) => change.action === action).length;
  return `Plan: ${plural(count('create'), 'parameter')} to create, ${count('change')} to change, ${count('delete')} to delete.\n`;
}

async function planDocument(
  prepared: PreparedPush,
  options: PlanOptions,
  io: CommandIo,
): Promise<PlanDocument> {
  const { snapshot } = prepared;
  const inForce = await readIfKnown(options);
  const compiled = inForce instanceof AwsError ? undefined : inForce?.compiled;
  const current = snapshot.parameters.filter((one) => !isEncrypted(one));
  const before = configurationState(current, compiled);
  const after = configurationState(afterPush(current, prepared), compiled);
  const changes = plannedParameters(prepared).map((one) => describeParameter(one, before, after));
  const { prune, force, endPause } = options;
  return {
    target: snapshot.location,
    options: { prune, force, endPause },
    changes,
    order: orderChanges(before.policies, after.policies),
    ...(changes.length > 0 && (await waitingPart(inForce, before, after, prepared, options, io))),
    isPaused: snapshot.pause !== undefined || snapshot.otherPauses.length > 0 || after.settings.pause,
  };
}

/** Undefined where nothing is deployed or compiled; the error where it cannot be read. */
async function readIfKnown(options: PlanOptions): Promise<ConfigurationInForce | AwsError | undefined> {
  try {
    return await readInForce(options);
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}

function afterPush(current: readonly Source[], { writes, deletions }: PreparedPush): Source[] {
  const gone = new Set([...writes.map(({ parameter }) => parameter), ...deletions.map(parameterName)]);
  return [...current.filter((one) => !gone.has(parameterName(one))), ...writes.map(({ to }) => to)];
}

function plannedParameters({ writes, deletions }: PreparedPush): PlannedParameter[] {
  return [
    ...writes.map(
      ({ to, from }): PlannedParameter => ({
        source: to,
        action: from ? 'change' : 'create',
        ...(from && { version: from.version }),
      }),
    ),
    ...deletions.map((source): PlannedParameter => ({ source, action: 'delete', version: source.version })),
  ];
}

/** What the push does to contacts that wait, or why that is not known. */
async function waitingPart(
  inForce: ConfigurationInForce | AwsError | undefined,
  before: ConfigurationState,
  after: ConfigurationState,
  { snapshot: { location, instanceIds, hasDeployment } }: PreparedPush,
  options: PlanOptions,
  io: CommandIo,
): Promise<Pick<PlanDocument, 'waiting' | 'waitingUnknown'>> {
  if (!hasDeployment) return { waitingUnknown: 'Nothing is deployed there.' };
  if (inForce instanceof AwsError) return { waitingUnknown: inForce.message };
  try {
    const { contactsTable } = await findDeployment(options);
    const now = await endpointTime(options, io);
    const { records, isPartial, requests } = await readWaitingRecords(
      contactsTable,
      options,
      options.maxContacts,
    );
    const served = instanceIds ?? [...new Set(records.map(({ instanceId }) => instanceId))];
    const contextOf = ({ policies, settings }: ConfigurationState) => ({
      policies: createPolicySet(policies),
      settings,
      region: location.region,
      instances: served,
    });
    return {
      waiting: { ...waitingEffect(records, contextOf(before), contextOf(after), now), isPartial, requests },
    };
  } catch (error) {
    if (error instanceof AwsError) return { waitingUnknown: error.message };
    throw error;
  }
}
