import type { ApiProblem } from '../api/workspace.ts';

/** A call on the sandbox itself that cannot be carried out; `status` is for whoever speaks HTTP. */
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
