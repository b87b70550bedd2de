/** A call under `/sandbox/` that the workspace refuses; answered as `ApiProblem` with this status. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, detail: string) {
    super(detail);
    this.status = status;
    this.code = code;
  }
}
