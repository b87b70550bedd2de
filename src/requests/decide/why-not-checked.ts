/** What an approver is told when Connect did not answer. */
import { ConnectReadError } from '../../connect/gateway.ts';
import { type Problem, problem } from '../../errors/problem.ts';

/** What a read of Connect's that failed means for a decision; null for what a decision does not expect. */
export function whyNotChecked(error: unknown, instance: string): Problem | null {
  if (!(error instanceof ConnectReadError)) return null;
  switch (error.kind) {
    case 'unavailable':
    case 'throttled':
      return problem('decision.could-not-check');
    case 'denied':
      return problem('connect.read-denied', { operation: error.operation, instance });
    case 'not-found':
    case 'invalid':
      return null;
  }
}
