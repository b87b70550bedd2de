/**
 * Preloaded into every test process by test/main.ts. A test file has ended when nothing is left that could
 * still happen; Node 24.21 then sometimes spins forever in its own clean-up (`CleanupHandles`, seen once,
 * with nothing of ours left to run). Leaving at the very end, after the runner has reported, keeps
 * what matters: a test that leaks a timer, a socket or a worker never gets here, and fails by its time limit.
 */
process.once('beforeExit', () => {
  process.on('exit', (code) => process.exit(code));
});
