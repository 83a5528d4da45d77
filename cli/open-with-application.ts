import { spawn } from 'node:child_process';

/** The command that opens a file or an address, by platform. Other platforms have `xdg-open`. */
const OPENERS: Readonly<Record<string, readonly [command: string, ...args: string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** An opener that runs longer has opened the file, and runs the application itself. */
const OPENER_TIMEOUT_MS = 3_000;

/**
 * Opens a file or an address with the application of the user.
 *
 * @param target - an absolute path or a URL.
 * @param cwd - where the application starts. Default: the directory of this process.
 * @returns whether the opener succeeded, or is still running.
 */
export function openWithApplication(target: string, env: NodeJS.ProcessEnv, cwd?: string): Promise<boolean> {
  const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  return new Promise((done) => {
    const child = spawn(command, [...args, target], {
      ...(cwd && { cwd }),
      env,
      stdio: 'ignore',
      detached: true,
    });
    const timeout = setTimeout(() => done(true), OPENER_TIMEOUT_MS);
    const end = (isOpened: boolean) => {
      clearTimeout(timeout);
      done(isOpened);
    };
    child.on('error', () => end(false));
    child.on('exit', (code) => end(code === 0));
    child.unref();
  });
}
