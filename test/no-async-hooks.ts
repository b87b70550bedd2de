/**
 * Preloaded into every test process by test/main.ts. Node's test runner tracks every promise with `async_hooks`, only
 * to name the test that caused an error outside of a test; this takes a fifth of the whole run's time. Without it,
 * such an error is reported for the file, and still fails it.
 */
import asyncHooks from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';

const { createHook } = asyncHooks;
const followsNothing: asyncHooks.AsyncHook = {
  enable: () => followsNothing,
  disable: () => followsNothing,
};

asyncHooks.createHook = (callbacks) =>
  new Error().stack?.includes('node:internal/test_runner/')
    ? followsNothing
    : createHook(callbacks);
syncBuiltinESMExports();
