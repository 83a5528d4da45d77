import { Server, type Socket } from 'node:net';

/**
 * Lets servers that only listen, and connections that nobody uses, keep no process alive. A test that waits for an answer
 * which never comes is then noticed as soon as nothing is left to do, and not by the clock.
 */
export function releaseIdleServers(): void {
  const { listen } = Server.prototype;
  Server.prototype.listen = function (this: Server, ...given: unknown[]) {
    this.on('connection', (socket: Socket) => socket.unref());
    return (listen as (...values: unknown[]) => Server).apply(this, given).unref();
  } as Server['listen'];
}
