import * as z from 'zod/mini';
import { parseSettings } from '../../lambda/domain/parse-settings.ts';

/** The ids of the instances that a deployment serves. @returns undefined where its parameter does not state them. */
export function parseInstanceIds(text: string | undefined): readonly string[] | undefined {
  try {
    return z.object({ instanceIds: z.array(z.string()) }).safeParse(JSON.parse(text ?? '')).data?.instanceIds;
  } catch {
    return undefined;
  }
}

/** A sentence for each instance that settings name and the deployment does not serve: nothing happens there. */
export function unservedInstances(
  settings: { readonly file: string; readonly text: string },
  instanceIds: readonly string[],
): string[] {
  const named = parseSettings(settings.text).settings?.instances ?? [];
  const served = named.filter((id) => instanceIds.includes(id));
  return named
    .filter((id) => !served.includes(id))
    .map(
      (id) =>
        `${settings.file}: warning: instances has ${id}, which the deployment does not serve` +
        `${served.length === 0 ? ', and none that it serves: no contact is escalated' : ''}. Write ids of the ` +
        `deployment (${instanceIds.join(', ')}), or leave out instances.\n`,
    );
}
