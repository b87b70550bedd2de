/**
 * The bot's connections to Postgres, as Kysely uses them: the one place that every statement passes. Here an
 * error of `pg` is told from any other (unavailable.ts), and text is made storable (storable.ts).
 */
import {
  type CompiledQuery,
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

  constructor(config: PostgresDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return botDriver(new PostgresDialect(this.#config).createDriver());
  }
}

/** Kysely's own driver, with every connection wrapped. It takes back only connections that it gave out itself. */
function botDriver(driver: Driver): Driver {
  const originals = new WeakMap<DatabaseConnection, DatabaseConnection>();
  const original = (connection: DatabaseConnection) => originals.get(connection) ?? connection;
  const { savepoint, rollbackToSavepoint, releaseSavepoint } = driver;
  return {
    init: (options) => driver.init(options),
    async acquireConnection(options) {
      const connection = await toldApart(() => driver.acquireConnection(options));
      const wrapped = botConnection(connection);
      originals.set(wrapped, connection);
      return wrapped;
    },
    beginTransaction: (connection, settings) => driver.beginTransaction(connection, settings),
    commitTransaction: (connection) => driver.commitTransaction(connection),
    // A connection whose rollback fails is thrown away, which only the driver can do to its own.
    rollbackTransaction: (connection) =>
      toldApart(() => driver.rollbackTransaction(original(connection))),
    ...(savepoint && { savepoint: savepoint.bind(driver) }),
    ...(rollbackToSavepoint && { rollbackToSavepoint: rollbackToSavepoint.bind(driver) }),
    ...(releaseSavepoint && { releaseSavepoint: releaseSavepoint.bind(driver) }),
    releaseConnection: (connection, options) =>
      driver.releaseConnection(original(connection), options),
    destroy: (options) => driver.destroy(options),
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
