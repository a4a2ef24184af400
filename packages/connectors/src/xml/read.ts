import { SaxesParser } from "saxes";

/** An element with what is inside it. Its name is told by namespace, never by the sender's prefix. */
export interface XmlElement {
  /** Without its prefix. */
  name: string;
  /** Empty when it has none. */
  namespace: string;
  /** By local name. */
  attributes: ReadonlyMap<string, string>;
  children: readonly XmlElement[];
  /** All text directly inside, trimmed; of a CDATA section too. */
  text: string;
  /** In which it begins, from 1. */
  line: number;
}

export type XmlRead = { ok: true; root: XmlElement } | { ok: false; problem: string };

/** Longest document that is read, in characters. */
export const XML_MAX_CHARS = 8_000_000;
/** Deepest nesting that any of the formats we read comes near to. */
const DEPTH_MAX = 64;
/** Most elements of one document. */
const ELEMENTS_MAX = 400_000;

interface Open {
  name: string;
  namespace: string;
  attributes: Map<string, string>;
  children: XmlElement[];
  texts: string[];
  line: number;
}

/**
 * Read a whole XML document that somebody else made.
 *
 * A document type declaration is refused: none of our formats has one, and it is what entity bombs
 * and reads of foreign files (XXE) are made of. Nothing outside of the text is ever fetched.
 */
export function readXml(text: string): XmlRead {
  if (text.length > XML_MAX_CHARS)
    return { ok: false, problem: `the document is longer than ${XML_MAX_CHARS} characters` };
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: Open[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  const refuse = (problem: string): never => {
    throw new Refusal(`line ${parser.line}: ${problem}`);
  };

  parser.on("doctype", () => refuse("a document type declaration (DOCTYPE) is not read here"));
  parser.on("error", (error) => {
    // Its message begins with the place: 3:14: what.
    throw new Refusal(`line ${error.message.replace(/^(\d+):\d+:/u, "$1:")}`);
  });
  parser.on("opentag", (tag) => {
    elements += 1;
    if (elements > ELEMENTS_MAX) refuse(`more than ${ELEMENTS_MAX} elements`);
    if (open.length >= DEPTH_MAX) refuse(`elements are nested more than ${DEPTH_MAX} deep`);
    open.push({
      name: tag.local,
      namespace: tag.uri,
      attributes: new Map(Object.values(tag.attributes).map(({ local, value }) => [local, value])),
      children: [],
      texts: [],
      line: parser.line,
    });
  });
  const take = (piece: string) => void open.at(-1)?.texts.push(piece);
  parser.on("text", take);
  parser.on("cdata", take);
  parser.on("closetag", () => {
    const done = open.pop();
    if (!done) return;
    const { texts, ...rest } = done;
    const element = { ...rest, text: texts.join("").trim() };
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
  });

  try {
    parser.write(text.replace(/^\uFEFF/u, "")).close();
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, problem: error.message };
    throw error;
  }
  return root ? { ok: true, root } : { ok: false, problem: "there is no element in it" };
}

class Refusal extends Error {}

/** The first child of a name, in whatever namespace. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** All children of a name, in whatever namespace. */
export function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** The text of the first child of a name; undefined when there is none or it is empty. */
export function textOf(element: XmlElement | undefined, name: string): string | undefined {
  return childOf(element, name)?.text || undefined;
}

/** The elements of a name at any depth, outermost first; what is inside of a found one is not looked at. */
export function findAll(element: XmlElement, isMeant: (element: XmlElement) => boolean): XmlElement[] {
  return isMeant(element) ? [element] : element.children.flatMap((child) => findAll(child, isMeant));
}
