import { tellOfThread } from './thread.ts';

/** The handler of dispatch as it is deployed. */
export { handler } from '../../lambda/dispatch/index.ts';

tellOfThread();
