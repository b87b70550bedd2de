/**
 * Stores heads of the audit chain in an S3 bucket with Object Lock. Until their retention time is over nobody can
 * change or delete them, not even the account's root user, so a truncated trail is detected.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
import type { S3Client } from '@aws-sdk/client-s3';
import type { AuditBucket } from '../config/config.ts';
import { requestHandler } from '../connect/aws/http-handler.ts';
import type { AnchorStore } from './head-log.ts';

const dayMs = 24 * 3_600_000;

/** Nothing in Slack waits for this, but stopping the bot does. */
const timeouts = { connectMs: 2_000, answerMs: 3_000 };

/**
 * Each head is a separate object, `audit-head-<time>-<place>.json`: `{"seq":…,"hash":"…","at":"…"}`. The client is
 * loaded when it is first needed, because most installations have no bucket.
 */
export function bucketAnchor(bucket: AuditBucket): AnchorStore {
  let client: Promise<S3Client> | undefined;
  return {
    async put(head, at) {
      const { PutObjectCommand } = await import('@aws-sdk/client-s3');
      client ??= openS3();
      const time = at.toISOString();
      await (await client).send(
        new PutObjectCommand({
          Bucket: bucket.name,
          Key: `${bucket.prefix}audit-head-${time.replaceAll(':', '')}-${head.seq}.json`,
          Body: `${JSON.stringify({ seq: head.seq, hash: head.hash, at: time })}\n`,
          ContentType: 'application/json',
          ObjectLockMode: 'COMPLIANCE',
          ObjectLockRetainUntilDate: new Date(at.getTime() + bucket.retainDays * dayMs),
        }),
      );
    },
  };
}

/** Whether the bucket supports Object Lock; rejects with the SDK's error. */
export async function hasObjectLock(bucket: AuditBucket): Promise<boolean> {
  const { GetObjectLockConfigurationCommand } = await import('@aws-sdk/client-s3');
  const client = await openS3();
  try {
    const answer = await client.send(
      new GetObjectLockConfigurationCommand({ Bucket: bucket.name }),
    );
    return answer.ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled';
  } catch (error) {
    const isOff = error instanceof Error && error.name === 'ObjectLockConfigurationNotFoundError';
    if (isOff) return false;
    throw error;
  } finally {
    client.destroy();
  }
}

async function openS3(): Promise<S3Client> {
  const { S3Client } = await import('@aws-sdk/client-s3');
  // A test server has no separate host name for each bucket.
  const isElsewhere = Boolean(process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL);
  return new S3Client({
    forcePathStyle: isElsewhere,
    followRegionRedirects: true,
    maxAttempts: 2,
    requestHandler: requestHandler({ ...timeouts, keepAlive: false }),
  });
}
