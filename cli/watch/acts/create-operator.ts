import { AwsError } from '../../errors.ts';
import { personOf } from '../../parameters/pause.ts';
import type { ActType } from './act.ts';
import { previewMessage, sendMessage } from './message-act.ts';
import { missingPermission } from './missing-permission.ts';
import type { ConsoleOperator, OperatorIo, OperatorOptions } from './operator.ts';
import { previewPause, previewResume, sendPause, sendResume } from './pause-act.ts';

/** The operator of a deployment: the acts are those of `escalator send`, `pause` and `resume`. */
export function createConsoleOperator(options: OperatorOptions, io: OperatorIo): ConsoleOperator {
  return {
    who: personOf(io.env) ?? '',
    async preview(act, id) {
      switch (act.type) {
        case 'pause':
          return previewPause(act, id, options, io);
        case 'resume':
          return withPermission('resume', () => previewResume(id, options, io));
        default:
          return previewMessage(act, id, options.deployment);
      }
    },
    async send(preview) {
      const { type, target } = preview;
      return withPermission(type, () => {
        switch (target.kind) {
          case 'queue':
            return sendMessage(target, options, io);
          case 'parameter':
            return sendPause(target, options, io);
          case 'deletion':
            return sendResume(options, io);
        }
      });
    },
  };
}

/** Has an error say by name which permission is missing. */
async function withPermission<T>(type: ActType, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    const missing = error instanceof AwsError ? missingPermission(type, error.message) : undefined;
    if (missing === undefined) throw error;
    throw new AwsError(
      `Your AWS credentials lack the permission ${missing}. ${(error as AwsError).message}`,
      {
        cause: error,
      },
    );
  }
}
