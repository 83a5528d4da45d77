/**
 * Who wrote something, from the ARN that AWS reports: the name of the user, or of the session with its role in brackets,
 * `ann (Deployer)`. A text that is no such ARN stays as it is.
 */
export function authorWords(arn: string): string {
  const [, service, kind, path = ''] = /^arn:[\w-]+:(iam|sts):[^:]*:[^:]*:([\w-]+)\/?(.*)$/.exec(arn) ?? [];
  if (kind === undefined) return arn;
  const names = path.split('/');
  const name = names.at(-1) || kind;
  return service === 'sts' && names.length > 1 ? `${name} (${names[0]})` : name;
}
