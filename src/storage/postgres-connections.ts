/**
 * The bot's connections to Postgres, as Kysely uses them: the one place that every statement passes. Here an
 * error of `pg` is told from any other (unavailable.ts), and text is made storable (storable.ts).
 */
import {
  type AbortableQueryOptions,
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  type PostgresDialectConfig,
} from 'kysely';
import { storableText } from '../text/storable.ts';
import { DatabaseUnavailableError, databaseTroubleOf } from './unavailable.ts';

/** @example new Kysely<Schema>({ dialect: new BotDialect({ pool }) }) */
export class BotDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;
  readonly #limits: SessionLimits | null;

  /** @param limits where no session can have them: each transaction begins with them. Null: sessions do. */
  constructor(config: PostgresDialectConfig, limits: SessionLimits | null = null) {
    super(config);
    this.#config = config;
    this.#limits = limits;
  }

  override createDriver(): Driver {
    return botDriver(new PostgresDialect(this.#config).createDriver(), this.#limits);
  }
}

/** How long a statement may take, and a transaction in which nothing happens, in milliseconds. */
export type SessionLimits = {
  readonly statement_timeout: number;
  readonly idle_in_transaction_session_timeout: number;
};

/** Kysely's own driver, with every connection wrapped. It takes back only connections that it gave out itself. */
function botDriver(driver: Driver, limits: SessionLimits | null): Driver {
  const originals = new WeakMap<DatabaseConnection, DatabaseConnection>();
  const original = (connection: DatabaseConnection) => originals.get(connection) ?? connection;
  const inTransaction = new WeakSet<DatabaseConnection>();
  const rollback = (connection: DatabaseConnection) =>
    toldApart(() => driver.rollbackTransaction(original(connection)));
  const { savepoint, rollbackToSavepoint, releaseSavepoint } = driver;
  return {
    init: (options) => driver.init(options),
    async acquireConnection(options) {
      const connection = await toldApart(() => driver.acquireConnection(options));
      const wrapped = botConnection(connection);
      originals.set(wrapped, connection);
      if (limits) limitStatements(wrapped, { limits, inTransaction, rollback });
      return wrapped;
    },
    async beginTransaction(connection, settings) {
      inTransaction.add(connection);
      await driver.beginTransaction(connection, settings);
      if (!limits) return;
      try {
        await connection.executeQuery(CompiledQuery.raw(settingsOf(limits)));
      } catch (error) {
        // To Kysely this transaction never started, so nobody else ends it.
        await rollback(connection).catch(() => {});
        throw error;
      }
    },
    async commitTransaction(connection) {
      await driver.commitTransaction(connection);
      inTransaction.delete(connection);
    },
    // A connection whose rollback fails is thrown away, which only the driver can do to its own.
    async rollbackTransaction(connection) {
      inTransaction.delete(connection);
      await rollback(connection);
    },
    ...(savepoint && { savepoint: savepoint.bind(driver) }),
    ...(rollbackToSavepoint && { rollbackToSavepoint: rollbackToSavepoint.bind(driver) }),
    ...(releaseSavepoint && { releaseSavepoint: releaseSavepoint.bind(driver) }),
    releaseConnection: (connection, options) =>
      driver.releaseConnection(original(connection), options),
    destroy: (options) => driver.destroy(options),
  };
}

function settingsOf(limits: SessionLimits): string {
  return Object.entries(limits)
    .map(([name, ms]) => `set local ${name} = ${ms}`)
    .join('; ');
}

/**
 * Gives a statement that is in no transaction one of its own, which begins by setting the limits. That costs two more
 * round trips; through a pooler in transaction mode a setting holds for nothing else than its transaction.
 */
function limitStatements(
  connection: DatabaseConnection,
  deps: {
    readonly limits: SessionLimits;
    readonly inTransaction: WeakSet<DatabaseConnection>;
    readonly rollback: (connection: DatabaseConnection) => Promise<void>;
  },
): void {
  const execute = connection.executeQuery;
  connection.executeQuery = async <Row>(query: CompiledQuery, options?: AbortableQueryOptions) => {
    if (deps.inTransaction.has(connection)) return execute<Row>(query, options);
    try {
      await execute(CompiledQuery.raw(`begin; ${settingsOf(deps.limits)}`));
      const result = await execute<Row>(query, options);
      await execute(CompiledQuery.raw('commit'));
      return result;
    } catch (error) {
      // A connection that cannot even roll back is thrown away by this.
      await deps.rollback(connection).catch(() => {});
      throw error;
    }
  };
}

function botConnection(connection: DatabaseConnection): DatabaseConnection {
  const { cancelQuery, collectSessionInfo, killSession } = connection;
  return {
    executeQuery: (query, options) =>
      toldApart(() => connection.executeQuery(withStorableText(query), options)),
    streamQuery: (query, chunkSize, options) =>
      connection.streamQuery(withStorableText(query), chunkSize, options),
    ...(cancelQuery && { cancelQuery: cancelQuery.bind(connection) }),
    ...(collectSessionInfo && { collectSessionInfo: collectSessionInfo.bind(connection) }),
    ...(killSession && { killSession: killSession.bind(connection) }),
  };
}

function withStorableText(query: CompiledQuery): CompiledQuery {
  const { parameters } = query;
  if (parameters.every((value) => typeof value !== 'string' || storableText(value) === value)) {
    return query;
  }
  return {
    ...query,
    parameters: parameters.map((value) =>
      typeof value === 'string' ? storableText(value) : value,
    ),
  };
}

/** An error of `pg` that is none of the statement's becomes a `DatabaseUnavailableError`; any other stays. */
async function toldApart<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    const trouble = databaseTroubleOf(error);
    throw trouble === null ? error : new DatabaseUnavailableError(trouble, error);
  }
}
