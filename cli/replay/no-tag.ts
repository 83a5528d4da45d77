import type { RecordingScan } from '../../sim/replay/recording-scan.ts';

/**
 * Says that no contact of a recording has a tag, and which tags they have.
 *
 * @param option - the option that names it, where only one can. Default: none is named.
 */
export function formatNoTag(
  tag: string,
  { tagNames }: Pick<RecordingScan, 'tagNames'>,
  option?: string,
): string {
  const known =
    tagNames.size === 0 ? 'They have no tags' : `Their tags are ${[...tagNames].sort().join(', ')}`;
  return `escalator: No contact has the tag ${tag}${option ? ` that ${option} names` : ''}. ${known}.\n`;
}
