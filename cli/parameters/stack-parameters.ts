import * as z from 'zod/mini';

/**
 * The parameters below the prefix that the stack itself writes, by the value of the parameter `<prefix>/deployment`.
 * None where there is no deployment, or it is older than the property `policies` of the construct.
 */
export function parseStackParameters(text: string | undefined): ReadonlySet<string> {
  try {
    const deployment = z.object({ stackParameters: z.array(z.string()) }).safeParse(JSON.parse(text ?? ''));
    return new Set(deployment.data?.stackParameters);
  } catch {
    return new Set();
  }
}

/** Why a parameter is not written. Otherwise the next deployment would revert the change, or fail. */
export function formatOfStack(path: string): string {
  return (
    `${path} is written by the stack (property policies of the construct): change its file in the app and deploy. ` +
    'To stop all calls at once, run escalator pause. Nothing was written.\n'
  );
}
