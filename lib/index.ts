export { ConfigError } from './config-error.ts';
export { ConnectEscalator, type ConnectEscalatorProps } from './connect-escalator.ts';
export { ConnectEscalatorStack, type ConnectEscalatorStackProps } from './stack.ts';
