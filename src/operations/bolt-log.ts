/** Bolt's logger, implemented with ours. Bolt cannot print a request's body: only its text messages are passed on. */
import { type Logger, LogLevel } from '@slack/web-api';
import type { Log } from './log.ts';

export function boltLogger(log: Log): Logger {
  const child = log.child({ part: 'bolt' });
  // Bolt may pass a payload in addition to its message. Errors are logged, and anything else is left out.
  const words = (messages: unknown[]) =>
    messages
      .map((message) =>
        message instanceof Error ? message.message : typeof message === 'string' ? message : '',
      )
      .filter(Boolean)
      .join(' ')
      .slice(0, 500);
  return {
    // The SDKs' debug lines contain whole API bodies and socket envelopes (H4); a custom logger receives them at any
    // configured level.
    debug: () => {},
    info: (...messages) => child.info(words(messages)),
    warn: (...messages) => child.warn(words(messages)),
    error: (...messages) => child.error(words(messages)),
    setLevel: () => {},
    getLevel: () => boltLevel(log),
    setName: () => {},
  };
}

/** The log level that Bolt is given; it is never below `info`. */
export function boltLevel(log: Log): LogLevel {
  switch (log.level) {
    case 'error':
    case 'silent':
      return LogLevel.ERROR;
    case 'warn':
      return LogLevel.WARN;
    default:
      return LogLevel.INFO;
  }
}
