import { publishThreadUsage } from './thread-usage.ts';

/** The handler of dispatch, as it is deployed. */
export { handler } from '../../lambda/dispatch/index.ts';

publishThreadUsage();
