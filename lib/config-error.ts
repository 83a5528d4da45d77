/** A property or context value of the stack is invalid. The message is one line: value, problem and example. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
