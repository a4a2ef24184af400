import type { Mapping, Part } from "./schema.ts";

/** All JSONata texts that a part of a mapping asks for, its mapping's own included. */
export function expressionsIn(mapping: Mapping, part: Part): Set<string> {
  const { parts: _, ...shared } = mapping;
  const found = new Set<string>();
  collect({ ...shared, ...part }, found);
  return found;
}

function collect(value: unknown, found: Set<string>): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const one of value) collect(one, found);
    return;
  }
  for (const [key, one] of Object.entries(value)) {
    if (key === "expression" && typeof one === "string") found.add(one);
    else collect(one, found);
  }
}
