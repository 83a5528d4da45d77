/** The id in an ARN's resource: with kind `queue`, `…/queue/1234` gives `1234`; undefined where there is no such part. */
export function arnId(arn: string, kind: string): string | undefined {
  const marker = `${kind}/`;
  const start = arn.lastIndexOf(marker);
  if (start < 0) return undefined;
  return arn.slice(start + marker.length).split('/')[0] || undefined;
}
