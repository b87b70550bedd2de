/**
 * Preloaded into every test process by test/main.ts. A test file has ended when no event can occur in its process
 * anymore. Node 24.21 then sometimes loops forever in its own clean-up (`CleanupHandles`, seen once, without any code
 * of this project left to run). This file ends the process after the runner has reported. A test that leaks a timer,
 * a socket or a worker still fails by its time limit, because its process does not get here.
 */
process.once('beforeExit', () => {
  process.on('exit', (code) => process.exit(code));
});
