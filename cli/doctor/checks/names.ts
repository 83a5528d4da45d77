import { ConnectClient } from '@aws-sdk/client-connect';
import { calendarsInForce, policyInForce } from '../../../lambda/domain/configuration/build.ts';
import type { CompiledConfiguration } from '../../../lambda/domain/configuration/compiled.ts';
import { withClient } from '../../aws/with-client.ts';
import type { CommandIo } from '../../command-io.ts';
import { readDirectory } from '../../connect-names/directory.ts';
import { type Name, referencesOf } from '../../connect-names/references.ts';
import { UNKNOWN_ADVICE, unknownName } from '../../connect-names/unknown-names.ts';
import { plural } from '../../format.ts';
import type { Examination } from '../examination.ts';
import { ok, type Verdict, warning } from '../finding.ts';

/** The policies that name something. */
interface Named {
  readonly name: Name;
  readonly policies: ReadonlySet<string>;
}

/** The queues, agents, attributes and their values that policies in force name, and Connect does not know. */
export async function checkNames(
  { options, inForce }: Examination,
  instanceIds: readonly string[],
  io: Pick<CommandIo, 'sleep'>,
): Promise<Verdict[]> {
  const named = collect(inForce?.compiled ?? { policies: [] });
  if (named.length === 0)
    return [ok('No policy in force names a queue, an agent or an attribute of Connect.')];
  const names = named.map(({ name }) => name);
  const directory = await withClient(ConnectClient, options, (client) =>
    readDirectory(client, instanceIds, names, io),
  );
  const warnings = named.flatMap(({ name, policies }) => {
    const unknown = unknownName(name, directory);
    return unknown === undefined ? [] : [warning(`${[...policies].join(', ')}: ${unknown}`, UNKNOWN_ADVICE)];
  });
  if (warnings.length > 0) return warnings;
  return [ok(`Connect knows all ${plural(named.length, 'name')} in the policies in force.`)];
}

function collect({
  policies,
  calendars = [],
}: Pick<CompiledConfiguration, 'policies' | 'calendars'>): Named[] {
  const existing = calendarsInForce(calendars);
  const found = new Map<string, { name: Name; policies: Set<string> }>();
  for (const part of policies) {
    for (const { name } of referencesOf(part.source, policyInForce(part, existing).policy)) {
      const key = JSON.stringify(name);
      const named = found.get(key) ?? { name, policies: new Set<string>() };
      named.policies.add(part.name);
      found.set(key, named);
    }
  }
  return [...found.values()];
}
