import { ConnectClient } from '@aws-sdk/client-connect';
import { calendarsInForce, policyInForce } from '../../../lambda/domain/configuration/build-policies.ts';
import type { ConfigurationInForce } from '../../aws/configuration-in-force.ts';
import { withClient } from '../../aws/with-client.ts';
import type { CommandIo } from '../../command-io.ts';
import { readDirectory } from '../../connect-names/directory.ts';
import {
  agentsOfLists,
  type Name,
  queuesOfCondition,
  type Reference,
  referencesOf,
} from '../../connect-names/references.ts';
import { UNKNOWN_ADVICE, unknownName } from '../../connect-names/unknown-names.ts';
import { plural } from '../../format.ts';
import type { Examination } from '../examination.ts';
import { ok, type Verdict, warning } from '../finding.ts';

/** What names something. */
interface Named {
  readonly name: Name;
  readonly kind: keyof typeof UNKNOWN_ADVICE;
  /** The names of the policies, or of what else names it, in words. */
  readonly by: ReadonlySet<string>;
}

/** The queues, agents, attributes and their values that the configuration in force names, and Connect does not know. */
export async function checkNames(
  { options, inForce }: Examination,
  instanceIds: readonly string[],
  io: Pick<CommandIo, 'sleep'>,
): Promise<Verdict[]> {
  const named = inForce ? collect(inForce) : [];
  if (named.length === 0)
    return [ok('No policy in force names a queue, an agent or an attribute of Connect.')];
  const names = named.map(({ name }) => name);
  const directory = await withClient(ConnectClient, options, (client) =>
    readDirectory(client, instanceIds, names, io),
  );
  const warnings = named.flatMap(({ name, kind, by }) => {
    const unknown = unknownName(name, directory);
    return unknown === undefined ? [] : [warning(`${[...by].join(', ')}: ${unknown}`, UNKNOWN_ADVICE[kind])];
  });
  if (warnings.length > 0) return warnings;
  return [ok(`Connect knows all ${plural(named.length, 'name')} in the policies in force.`)];
}

function collect({ compiled, settings }: ConfigurationInForce): Named[] {
  const { policies, calendars = [], conditions = [] } = compiled;
  const existing = calendarsInForce(calendars);
  const found = new Map<string, Named & { by: Set<string> }>();
  const add = (kind: Named['kind'], by: string, references: readonly Reference[]) => {
    for (const { name } of references) {
      const key = JSON.stringify([kind, name]);
      const named = found.get(key) ?? { name, kind, by: new Set<string>() };
      named.by.add(by);
      found.set(key, named);
    }
  };
  for (const part of policies) {
    add('policy', part.name, referencesOf(part.source, policyInForce(part, existing).policy));
  }
  for (const { name, source } of conditions) add('condition', `condition ${name}`, queuesOfCondition(source));
  for (const list of Object.keys(settings.agents ?? {})) {
    const agents = { [list]: settings.agents?.[list] };
    add('settings', `list @${list} of the settings`, agentsOfLists({ agents }));
  }
  return [...found.values()];
}
