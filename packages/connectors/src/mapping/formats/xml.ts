import { SaxesParser } from "saxes";
import { UnreadableSource, type SourcePage, type SourceParent, type SourceRecord } from "../record.ts";
import type { Records } from "../schema.ts";

const DEPTH_MAX = 200;
/** Elements of one record. */
const RECORD_MAX_ELEMENTS = 50_000;

/** An element that is being read: its attributes as `@name`, its elements by name, its words as `#text`. */
interface Open {
  name: string;
  fields: Record<string, unknown>;
  text: string;
  isInRecord: boolean;
}

/**
 * Read the records of an XML document piece by piece: the elements at the end of a path of names
 * without prefixes, as `Hospitals.Hospital`, the root's name first; `*` is any name. Without a path
 * the children of the root. Entities of a document's own are not expanded: they refuse it.
 *
 * @throws UnreadableSource when it is no XML, or nothing is at the path
 */
export async function* readXml(
  chunks: Iterable<string> | AsyncIterable<string>,
  records: Records,
  page: SourcePage,
  numbers: { next: number },
): AsyncGenerator<SourceRecord> {
  const reader = new RecordReader((records.path ?? "*.*").split("."), page, numbers);
  for await (const chunk of chunks) yield* reader.write(chunk);
  yield* reader.close();
  if (reader.count === 0)
    throw new UnreadableSource(
      `there is no element ${records.path ?? "below the root"}: has the file's shape changed?`,
    );
}

class RecordReader {
  count = 0;
  readonly #path: readonly string[];
  readonly #page: SourcePage;
  readonly #numbers: { next: number };
  readonly #parser = new SaxesParser();
  readonly #open: Open[] = [];
  readonly #root: Record<string, unknown> = {};
  #ready: SourceRecord[] = [];
  #elements = 0;

  constructor(path: readonly string[], page: SourcePage, numbers: { next: number }) {
    this.#path = path;
    this.#page = { ...page, isXml: true, root: this.#root };
    this.#numbers = numbers;
    this.#parser.on("error", (error) => {
      throw new UnreadableSource(`it is not XML that can be read: ${error.message.slice(0, 200)}`);
    });
    this.#parser.on("opentag", ({ name, attributes }) => {
      this.#begin(name, attributes);
    });
    this.#parser.on("text", (text) => {
      const here = this.#open.at(-1);
      if (here) here.text += text;
    });
    this.#parser.on("cdata", (text) => {
      const here = this.#open.at(-1);
      if (here) here.text += text;
    });
    this.#parser.on("closetag", () => {
      this.#end();
    });
  }

  write(chunk: string): SourceRecord[] {
    this.#parser.write(chunk);
    return this.#taken();
  }

  close(): SourceRecord[] {
    this.#parser.close();
    return this.#taken();
  }

  #taken(): SourceRecord[] {
    const taken = this.#ready;
    this.#ready = [];
    return taken;
  }

  #begin(name: string, attributes: Record<string, string>): void {
    const above = this.#open.at(-1);
    const fields = Object.fromEntries(
      Object.entries(attributes)
        .filter(([key]) => !/^xmlns(:|$)/u.test(key))
        .map(([key, value]) => [`@${localName(key)}`, value]),
    );
    // What stands around the records is what their root says of itself.
    if (this.#open.length === 0) Object.assign(this.#root, fields);
    const isRecord = this.#open.length === this.#path.length - 1 && this.#fits(localName(name));
    if (isRecord) this.#elements = 0;
    if (++this.#elements > RECORD_MAX_ELEMENTS && above?.isInRecord)
      throw new UnreadableSource(`one record has more than ${RECORD_MAX_ELEMENTS} elements`);
    if (this.#open.length >= DEPTH_MAX)
      throw new UnreadableSource(`its elements are nested more than ${DEPTH_MAX} deep`);
    this.#open.push({
      name: localName(name),
      fields: this.#open.length === 0 ? this.#root : fields,
      text: "",
      isInRecord: isRecord || above?.isInRecord === true,
    });
  }

  #fits(name: string): boolean {
    return [...this.#open.map((open) => open.name), name].every(
      (one, at) => this.#path[at] === "*" || this.#path[at] === one,
    );
  }

  #end(): void {
    const done = this.#open.pop();
    if (!done) return;
    const above = this.#open.at(-1);
    const value = valueOf(done);
    if (done.isInRecord && !above?.isInRecord) {
      this.#emit(done);
      return;
    }
    // Outside records only single words are kept: what stands around them, not the tree.
    if (above && (above.isInRecord || typeof value === "string")) addTo(above.fields, done.name, value);
  }

  #emit(done: Open): void {
    this.count += 1;
    const number = this.#numbers.next++;
    const names = [...this.#open.map(({ name }) => name), done.name];
    const text = done.text.trim();
    if (text !== "") addTo(done.fields, "#text", text);
    const parent = this.#parents();
    this.#ready.push({
      number,
      place: `${names.join("/")} ${this.count}`,
      fields: done.fields,
      page: this.#page,
      key: done.name,
      ...(parent && { parent }),
    });
  }

  #parents(): SourceParent | undefined {
    return this.#open.reduce<SourceParent | undefined>(
      (parent, { name, fields }) => ({ fields: { ...fields }, key: name, ...(parent && { parent }) }),
      undefined,
    );
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** An element's value: its words, unless it has more than words. */
function valueOf({ fields, text }: Open): unknown {
  const words = text.trim();
  if (Object.keys(fields).length === 0) return words;
  return words === "" ? fields : { ...fields, "#text": words };
}

/** Elements of one name become a list. */
function addTo(fields: Record<string, unknown>, name: string, value: unknown): void {
  const before = Object.hasOwn(fields, name) ? fields[name] : undefined;
  const after = before === undefined ? value : Array.isArray(before) ? before : [before, value];
  if (Array.isArray(before)) before.push(value);
  Object.defineProperty(fields, name, { value: after, enumerable: true, configurable: true, writable: true });
}
