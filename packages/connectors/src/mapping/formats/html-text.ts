import type { ChildNode, Element, ParentNode } from "domhandler";
import { parseFragment } from "parse5";
import { adapter } from "parse5-htmlparser2-tree-adapter";

/** Elements that end a line where they stand. */
const LINES = new Set([
  "br",
  "p",
  "div",
  "li",
  "tr",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "dt",
  "dd",
  "table",
  "ul",
  "ol",
]);
/** Elements whose text nobody reads. */
const UNREAD = new Set(["script", "style", "noscript", "template", "svg", "head"]);
/** Deeper markup is cut off: no page that people read is nested so. */
const DEPTH_MAX = 400;

/** Whether a node is an element, which alone has attributes. */
export function isElement(node: { type: string }): node is Element {
  return "attribs" in node && "children" in node;
}

/** The words of a piece of HTML, as they are read: lines where its markup breaks them, no markup. */
export function textOfHtml(html: string): string {
  if (!/[<&]/u.test(html)) return html.trim();
  return textOf(parseFragment(html, { treeAdapter: adapter }));
}

/** The words of a node. Blanks are single; what ends a line in a browser ends one here. */
export function textOf(
  node: ParentNode | ChildNode,
  isLeftOut: (element: Element) => boolean = () => false,
): string {
  const parts: string[] = [];
  collect(node, parts, isLeftOut, 0);
  return parts
    .join("")
    .replace(/[^\S\n]+/gu, " ")
    .replace(/ ?\n ?/gu, "\n")
    .replace(/\n{2,}/gu, "\n")
    .trim();
}

function collect(
  node: ParentNode | ChildNode,
  parts: string[],
  isLeftOut: (element: Element) => boolean,
  depth: number,
): void {
  if (depth > DEPTH_MAX) return;
  if (node.type === "text") parts.push(node.data.replace(/\s+/gu, " "));
  if (!("children" in node)) return;
  const name = isElement(node) ? node.name : "";
  if (UNREAD.has(name) || (isElement(node) && isLeftOut(node))) return;
  if (LINES.has(name)) parts.push("\n");
  for (const child of node.children) collect(child, parts, isLeftOut, depth + 1);
  if (LINES.has(name) && name !== "br") parts.push("\n");
}
