/** One connection in addition to the pool, for work that must not share one: doctor, copies, poolers, plans. */
import pg from 'pg';

/**
 * Opens one connection, passes it to `use`, and closes it in every case.
 *
 * @param settings the differences from a connection without limits; none of them may be a session setting if a pooler
 *   would keep it for the next client
 * @returns the result of `use`. Rejects with Postgres' or Node's error when there is no connection within 5 s
 */
export async function withClient<T>(
  url: string,
  use: (client: pg.Client) => Promise<T>,
  settings: Pick<pg.ClientConfig, 'query_timeout' | 'statement_timeout' | 'application_name'> = {},
): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    ...settings,
  });
  client.on('error', () => {});
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
