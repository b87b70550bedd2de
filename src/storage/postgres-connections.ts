/**
 * The bot's connections to Postgres, as Kysely uses them. Every statement passes through this code, which
 * distinguishes errors of `pg` from all others (unavailable.ts) and makes text storable (storable.ts).
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

  /**
   * @param limits for connections whose sessions cannot have settings: each transaction begins with them. Null when
   *   the sessions have them.
   */
  constructor(config: PostgresDialectConfig, limits: SessionLimits | null = null) {
    super(config);
    this.#config = config;
    this.#limits = limits;
  }

  override createDriver(): Driver {
    return botDriver(new PostgresDialect(this.#config).createDriver(), this.#limits);
  }
}

/** The time limits of a statement, and of a transaction in which nothing happens, in milliseconds. */
export type SessionLimits = {
  readonly statement_timeout: number;
  readonly idle_in_transaction_session_timeout: number;
};

/** Kysely's own driver, with every connection wrapped. It takes back only connections from itself. */
function botDriver(driver: Driver, limits: SessionLimits | null): Driver {
  const originals = new WeakMap<DatabaseConnection, DatabaseConnection>();
  const original = (connection: DatabaseConnection) => originals.get(connection) ?? connection;
  const inTransaction = new WeakSet<DatabaseConnection>();
  const rollback = (connection: DatabaseConnection) =>
    withDatabaseErrors(() => driver.rollbackTransaction(original(connection)));
  const { savepoint, rollbackToSavepoint, releaseSavepoint } = driver;
  return {
    init: (options) => driver.init(options),
    async acquireConnection(options) {
      const connection = await withDatabaseErrors(() => driver.acquireConnection(options));
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
        // For Kysely this transaction never started, so it would not be ended elsewhere.
        await rollback(connection).catch(() => {});
        throw error;
      }
    },
    async commitTransaction(connection) {
      await driver.commitTransaction(connection);
      inTransaction.delete(connection);
    },
    // A connection whose rollback fails is discarded, which only the driver can do to its own.
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
 * Wraps a statement outside of a transaction in one that begins by setting the limits. That costs two more round
 * trips, but through a pooler in transaction mode a setting applies only to its transaction.
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
      // This discards a connection that cannot even roll back.
      await deps.rollback(connection).catch(() => {});
      throw error;
    }
  };
}

function botConnection(connection: DatabaseConnection): DatabaseConnection {
  const { cancelQuery, collectSessionInfo, killSession } = connection;
  return {
    executeQuery: (query, options) =>
      withDatabaseErrors(() => connection.executeQuery(withStorableText(query), options)),
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

/**
 * An error of `pg` that the statement did not cause becomes a `DatabaseUnavailableError`; any other stays unchanged.
 */
async function withDatabaseErrors<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    const trouble = databaseTroubleOf(error);
    throw trouble === null ? error : new DatabaseUnavailableError(trouble, error);
  }
}
