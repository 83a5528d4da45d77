import { rmSync } from 'node:fs';

export default function teardown(): void {
  if (process.env.TEST_RUN_DIRECTORY) rmSync(process.env.TEST_RUN_DIRECTORY, { recursive: true });
}
