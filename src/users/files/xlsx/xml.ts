/** The XML of a workbook's parts: read piece by piece, with names without prefixes. */
import { SaxesParser } from 'saxes';

export type XmlHandler = {
  open?(name: string, attributes: ReadonlyMap<string, string>): void;
  text?(text: string): void;
  close?(name: string): void;
  /** Called between pieces: true ends the reading early. */
  done?(): boolean;
};

/** A sheet has six levels. A document that opens elements without closing them is intended to fill the memory. */
const deepest = 64;
/** An element of a workbook has a dozen attributes. */
const mostAttributes = 200;

/**
 * Parses a part. Entities other than XML's own five are errors, so that no document can expand while it is read; all
 * other violations of well-formedness are errors too.
 */
export async function readXml(pieces: AsyncIterable<string>, handler: XmlHandler): Promise<void> {
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  let depth = 0;
  let attributeCount = 0;
  parser.on('attribute', () => {
    attributeCount += 1;
    if (attributeCount > mostAttributes) throw new Error(`more than ${mostAttributes} attributes`);
  });
  parser.on('opentag', ({ name, attributes }) => {
    attributeCount = 0;
    depth += 1;
    if (depth > deepest) throw new Error(`nested deeper than ${deepest}`);
    handler.open?.(
      withoutPrefix(name),
      new Map(Object.entries(attributes).map(([key, value]) => [withoutPrefix(key), value])),
    );
  });
  if (handler.text) {
    const { text } = handler;
    parser.on('text', text);
    parser.on('cdata', text);
  }
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    handler.close?.(withoutPrefix(name));
  });
  for await (const piece of pieces) {
    parser.write(piece);
    if (handler.done?.()) return;
  }
  parser.close();
}

/** Some programs write `<x:row>` where Excel writes `<row>`. */
function withoutPrefix(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
