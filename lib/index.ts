export { ConfigError } from './config-error.ts';
export { ConnectEscalator, type ConnectEscalatorProps } from './connect-escalator.ts';
export type { FunctionSize, FunctionSizes, LogSettings } from './function-settings.ts';
export { ConnectEscalatorStack, type ConnectEscalatorStackProps } from './stack.ts';
