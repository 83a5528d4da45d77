export { ConfigError } from './config-error.ts';
export { ConnectEscalator, type ConnectEscalatorProps } from './connect-escalator.ts';
export { ConnectEscalatorStack } from './stack.ts';
