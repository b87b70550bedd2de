/** The structure of a workbook: which sheet is read, and where its texts and styles are. */
import { ProblemError, problem } from '../../../errors/problem.ts';
import type { Parts } from './parts.ts';
import { readXml } from './xml.ts';

export type WorkbookSheet = {
  readonly name: string;
  /** The part that holds it. */
  readonly target: string;
  /** Not among the tabs, or shown only by a macro. */
  readonly hidden: boolean;
  /** The tab that was open when the workbook was saved. */
  readonly active: boolean;
};

export type WorkbookPlan = {
  readonly sheets: readonly WorkbookSheet[];
  readonly sharedStrings?: string;
  readonly styles?: string;
  readonly date1904: boolean;
  /** Formulas are calculated when the workbook is opened, so their stored values have no meaning. */
  readonly isUncalculated: boolean;
};

type Relation = { readonly id: string; readonly type: string; readonly target: string };

/** Lists the sheets, in the order of their tabs. Throws `ProblemError` where there is none. */
export async function planWorkbook(parts: Parts): Promise<WorkbookPlan> {
  const workbook = (await relationsOf('', parts)).find(
    (relation) => relation.type === 'officeDocument',
  );
  // A binary workbook (.xlsb) is such a package as well, but contains no XML.
  if (!workbook || !parts.has(workbook.target) || workbook.target.endsWith('.bin')) {
    throw new ProblemError(problem('file.not-a-workbook'));
  }
  const relations = await relationsOf(workbook.target, parts);
  const target = (wanted: string) => relations.find((relation) => relation.type === wanted)?.target;
  const { sheets, activeTab, ...settings } = await readWorkbookPart(workbook.target, parts);
  const readable = sheets.flatMap(({ name, id, hidden }, at): WorkbookSheet[] => {
    const relation = relations.find(
      (relation) => relation.id === id && relation.type === 'worksheet',
    );
    return relation && parts.has(relation.target)
      ? [{ name, hidden, target: relation.target, active: at === activeTab }]
      : [];
  });
  // A Word document is such a package as well, but contains no sheet.
  if (readable.length === 0) throw new ProblemError(problem('file.not-a-workbook'));
  const sharedStrings = target('sharedStrings');
  const styles = target('styles');
  return {
    sheets: readable,
    ...settings,
    ...(sharedStrings !== undefined && parts.has(sharedStrings) && { sharedStrings }),
    ...(styles !== undefined && parts.has(styles) && { styles }),
  };
}

/** The parts to which a part refers; paths from the root, types by their last word (they differ by edition). */
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

async function readWorkbookPart(part: string, parts: Parts) {
  const sheets: Sheet[] = [];
  let date1904 = false;
  let activeTab = 0;
  let isUncalculated = false;
  await readXml(parts.read(part), {
    open: (name, attributes) => {
      if (name === 'workbookPr') date1904 = isOn(attributes.get('date1904'));
      if (name === 'workbookView') activeTab = Number(attributes.get('activeTab') ?? 0);
      if (name === 'calcPr') isUncalculated = isOn(attributes.get('fullCalcOnLoad'));
      if (name !== 'sheet') return;
      sheets.push({
        name: attributes.get('name') ?? '',
        id: attributes.get('id') ?? '',
        hidden: /hidden/i.test(attributes.get('state') ?? ''),
      });
    },
  });
  return { sheets, date1904, activeTab, isUncalculated };
}

function isOn(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
