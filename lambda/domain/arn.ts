/**
 * Returns the id of a resource in an ARN: for the kind `queue`, `…/queue/1234` gives `1234`, and so does the ARN of an
 * agent's own queue, `…/queue/agent/1234`. Undefined if the ARN has no such part.
 */
export function arnId(arn: string, kind: string): string | undefined {
  const marker = `${kind}/`;
  const start = arn.lastIndexOf(marker);
  if (start < 0) return undefined;
  const [first, second] = arn.slice(start + marker.length).split('/');
  return (kind === 'queue' && first === 'agent' ? second : first) || undefined;
}

const UUIDS = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/**
 * An id or ARN in the one form by which records are found: without blanks around it, UUIDs in lower case as Connect
 * writes them, and `arn:aws:connect:…` for `arn:aws::connect:…`, which is seen in events.
 */
export function plainName(name: string): string {
  return name
    .trim()
    .replace(/^(arn:aws[a-z-]*)::/, '$1:')
    .replace(UUIDS, (id) => id.toLowerCase());
}

/** The ARN of a queue, with its Region and the id of its instance. The queue of an agent has `agent/` before its id. */
export const QUEUE_ARN =
  /^arn:aws[a-z-]*:connect:([^:\s]*):[^:\s]*:instance\/([\w.-]+)\/queue\/(?:agent\/)?(?!agent$)[\w.-]+$/;
