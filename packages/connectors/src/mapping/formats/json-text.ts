import { UnreadableSource } from "../record.ts";

/**
 * Read JSON as portals publish it: also behind the guard `)]}'`, as a script (`var beds = {...};`,
 * `show({...})`), and with the NaN that some programs write for nothing.
 *
 * @throws UnreadableSource in words, when it is none
 */
export function parseJsonText(text: string): unknown {
  const body = text
    .replace(/^\uFEFF/u, "")
    .replace(/^\)\]\}',?\s*/u, "")
    .trim();
  if (body === "") throw new UnreadableSource("it is empty");
  if (body.startsWith("<")) throw new UnreadableSource("it is a web page or XML, not JSON");
  let first: unknown;
  for (const candidate of candidates(body)) {
    try {
      return JSON.parse(candidate);
    } catch (error) {
      first ??= error;
    }
  }
  const reason = first instanceof Error ? first.message.slice(0, 200) : "no reason is given";
  throw new UnreadableSource(`it is not JSON: ${reason}`);
}

function* candidates(body: string): Generator<string> {
  yield body;
  const script = withoutScript(body);
  if (script !== undefined) yield script;
  const plain = script ?? body;
  if (/\b(?:NaN|Infinity)\b/u.test(plain))
    yield plain.replace(/([:[,]\s*)(?:NaN|-?Infinity)(?=\s*[,}\]])/gu, "$1null");
}

/** What is assigned or handed over in a script of one statement. */
function withoutScript(body: string): string | undefined {
  // The heads are short: nothing long is tried in two ways.
  const head =
    /^(?:export\s+default\s+|(?:(?:var|let|const)\s+)?[\w$.[\]"']{1,100}\s*=\s*|[\w$.]{1,100}\()(?=[[{])/u.exec(
      body,
    );
  if (!head) return undefined;
  const end = Math.max(body.lastIndexOf("}"), body.lastIndexOf("]"));
  return body.slice(head[0].length, end + 1);
}
