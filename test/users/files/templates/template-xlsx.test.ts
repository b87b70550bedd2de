import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';
import { templateXlsx } from '../../../../src/users/files/templates/template-xlsx.ts';
import { named, offer } from './offers.ts';

describe('the template as a workbook', () => {
  it('consists of exactly the well-formed parts that the package lists', () => {
    const parts = partsOf(templateXlsx('CONNECT_MANAGED', offer));
    const types = elements(parts, '[Content_Types].xml');
    const overridden = types.flatMap((element) => element.attributes.PartName?.slice(1) ?? []);
    const content = [...parts.keys()].filter(
      (name) => name.startsWith('xl/') && !name.endsWith('.rels'),
    );
    assert.deepEqual(overridden.toSorted(), content.toSorted());
    for (const [rels, folder] of [
      ['_rels/.rels', ''],
      ['xl/_rels/workbook.xml.rels', 'xl/'],
    ] as const) {
      const targets = elements(parts, rels).flatMap((element) => element.attributes.Target ?? []);
      assert.ok(targets.length > 0);
      for (const target of targets) assert.ok(parts.has(`${folder}${target}`), target);
    }
    for (const name of parts.keys()) assert.ok(elements(parts, name).length > 0, name);
  });

  it('shows Users and hides Lists', () => {
    const parts = partsOf(templateXlsx('SAML', offer));
    const sheets = elements(parts, 'xl/workbook.xml').filter((element) => element.name === 'sheet');
    assert.deepEqual(
      sheets.map((sheet) => [sheet.attributes.name, sheet.attributes.state]),
      [
        ['Users', undefined],
        ['Lists', 'hidden'],
      ],
    );
  });

  it('lists every name of the instance, whatever its characters', () => {
    const odd = [
      '<&">\'',
      'a\tb',
      'a\rb',
      'bell \u0007',
      '_x0041_',
      '\uFFFE',
      '  x  ',
      '\u{1F600}',
    ];
    const lists = { ...offer, routingProfiles: named(odd) };
    const parts = partsOf(templateXlsx('SAML', lists));
    const texts = cellsOf(parts, 'xl/worksheets/sheet2.xml', 'A').map(({ text }) =>
      text.replace(/_x([0-9A-F]{4})_/g, (_, code) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      ),
    );
    assert.deepEqual(texts, ['routing profile name', ...odd]);
  });

  it('contains no half surrogate pair, which no program could open', () => {
    const lists = { ...offer, routingProfiles: named(['half \uD83D']) };
    const parts = partsOf(templateXlsx('SAML', lists));
    const texts = cellsOf(parts, 'xl/worksheets/sheet2.xml', 'A').map((element) => element.text);
    assert.deepEqual(texts, ['routing profile name', 'half \uFFFD']);
  });

  it('offers exactly the rows of the lists, over 10,000 rows of their columns', () => {
    const parts = partsOf(templateXlsx('CONNECT_MANAGED', offer));
    const offers = validationsOf(parts);
    const ranges = {
      'routing profile name': `Lists!$A$2:$A$${offer.routingProfiles.length + 1}`,
      'security_profile_name_1|security_profile_name_2': `Lists!$B$2:$B$${offer.securityProfiles.length + 1}`,
      'user_hierarchy_1|user_hierarchy_2': `Lists!$C$2:$C$${offer.hierarchyGroups.length + 1}`,
      'phone type (soft/desk)': '"soft,desk"',
      'soft phone auto accept (yes/no)': '"yes,no"',
      'persistent connection': '"yes,no"',
      'audio enhancement': '"none,isolate voice,suppress noise"',
    };
    const lists = offers.filter((offer) => offer.type === 'list');
    assert.deepEqual(
      Object.fromEntries(lists.map((list) => [list.title, list.formulas[0]])),
      ranges,
    );
    for (const { place } of offers) assert.match(place, /^([A-Z]+)2:\1(?:10001)$/);
    assert.equal(
      cellsOf(parts, 'xl/worksheets/sheet2.xml', 'A').length,
      offer.routingProfiles.length + 1,
    );
  });

  it('lets several security profiles be typed, and warns of other names only', () => {
    const offers = validationsOf(partsOf(templateXlsx('CONNECT_MANAGED', offer)));
    const styleOf = (title: string) => offers.find((offer) => offer.title === title)?.errorStyle;
    assert.equal(styleOf('routing profile name'), 'warning');
    assert.equal(styleOf('security_profile_name_1|security_profile_name_2'), undefined);
  });

  it('offers no list where the instance has nothing to choose', () => {
    const offers = validationsOf(partsOf(templateXlsx('SAML', { ...offer, hierarchyGroups: [] })));
    const group = offers.find((offer) => offer.title.startsWith('user_hierarchy'));
    assert.equal(group?.type, undefined);
  });

  it('keeps within Excel’s limits: 32 characters of title, 225 of warning, 255 of hint', () => {
    const parts = partsOf(templateXlsx('EXISTING_DIRECTORY', offer));
    const found = elements(parts, 'xl/worksheets/sheet1.xml').filter(
      (element) => element.name === 'dataValidation',
    );
    assert.ok(found.length > 5);
    for (const { attributes } of found) {
      assert.ok((attributes.errorTitle ?? '').length <= 32);
      assert.ok((attributes.error ?? '').length <= 225);
      assert.ok((attributes.prompt ?? '').length <= 255);
    }
  });

  it('formats usernames and phone numbers as text, so that Excel does not change them', () => {
    const parts = partsOf(templateXlsx('CONNECT_MANAGED', offer));
    const formats = elements(parts, 'xl/styles.xml').filter((element) => element.name === 'xf');
    // The first format belongs to the named styles; the others belong to the formats that cells reference.
    const numbers = formats.slice(1).map((format) => format.attributes.numFmtId);
    const sheet = elements(parts, 'xl/worksheets/sheet1.xml');
    const styles = sheet.flatMap((element) =>
      element.name === 'col' ? [element.attributes.style] : [],
    );
    const titles = cellsOf(parts, 'xl/worksheets/sheet1.xml', '[A-Z]+', 1).map(
      (element) => element.text,
    );
    const formatOf = (title: string) => numbers[Number(styles[titles.indexOf(title)])];
    for (const title of ['user login', 'phone number', 'mobile']) {
      assert.equal(formatOf(title), '49', title);
    }
    assert.equal(formatOf('ACW timeout (seconds)'), '0');
  });

  it('freezes the header and writes it bold', () => {
    const parts = partsOf(templateXlsx('SAML', offer));
    const sheet = elements(parts, 'xl/worksheets/sheet1.xml');
    const pane = sheet.find((element) => element.name === 'pane');
    assert.deepEqual([pane?.attributes.ySplit, pane?.attributes.state], ['1', 'frozen']);
    const head = sheet.find((element) => element.attributes.r === 'A1');
    const formats = elements(parts, 'xl/styles.xml').filter((element) => element.name === 'xf');
    assert.equal(formats[1 + Number(head?.attributes.s)]?.attributes.fontId, '1');
  });

  it('is the same bytes for the same instance', () => {
    assert.deepEqual(templateXlsx('SAML', offer), templateXlsx('SAML', offer));
  });
});

