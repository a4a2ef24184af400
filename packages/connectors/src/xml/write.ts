/** An element to be written: its name with prefix, attributes, and text or what is inside. */
export interface XmlNode {
  name: string;
  attributes?: Readonly<Record<string, string>>;
  content: string | readonly XmlNode[];
}

/** What XML 1.0 cannot carry, not even as a reference. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const NOT_IN_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu;

/** An element. Undefined content is left out by `present`, so that an empty one is never written. */
export function node(
  name: string,
  content: string | readonly (XmlNode | undefined)[],
  attributes?: Readonly<Record<string, string>>,
): XmlNode {
  const inside = typeof content === "string" ? content : content.filter((one) => one !== undefined);
  return { name, content: inside, ...(attributes && { attributes }) };
}

/** An element for a value that may be missing: then there is none. */
export function present(
  name: string,
  value: string | number | boolean | undefined | null,
): XmlNode | undefined {
  return value === undefined || value === null || value === "" ? undefined : node(name, String(value));
}

/** The document, indented, in UTF-8. `comment` stands before the root. */
export function writeXml(root: XmlNode, comment?: string): string {
  const remark = comment === undefined ? "" : `<!-- ${comment.replaceAll("--", "- -")} -->\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${remark}${textOfNode(root, "")}\n`;
}

function textOfNode({ name, attributes = {}, content }: XmlNode, indent: string): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escaped(value).replaceAll("\n", LINE_BREAK)}"`,
  );
  const tag = `${name}${written.join("")}`;
  if (content.length === 0) return `${indent}<${tag}/>`;
  if (typeof content === "string") return `${indent}<${tag}>${escaped(content)}</${name}>`;
  const inside = content.map((one) => textOfNode(one, `${indent}  `)).join("\n");
  return `${indent}<${tag}>\n${inside}\n${indent}</${name}>`;
}

const REFERENCES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  // A line break as such would be read as another one, or in an attribute as a blank.
  "\r": "&#13;",
  "\t": "&#9;",
};
/** An attribute's line break is read as a blank. */
const LINE_BREAK = "&#10;";

function escaped(text: string): string {
  return text.replace(NOT_IN_XML, "\uFFFD").replace(/[&<>"\r\t]/gu, (one) => REFERENCES[one] ?? one);
}
