import type { LocalService } from '../endpoint/http.ts';
import { createRestService, notFound } from '../endpoint/rest-service.ts';

/** EventBridge Scheduler with GetSchedule. @param schedules - the names of those that run. */
export function createScheduler(schedules: readonly string[]): LocalService {
  return createRestService('EventBridge Scheduler', [
    {
      method: 'GET',
      path: /^\/schedules\/(?<name>[^/]+)$/,
      handle({ name = '' }) {
        if (!schedules.includes(name)) throw notFound(`Schedule ${name} does not exist.`);
        return { Name: name, GroupName: 'default', State: 'ENABLED' };
      },
    },
  ]);
}