type Element = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The whole text inside, including the text of its children. */
  text: string;
};

function partsOf(workbook: Uint8Array): Map<string, string> {
  return new Map(Object.entries(unzipSync(workbook)).map(([name, it]) => [name, strFromU8(it)]));
}

/** The elements of a part in document order. Fails when the part is not well-formed. */
function elements(parts: ReadonlyMap<string, string>, part: string): Element[] {
  const found: Element[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes: attributes as Record<string, string>, text: '' };
    found.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    for (const element of open) element.text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.write(parts.get(part) ?? '').close();
  return found;
}

function cellsOf(parts: ReadonlyMap<string, string>, part: string, letters: string, row?: number) {
  const place = new RegExp(`^${letters}${row ?? '\\d+'}$`);
  return elements(parts, part).filter(
    (element) => element.name === 'c' && place.test(element.attributes.r ?? ''),
  );
}

function validationsOf(parts: ReadonlyMap<string, string>) {
  const part = 'xl/worksheets/sheet1.xml';
  const all = elements(parts, part);
  return all.flatMap((element, at) => {
    if (element.name !== 'dataValidation') return [];
    const place = element.attributes.sqref ?? '';
    const formulas: string[] = [];
    for (const next of all.slice(at + 1)) {
      if (!next.name.startsWith('formula')) break;
      formulas.push(next.text);
    }
    const [head] = cellsOf(parts, part, /^[A-Z]+/.exec(place)?.[0] ?? '', 1);
    const { type, errorStyle } = element.attributes;
    return [{ title: head?.text ?? '', place, type, errorStyle, formulas }];
  });
}
