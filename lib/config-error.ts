/**
 * A setting given to the stack cannot be used. The message is one line: what was given, what is wrong with it
 * and what to pass instead.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
