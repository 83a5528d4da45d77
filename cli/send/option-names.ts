/** The option that sets a member of a message; of others the member has the name of its argument. */
const OPTIONS: Readonly<Record<string, string>> = {
  id: '--id',
  contactId: '--contact-id',
  instanceId: '--instance-id',
  queueArn: '--contact-queue',
  ttl: '--ttl',
  actor: '--actor',
  reason: '--reason',
  'set.priority': '--priority',
  'set.age': '--age',
  'set.route': '--route',
};

const ADDRESSEES = /\b(?:contactId|instanceId|queueArn)\b/g;

/**
 * A problem of a message in the words of the command line: `--contact-queue: …` for `queueArn: …`, and the steps of
 * `--route` counted from 1.
 *
 * @param problem - one line, with the path of the member before it.
 */
export function withOptionNames(problem: string): string {
  if (problem.endsWith('(sets-nothing)'))
    return 'Found nothing to set; expected --priority, --age or --route.';
  const [whole = '', path = '', index] = /^([a-zA-Z.]+)(?:\[(\d+)\])?: /.exec(problem) ?? [];
  const option = Object.hasOwn(OPTIONS, path) ? OPTIONS[path] : undefined;
  const step = index === undefined ? '' : `, step ${Number(index) + 1}`;
  const label = option === undefined ? whole : `${option}${step}: `;
  // What was found stands in quotes, and stays as it is.
  const [text = '', quoted = '', rest = ''] =
    /^([^"]*)("(?:[^"\\]|\\.)*")?(.*)$/s.exec(problem.slice(whole.length))?.slice(1) ?? [];
  const named = (part: string) => part.replaceAll(ADDRESSEES, (name) => OPTIONS[name] ?? name);
  return `${label}${named(text)}${quoted}${named(rest)}`;
}
