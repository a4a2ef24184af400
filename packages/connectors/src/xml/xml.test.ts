import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readXml, XML_MAX_CHARS } from "./read.ts";
import { node, writeXml } from "./write.ts";

function problemOf(text: string): string {
  const read = readXml(text);
  return read.ok ? "read" : read.problem;
}

describe("hostile documents are refused with the reason", () => {
  test("an entity bomb", () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>`;
    expect(problemOf(bomb)).toMatch(/^line 1: a document type declaration/);
  });

  test("an entity that reads a file", () => {
    const xxe = `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>`;
    expect(problemOf(xxe)).toMatch(/document type declaration/);
  });

  test("an entity that nobody declared", () => {
    expect(problemOf("<x>&nbsp;</x>")).toMatch(/^line 1: .*entity/i);
  });

  test("nesting without end", () => {
    expect(problemOf("<x>".repeat(100_000))).toMatch(/nested more than 64 deep/);
  });

  test("a document that is too long", () => {
    expect(problemOf(`<x>${" ".repeat(XML_MAX_CHARS)}</x>`)).toMatch(/longer than/);
  });

  test("too many elements", () => {
    expect(problemOf(`<x>${"<a/>".repeat(400_001)}</x>`)).toMatch(/more than 400000 elements/);
  });

  test("what is not XML, not whole, or nothing", () => {
    expect(problemOf("")).not.toBe("read");
    expect(problemOf("<html><br></html>")).toMatch(/^line 1: /);
    expect(problemOf("<x>\n<y>\n</x>")).toMatch(/^line 3: /);
    expect(problemOf('{"a": 1}')).not.toBe("read");
    expect(problemOf("<p:x/>")).toMatch(/namespace/i);
  });
});

test("names are told by namespace, whatever the prefix", () => {
  const read = readXml(`<?xml version="1.0"?><a:x xmlns:a="urn:one"><b xmlns="urn:two" c="1"> t </b></a:x>`);
  expect(read).toMatchObject({
    ok: true,
    root: { name: "x", namespace: "urn:one", children: [{ name: "b", namespace: "urn:two", text: "t" }] },
  });
});

test("whatever text is written is read back, except what XML cannot carry", () => {
  const text = fc.string({ unit: "grapheme" }).map((one) => one.trim());
  fc.assert(
    fc.property(text, text, (inside, attribute) => {
      const read = readXml(writeXml(node("x", [node("y", inside, { z: attribute })])));
      const [child] = read.ok ? read.root.children : [];
      const carried = (one: string) =>
        // oxlint-disable-next-line no-control-regex -- as XML 1.0 says
        one.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu, "\uFFFD");
      expect(child?.text).toBe(carried(inside).trim());
      expect(child?.attributes.get("z")).toBe(carried(attribute));
    }),
  );
});
