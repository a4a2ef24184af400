import { expect, test } from "vitest";
import { giveBytesBack, takeBytes } from "./reused-bytes.ts";

test("memory that was given back is used again for what fits, and until then by nobody else", () => {
  const first = takeBytes(20_000).fill("a");
  const other = takeBytes(20_000).fill("b");
  expect(first.toString()).toBe("a".repeat(20_000));
  giveBytesBack(first);
  const again = takeBytes(17_000);
  expect(again.buffer).toBe(first.buffer);
  expect(again).toHaveLength(17_000);
  expect(other.toString()).toBe("b".repeat(20_000));
});

test("what is larger than any list is not kept", () => {
  const huge = takeBytes(3_000_000);
  giveBytesBack(huge);
  expect(takeBytes(3_000_000).buffer).not.toBe(huge.buffer);
});
