import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import type { Meaning, MeaningKind } from "@ihims/core/search/endpoints.ts";
import { NO_TERMS, writeTerms } from "./terms.ts";

/** What kind of thing a meaning is, told beside its name. */
export const MEANING_WORDS: Record<MeaningKind, MessageDescriptor> = {
  facility: msg`Place of care`,
  specialty: msg`Specialty`,
  condition: msg`Illness or complaint`,
  procedure: msg`Procedure`,
  doctor: msg`Doctor`,
  medicine: msg`Medicine`,
  blood: msg`Blood`,
  scheme: msg`Scheme`,
  place: msg`Area`,
  bed: msg`Bed`,
  service: msg`Service`,
  kind: msg`Kind of place`,
  open: msg`Opening hours`,
};

/** Where a meaning leads: its own page when it has one, otherwise a search for just it. */
export function pathOfMeaning({ kind, id, name, names }: Meaning): { path: string; search: URLSearchParams } {
  if (kind === "facility") return { path: `/facilities/${id}`, search: new URLSearchParams() };
  if (kind === "doctor") return { path: `/doctors/${id}`, search: new URLSearchParams() };
  if (kind === "medicine")
    return id.startsWith("m-")
      ? { path: `/medicines/${id}`, search: new URLSearchParams() }
      : { path: "/medicines", search: new URLSearchParams({ q: names["en"] ?? name }) };
  if (kind === "blood")
    return { path: "/blood", search: new URLSearchParams(id === "any" ? {} : { group: id }) };
  return { path: "/search", search: writeTerms({ ...NO_TERMS, q: name }) };
}

/** What keeps a meaning apart from others of the same name. */
export function keyOfMeaning({ kind, id }: Meaning): string {
  return `${kind}:${id}`;
}
