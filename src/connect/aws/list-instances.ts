/** The Connect instances of an account and Region, for `npm run setup`. */
import { ListInstancesCommand } from '@aws-sdk/client-connect';
import { readFailure } from './aws-failure.ts';
import { readingClient, standardTimeouts } from './client.ts';
import { credentialsFor } from './credentials.ts';
import { everyPage } from './list-pages.ts';

export type InstanceSummary = {
  readonly id: string;
  readonly arn: string;
  /** Instances that were made by an API call may have none. */
  readonly alias: string | undefined;
};

/**
 * Read with the credentials of the person who runs the setup; the bot itself never lists instances.
 *
 * @throws ConnectReadError
 */
export async function listInstances(place: {
  readonly region: string;
  readonly endpoint?: string;
}): Promise<InstanceSummary[]> {
  const instance = { ...place, alias: 'setup', instanceId: '' };
  const client = readingClient(place, credentialsFor(instance), {
    ...standardTimeouts,
    readMs: 5_000,
    readDeadlineMs: 12_000,
  });
  try {
    return await everyPage(async (NextToken) => {
      const options = { abortSignal: AbortSignal.timeout(12_000) };
      const answer = await client
        .send(new ListInstancesCommand({ NextToken }), options)
        .catch((error: unknown) => {
          throw readFailure('ListInstances', error);
        });
      const items = (answer.InstanceSummaryList ?? []).flatMap(({ Id, Arn, InstanceAlias }) =>
        Id && Arn ? [{ id: Id, arn: Arn, alias: InstanceAlias }] : [],
      );
      return { items, nextToken: answer.NextToken };
    });
  } finally {
    client.destroy();
  }
}
