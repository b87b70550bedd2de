import type { ApiProblem } from '../api/workspace.ts';

/** A call on the sandbox itself that cannot be executed; `status` is the HTTP status for it. */
export class SandboxProblem extends Error {
  readonly status: number;
  readonly problem: ApiProblem;

  constructor(status: number, error: string, detail: string) {
    super(`${error}: ${detail}`);
    this.name = 'SandboxProblem';
    this.status = status;
    this.problem = { error, detail };
  }
}
