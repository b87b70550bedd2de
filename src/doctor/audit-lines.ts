/** Doctor's checks of the bucket that stores heads of the audit trail outside the database. */
import { hasObjectLock } from '../audit/bucket.ts';
import type { AuditBucket } from '../config/config.ts';
import { messageOf } from '../operations/error-facts.ts';
import { fail, type Line, pass, runCheck } from './check/line.ts';

/** Empty when no bucket is configured. */
export async function auditLines(bucket: AuditBucket | undefined): Promise<Line[]> {
  if (!bucket) return [];
  const line = await runCheck(
    'audit.bucket',
    async () =>
      (await hasObjectLock(bucket))
        ? pass(`${bucket.name} locks its objects`)
        : fail(
            `${bucket.name} has no Object Lock: heads in it could be deleted`,
            'Make a bucket with Object Lock and name it in AUDIT_BUCKET.',
          ),
    (error) =>
      fail(
        `${bucket.name} could not be looked at: ${whyNot(error)}`,
        'Allow what npm run iam-policy prints, and look at AUDIT_BUCKET and the way to S3.',
      ),
  );
  return [line];
}

/** The SDK names S3's refusals, and uses the class Error for everything else. */
function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === 'Error' ? messageOf(error) : error.name;
}
