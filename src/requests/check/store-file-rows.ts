/** Stores the rows of a checked file, with their typed passwords sealed. */
import type { CheckedFile } from '../../file-checker/file-checker.ts';
import type { Services } from '../../services.ts';
import type { Tx } from '../../storage/database.ts';
import type { RequestFileRecord } from '../../storage/schema.ts';
import { seal } from '../../storage/secrets.ts';
import type { ResultRow } from '../../users/files/file-result.ts';
import type { NewUser } from '../../users/new-user.ts';
import {
  deleteRows,
  forgetFailedRows,
  readPositions,
  replaceFileRows,
} from '../repair/repair-store.ts';
import { insertFileRows, type NewFileRow, rowsJson } from '../store/files-store.ts';
import { passwordContext } from '../submit/submit-request.ts';

/** Inserts the rows of a file that is read for the first time; the rows of a corrected file are replaced. */
export async function storeFileRows(
  services: Services,
  tx: Tx,
  file: RequestFileRecord,
  checked: CheckedFile,
  each: (users: readonly NewUser[]) => void,
): Promise<void> {
  const { request_id: requestId } = file;
  const isFirst = file.revision === 0;
  const now = services.now();
  const gone = new Set(isFirst ? [] : await readPositions(tx, requestId));
  if (!isFirst) await forgetFailedRows(tx, requestId);
  const store = isFirst ? insertFileRows : replaceFileRows;
  // The next page is prepared while Postgres stores this one.
  let storing: Promise<void> = Promise.resolve();
  try {
    for await (const page of checked.pages()) {
      const rows = rowsJson(page.map((row) => sealed(services, requestId, row)));
      each(page.flatMap(({ user }) => user ?? []));
      for (const { position } of page) gone.delete(position);
      await storing;
      storing = store(tx, requestId, rows, now);
      storing.catch(() => undefined);
    }
  } finally {
    await storing;
  }
  if (gone.size > 0) await deleteRows(tx, requestId, [...gone]);
}

function sealed(services: Services, requestId: number, row: ResultRow): NewFileRow {
  const { typedPassword, ...rest } = row;
  const key = services.config.secretsKey;
  const box =
    typedPassword !== null && key
      ? seal(key, typedPassword, passwordContext(requestId, row.position))
      : null;
  const isWrong = row.state === 'wrong';
  return { ...rest, passwordBox: isWrong ? null : box, keptPasswordBox: isWrong ? box : null };
}
