import { paginateGetParametersByPath, SSMClient } from '@aws-sdk/client-ssm';
import type { CompiledConfiguration } from '../../../lambda/domain/configuration/compiled.ts';
import { isOfFamily, PAUSE, SETTINGS } from '../../../lambda/domain/configuration/parameter-name.ts';
import {
  type ConfigurationInForce,
  formatRefusal,
  inForceSince,
  partsByParameter,
} from '../../aws/configuration-in-force.ts';
import { withClient } from '../../aws/with-client.ts';
import { formatTime, plural } from '../../format.ts';
import { stopReasons } from '../../parameters/stop-reasons.ts';
import type { Examination } from '../examination.ts';
import { failure, ok, type Verdict, warning } from '../finding.ts';

/** The sweep compiles each minute what the event of a change did not. */
const COMPILED_WITHIN_MS = 3 * 60_000;

/** What is in force, what was refused, whether calls are stopped, and whether it is what SSM has. */
export async function checkConfiguration(examination: Examination): Promise<Verdict[]> {
  const { inForce } = examination;
  if (!inForce) {
    return [
      failure(
        'No configuration has been compiled: nothing is called.',
        "Look at the log of the function PolicyChanges, and at the sweep's below.",
      ),
    ];
  }
  const { compiled } = inForce;
  const since = inForceSince(compiled);
  const when = since === undefined ? '' : `, since ${formatTime(since)}`;
  return [
    ok(`${plural(compiled.policies.length, 'policy', 'policies')} in force${when}.`),
    ...stopVerdicts(inForce),
    ...compiled.refused.map((refusal) =>
      warning(
        formatRefusal(refusal, compiled),
        `escalator pull, correct ${refusal.parameter}, escalator check, escalator push.`,
      ),
    ),
    ...behindSsm(compiled, await readVersions(examination), examination.now),
  ];
}

function stopVerdicts(inForce: ConfigurationInForce): Verdict[] {
  return stopReasons(inForce).map(({ text, next, isPause }) =>
    isPause ? warning(text, next) : failure(text, next),
  );
}

/** A parameter of SSM. */
interface StoredVersion {
  /** Below the prefix. */
  readonly name: string;
  readonly version: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

async function readVersions({ options }: Examination): Promise<StoredVersion[]> {
  const { prefix } = options;
  return withClient(SSMClient, options, async (client) => {
    const versions: StoredVersion[] = [];
    for await (const page of paginateGetParametersByPath({ client }, { Path: prefix, Recursive: true })) {
      for (const { Name: name = '', Version: version = 0, LastModifiedDate: date } of page.Parameters ?? []) {
        versions.push({ name: name.slice(prefix.length + 1), version, modifiedAt: date?.getTime() ?? 0 });
      }
    }
    return versions;
  });
}

/** Parameters whose current version has been neither taken nor refused for too long. */
function behindSsm(
  compiled: CompiledConfiguration,
  stored: readonly StoredVersion[],
  now: number,
): Verdict[] {
  const seen = new Map<string, number>(
    compiled.refused.map(({ parameter, version }) => [parameter, version]),
  );
  const see = (name: string, version: number) => seen.set(name, Math.max(version, seen.get(name) ?? 0));
  for (const [name, { version }] of partsByParameter(compiled)) see(name, version);
  if (compiled.pause) see(PAUSE, compiled.pause.version);
  return stored
    .filter(({ name }) => name === SETTINGS || name === PAUSE || isOfFamily(name))
    .filter(({ name, version, modifiedAt }) => {
      // A parameter that was deleted and made again counts its versions from 1: any other version is not the current.
      const known = seen.get(name);
      return known !== version && now - modifiedAt > COMPILED_WITHIN_MS;
    })
    .map(({ name, version, modifiedAt }) =>
      failure(
        `Version ${version} of ${name}, of ${formatTime(modifiedAt)}, is not compiled.`,
        'Look at the lines on rules, functions and the schedule below: one of them should have compiled it.',
      ),
    );
}
