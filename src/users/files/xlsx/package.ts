/** How a workbook hangs together: which sheet is read, and where its texts and styles are. */
import { ProblemError, problem } from '../../../errors/problem.ts';
import type { Parts } from './parts.ts';
import { readXml } from './xml.ts';

export type WorkbookPlan = {
  readonly sheet: string;
  readonly sharedStrings?: string;
  readonly styles?: string;
  readonly date1904: boolean;
};

type Relation = { readonly id: string; readonly type: string; readonly target: string };

/** Finds the sheet called Users, or else the first that is not hidden. Throws `ProblemError`. */
export async function planWorkbook(parts: Parts): Promise<WorkbookPlan> {
  const workbook = (await relationsOf('', parts)).find((it) => it.type === 'officeDocument');
  // A binary workbook (.xlsb) is such a package as well, with nothing in it that is XML.
  if (!workbook || !parts.has(workbook.target) || workbook.target.endsWith('.bin')) {
    throw new ProblemError(problem('file.not-a-workbook'));
  }
  const relations = await relationsOf(workbook.target, parts);
  const target = (wanted: string) => relations.find((it) => it.type === wanted)?.target;
  const { sheets, date1904 } = await readWorkbookPart(workbook.target, parts);
  const readable = sheets.flatMap(({ name, id, hidden }) => {
    const relation = relations.find((it) => it.id === id && it.type === 'worksheet');
    return relation && parts.has(relation.target)
      ? [{ name, hidden, target: relation.target }]
      : [];
  });
  const sheet =
    readable.find((it) => it.name.trim().toLowerCase() === 'users') ??
    readable.find((it) => !it.hidden) ??
    readable[0];
  // A Word document is such a package as well, with no sheet in it.
  if (!sheet) throw new ProblemError(problem('file.not-a-workbook'));
  const sharedStrings = target('sharedStrings');
  const styles = target('styles');
  return {
    sheet: sheet.target,
    date1904,
    ...(sharedStrings !== undefined && parts.has(sharedStrings) && { sharedStrings }),
    ...(styles !== undefined && parts.has(styles) && { styles }),
  };
}

/** What a part refers to; paths from the root, types by their last word (they differ by edition). */
async function relationsOf(part: string, parts: Parts): Promise<Relation[]> {
  const slash = part.lastIndexOf('/') + 1;
  const folder = part.slice(0, slash);
  const file = `${folder}_rels/${part.slice(slash)}.rels`;
  const relations: Relation[] = [];
  if (!parts.has(file)) return relations;
  await readXml(parts.read(file), {
    open: (name, attributes) => {
      if (name !== 'Relationship' || attributes.get('TargetMode') === 'External') return;
      const target = attributes.get('Target') ?? '';
      relations.push({
        id: attributes.get('Id') ?? '',
        type: (attributes.get('Type') ?? '').split('/').at(-1) ?? '',
        target: new URL(target, `file:///${folder}`).pathname.slice(1),
      });
    },
  });
  return relations;
}

type Sheet = { readonly name: string; readonly id: string; readonly hidden: boolean };

async function readWorkbookPart(
  part: string,
  parts: Parts,
): Promise<{ sheets: Sheet[]; date1904: boolean }> {
  const sheets: Sheet[] = [];
  let date1904 = false;
  await readXml(parts.read(part), {
    open: (name, attributes) => {
      if (name === 'workbookPr') date1904 = isOn(attributes.get('date1904'));
      if (name !== 'sheet') return;
      sheets.push({
        name: attributes.get('name') ?? '',
        id: attributes.get('id') ?? '',
        hidden: /hidden/i.test(attributes.get('state') ?? ''),
      });
    },
  });
  return { sheets, date1904 };
}

function isOn(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
