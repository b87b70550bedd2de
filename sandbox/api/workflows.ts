/** Custom steps of workflows: `POST /sandbox/workflows` runs one, `GET /sandbox/workflows` lists the runs. */

export type StepRun = {
  /** Slack's `function_execution_id`. */
  id: string;
  callbackId: string;
  /** Who ran the workflow. */
  user: string;
  status: 'running' | 'completed' | 'failed';
  outputs?: Record<string, unknown>;
  error?: string;
};

/** `inputs` by the names of the step's input parameters; Slack adds the person who runs it. */
export type RunStep = { user: string; callbackId: string; inputs: Record<string, unknown> };
