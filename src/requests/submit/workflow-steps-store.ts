/** The SQL of workflow steps: which request one made, and whether Slack was told how that ended. */
import type { Db, Tx } from '../../storage/database.ts';

export async function insertStep(tx: Tx, requestId: number, executionId: string): Promise<void> {
  await tx
    .insertInto('workflow_steps')
    .values({ request_id: requestId, execution_id: executionId, ended_at: null })
    .execute();
}

/** Whether a workflow made this request, in any state of its run. */
export async function isOfWorkflow(db: Db, requestId: number): Promise<boolean> {
  const step = await db
    .selectFrom('workflow_steps')
    .select('request_id')
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  return step !== undefined;
}

/** Slack's id of the run that waits for this request; undefined when none does. */
export async function readWaitingStep(db: Db, requestId: number): Promise<string | undefined> {
  const step = await db
    .selectFrom('workflow_steps')
    .select('execution_id')
    .where('request_id', '=', requestId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return step?.execution_id;
}

export async function setStepEnded(db: Db, requestId: number, at: Date): Promise<void> {
  await db
    .updateTable('workflow_steps')
    .set({ ended_at: at })
    .where('request_id', '=', requestId)
    .execute();
}
