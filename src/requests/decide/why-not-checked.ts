/** The message to an approver when Connect did not answer. */
import { ConnectReadError } from '../../connect/gateway.ts';
import { type Problem, problem } from '../../errors/problem.ts';

/** The meaning of a failed read from Connect for a decision; null for an error that decisions do not expect. */
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
