import type { Deployment } from '../../lambda/aws/deployment.ts';
import { formatAwsError } from '../aws/call-aws.ts';
import { readConfigurationInForce } from '../aws/configuration-in-force.ts';
import { findDeployment } from '../aws/deployment.ts';
import { endpointTime } from '../aws/endpoint-clock.ts';
import type { CommandIo } from '../command-io.ts';
import { AwsError, EXIT, type ExitCode } from '../errors.ts';
import type { AwsOptions, PrefixOptions } from '../options/aws.ts';
import { createProgress } from '../progress.ts';
import { checkActivity } from './checks/activity.ts';
import { checkAlarms } from './checks/alarms.ts';
import { checkClock } from './checks/clock.ts';
import { checkConcurrency } from './checks/concurrency.ts';
import { checkConfiguration } from './checks/configuration.ts';
import { checkDeadLetters } from './checks/dead-letters.ts';
import { checkEventSources } from './checks/event-sources.ts';
import { checkFunctions } from './checks/functions.ts';
import { readIdentity } from './checks/identity.ts';
import { checkInstances } from './checks/instances.ts';
import { checkNames } from './checks/names.ts';
import { checkQuotaGuard } from './checks/quota-guard.ts';
import { checkQuotas } from './checks/quotas.ts';
import { checkRules } from './checks/rules.ts';
import { checkSchedule } from './checks/schedule.ts';
import { checkVersion } from './checks/version.ts';
import type { Examination } from './examination.ts';
import { type Finding, failure, ok, type Verdict, warning } from './finding.ts';
import { formatFinding, formatSummary, toDoctorJson } from './format.ts';

export interface DoctorOptions extends AwsOptions, PrefixOptions {
  /** Whether warnings make the exit code 1, too. */
  readonly strict?: boolean;
  readonly json?: boolean;
}

/** One look at the deployment: what it is called, and what it finds. */
interface Check {
  readonly name: string;
  readonly run: () => Promise<readonly (Verdict | Finding)[]>;
}

/** `escalator doctor`: looks at a deployment from all sides, and changes nothing. Exits with 1 on a failure. */
export async function doctor(options: DoctorOptions, io: CommandIo): Promise<ExitCode> {
  const findings: Finding[] = [];
  const progress = createProgress(io);
  const report = (finding: Finding) => {
    findings.push(finding);
    if (options.json) return;
    progress.end();
    io.out(formatFinding(finding));
  };
  try {
    await examine(options, io, report, progress.show);
  } finally {
    progress.end();
  }
  io.out(
    options.json ? `${JSON.stringify(toDoctorJson(findings), null, 2)}\n` : `\n${formatSummary(findings)}`,
  );
  const bad = options.strict ? ['failure', 'warning'] : ['failure'];
  return findings.some(({ level }) => bad.includes(level)) ? EXIT.problems : EXIT.ok;
}

async function examine(
  options: DoctorOptions,
  io: CommandIo,
  report: (finding: Finding) => void,
  showProgress: (text: string) => void,
): Promise<void> {
  const runAll = async (checks: readonly Check[]) => {
    // All ask at once; the lines come in order.
    const results = checks.map(({ name, run }) => ({ name, found: runCheck(name, run) }));
    for (const { name, found } of results) {
      showProgress(`Looking at ${name.toLowerCase()} ...`);
      for (const finding of await found) report(finding);
    }
  };
  // Who we are and what is deployed: without them, the rest cannot be asked.
  const identity = await orFailure('Credentials', report, () => readIdentity(options));
  if (!identity) return;
  report({
    check: 'Credentials',
    ...ok(`Account ${identity.account}, ${identity.region}, as ${identity.arn}.`),
  });
  const isOwnEndpoint = Boolean(options.endpointUrl ?? io.env.AWS_ENDPOINT_URL);
  report({ check: 'Clock', ...checkClock(io.now(), identity.awsTime, isOwnEndpoint) });
  const deployment = await orFailure('Deployment', report, () => findDeployment(options));
  if (!deployment) return;
  report({ check: 'Deployment', ...checkVersion(deployment) });

  const configuration = await orError(() => readConfigurationInForce(deployment.contactsTable, options));
  const inForce = configuration instanceof AwsError ? undefined : configuration;
  const examination: Examination = { options, deployment, inForce, now: await endpointTime(options, io) };
  await runAll([
    ...instanceChecks(examination, io),
    {
      name: 'Configuration',
      async run() {
        if (configuration instanceof AwsError) throw configuration;
        return checkConfiguration(examination);
      },
    },
    ...resourceChecks(examination),
    { name: 'Dead letters', run: () => checkDeadLetters(examination) },
    { name: 'Quotas', run: () => checkQuotas(examination) },
    { name: 'Quota owner', run: async () => [await checkQuotaGuard(examination)] },
    { name: 'Account concurrency', run: async () => [await checkConcurrency(examination)] },
  ]);
}

function instanceChecks(examination: Examination, io: CommandIo): Check[] {
  const { instanceIds } = examination.deployment;
  if (!instanceIds) return [];
  return [
    { name: 'Instances', run: () => checkInstances(examination, instanceIds) },
    { name: 'Names in policies', run: () => checkNames(examination, instanceIds, io) },
  ];
}

/** The checks of what the deployment says has to run. */
function resourceChecks(examination: Examination): Check[] {
  const { resources } = examination.deployment satisfies Deployment;
  if (!resources) {
    return [
      {
        name: 'Resources',
        run: async () => [
          warning(
            'The deployed version does not state its functions, rules, schedule and alarms: they are not checked.',
            'Deploy this version.',
          ),
        ],
      },
    ];
  }
  return [
    { name: 'Functions', run: () => checkFunctions(examination, resources) },
    { name: 'Rules', run: () => checkRules(examination, resources) },
    { name: 'Queues', run: () => checkEventSources(examination, resources) },
    { name: 'Schedule', run: async () => [await checkSchedule(examination, resources)] },
    { name: 'Activity', run: () => checkActivity(examination, resources) },
    { name: 'Alarms', run: () => checkAlarms(examination, resources) },
  ];
}

/** What a check finds. A request that fails is a finding of this check, and no other suffers. */
async function runCheck(check: string, run: Check['run']): Promise<Finding[]> {
  try {
    return (await run()).map((found) => ({ check, ...found }));
  } catch (error) {
    return [{ check, ...warning(messageOf(check, error), 'docs/access.md lists what doctor may read.') }];
  }
}

/** @returns undefined after a failure, which it reports. */
async function orFailure<T>(
  check: string,
  report: (finding: Finding) => void,
  run: () => Promise<T>,
): Promise<T | undefined> {
  const result = await orError(run);
  if (!(result instanceof AwsError)) return result;
  report({ check, ...failure(result.message, 'Without this, nothing else can be looked at.') });
  return undefined;
}

async function orError<T>(run: () => Promise<T>): Promise<T | AwsError> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}

function messageOf(check: string, error: unknown): string {
  return error instanceof AwsError ? error.message : formatAwsError(`look at ${check.toLowerCase()}`, error);
}
