import type { z } from "zod";
import { RADIUS_MAX_M } from "@ihims/core/facilities/endpoints.ts";
import type { FacilityKind } from "@ihims/core/facilities/schema.ts";
import { distanceM, positionOf, type Position } from "@ihims/core/geo.ts";
import type { Language } from "@ihims/core/languages.ts";
import { MedicineId } from "@ihims/core/medicines/schema.ts";
import { BedType } from "@ihims/core/beds/schema.ts";
import { FacilityKind as Kind } from "@ihims/core/facilities/schema.ts";
import type { Interpretation, search, SearchFilters, SearchReply } from "@ihims/core/search/endpoints.ts";
import { entriesOf, interpret, type Readers, type Understanding } from "@ihims/core/search/interpret.ts";
import type { SchemeId } from "@ihims/core/schemes/schema.ts";
import type { RedFlagId } from "@ihims/core/vocabulary/red-flags.ts";
import type { ServiceId } from "@ihims/core/vocabulary/schema.ts";
import type { Context } from "../../platform/context.ts";
import type { Found } from "../board/board.ts";
import {
  careRows,
  nearestEmergencyDepartments,
  NO_NEED,
  rankByCare,
  weigh,
  type CareMemory,
  type CareOptions,
  type CarePlace,
  type Need,
  type StockNeed,
} from "../care/care.ts";
import { firstStepsFor } from "@ihims/core/search/specialties.ts";
import { findMedicinesById } from "../medicines/medicines.ts";
import { entitiesOf, meaningsOf } from "./meanings.ts";
import type { NameKeeper } from "./names.ts";
import { bloodNeed, medicineNeed, type ShelfMemory } from "./stock-need.ts";

type Query = z.output<typeof search.query>;

/** A name this much worse than the best is somebody else's. */
const NAMED_SHARE_MIN = 0.85;
/** Where people are treated, for a search that names no kind. */
const TREATING: readonly FacilityKind[] = ["hospital", "clinic", "health-centre", "maternity-home"];
const WITH_MEDICINES: readonly FacilityKind[] = ["pharmacy", "dispensary"];

/** What a danger is treated with at the door, beside what every emergency department has. */
const HELPS_BY_FLAG: Partial<Record<RedFlagId, readonly ServiceId[]>> = {
  heart: ["cath-lab"],
  stroke: ["ct-scan"],
  "head-injury": ["ct-scan"],
  accident: ["ct-scan"],
  snake: ["antivenom"],
  "animal-bite": ["anti-rabies-vaccine"],
  burn: ["burns-unit"],
  pregnancy: ["operating-theatre"],
  labour: ["labour-room"],
};

/** What a search is answered from. */
export interface SearchMemory extends CareMemory, ShelfMemory {
  names: NameKeeper;
  readers: Readers;
}

/** What words mean and where to go now, as JSON: the rows of places come ready-made from the board. */
export async function answerSearch(
  ctx: Context,
  memory: SearchMemory,
  query: Query,
  lang: Language,
): Promise<Buffer> {
  memory.names.bringUpToDate();
  await memory.names.medicines.current();
  const understood = interpret(query.q, memory.names, memory.readers, new Set(query.without));
  const near = nearOf(memory, understood, query.near === undefined ? null : positionOf(query.near));
  const placesMax = query.places ?? query.limit;
  const stock = placesMax > 0 ? await stockNeedOf(ctx, memory, understood, lang) : null;
  const need = narrowed(needOf(understood, query.scheme ?? null, stock), query);
  const options: CareOptions = {
    now: ctx.now(),
    timeZone: ctx.city.timeZone,
    lang,
    radiusM: query.radius ?? RADIUS_MAX_M,
    request: `${query.near ?? ""} ${query.q}`,
    withDoubtful: true,
  };
  const departments =
    near.position && placesMax > 0
      ? await nearestEmergencyDepartments(memory, near.position, options, need.isForChild)
      : [];
  const places =
    placesMax > 0 ? await placesFor(memory, understood, need, near.position, ctx.city.centre, options) : [];
  const products = await findMedicinesById(
    ctx,
    understood.medicines.flatMap(({ key }) => MedicineId.safeParse(key).data ?? []),
  );
  const tellers = { ...memory, lang, products: new Map(products.map((one) => [one.id as string, one])) };
  const interpretation: Interpretation = {
    intent: understood.intent === "named-facility" ? "facility" : understood.intent,
    entities: entitiesOf(understood, tellers),
    corrected: understood.corrected,
    near: near.position,
    nearFrom: near.from,
  };
  const head: Omit<SearchReply, "facilities" | "emergencyDepartments"> = {
    interpretation,
    emergency: understood.danger !== undefined,
    ...(understood.danger && { firstSteps: firstStepsFor(understood.danger.flag, lang) }),
    items: meaningsOf(understood, tellers, query.limit),
    filters: filtersOf(need, understood),
  };
  return Buffer.concat([
    Buffer.from(`${JSON.stringify(head).slice(0, -1)},"facilities":[`),
    careRows(memory.board, places.slice(0, placesMax), options, need.bed),
    Buffer.from('],"emergencyDepartments":['),
    careRows(memory.board, departments, options, "emergency"),
    Buffer.from("]}"),
  ]);
}

/** From where: the place that the words name before the one that the request gives. */
function nearOf(
  { names, board }: SearchMemory,
  { place, intent, places }: Understanding,
  asked: Position | null,
): { position: Position | null; from: Interpretation["nearFrom"] } {
  const named =
    place?.kind === "facility"
      ? board.entry(place.name.key)?.facility.position
      : names.place(place?.name.key ?? (intent === "place" ? (places[0]?.key ?? "") : ""))?.position;
  if (named) return { position: named, from: "words" };
  return { position: asked, from: asked ? "request" : null };
}

/** Most services that are looked out for beside what was asked. */
const HELPS_MAX = 2;
/** Only an entry that the words are surely of says what they need. */
const SURELY = 0.9;

/** What the illness, or the danger, is often treated with. */
function helpsFor({ danger, complaint, complaintScore, intent }: Understanding): readonly string[] {
  if (danger) return HELPS_BY_FLAG[danger.flag] ?? [];
  const [entry] = entriesOf(complaint, 1);
  if (intent !== "care" || !entry || entry.score * complaintScore < SURELY) return [];
  return (entry.entry.needs?.services ?? []).slice(0, HELPS_MAX);
}

/** What has to be at a place for it to be an answer. */
function needOf(understood: Understanding, scheme: SchemeId | null, stock: StockNeed | null): Need {
  const { intent, terms, specialties } = understood;
  const ids = (kind: (typeof terms)[number]["term"]["kind"]) =>
    terms.filter(({ term }) => term.kind === kind).map(({ term }) => term.id);
  const need: Need = {
    ...NO_NEED,
    kinds: ids("kind").flatMap((id) => Kind.safeParse(id).data ?? []),
    specialties,
    services: ids("service").filter((id) => id !== "emergency"),
    bed: ids("bed").map((id) => BedType.safeParse(id).data)[0] ?? null,
    scheme: scheme ?? ids("scheme")[0] ?? null,
    isOpen: ids("open").length > 0,
    isEmergency: intent === "emergency",
    isForChild: ["child", "newborn"].includes(understood.complaint.hints.age ?? ""),
    helps: helpsFor(understood),
  };
  switch (intent) {
    case "emergency":
      // Beds and services are asked for again at the door; what counts now is to come there.
      return { ...need, kinds: [], services: [] };
    case "medicine":
      return { ...need, kinds: WITH_MEDICINES, specialties: [], services: [], stock };
    case "blood":
      return { ...need, kinds: ["blood-bank"], specialties: [], services: [], stock };
    case "place":
      return { ...need, kinds: need.kinds.length > 0 ? need.kinds : TREATING };
    default:
      return need;
  }
}

/** What the words want from a shelf; null: nothing. */
async function stockNeedOf(
  ctx: Context,
  memory: SearchMemory,
  { intent, medicines, blood }: Understanding,
  lang: Language,
): Promise<StockNeed | null> {
  if (intent === "medicine") return (await medicineNeed(ctx, memory, medicines, lang)) ?? null;
  return intent === "blood" && blood?.group ? bloodNeed(memory.board, blood.group) : null;
}

/** What the request asks for beside its words. */
function narrowed(need: Need, { kind, open }: Query): Need {
  return {
    ...need,
    kinds: kind ?? need.kinds,
    isOpen: need.isOpen || open === "now",
  };
}

/** Where to go, best first. */
async function placesFor(
  memory: SearchMemory,
  understood: Understanding,
  need: Need,
  near: Position | null,
  centre: Position,
  options: CareOptions,
): Promise<CarePlace[]> {
  switch (understood.intent) {
    case "unknown":
      return [];
    case "named-facility": {
      const scores = new Map(best(understood.facilities).map(({ key, score }) => [key, score]));
      const found = foundAt(memory, scores.keys(), near ?? centre);
      const places = await weigh(memory, { ...need, kinds: [] }, near, found, options);
      // The better name first; of equals the one where care is sooner.
      return places.sort(
        (a, b) =>
          (scores.get(b.entry.facility.id) ?? 0) - (scores.get(a.entry.facility.id) ?? 0) || a.key - b.key,
      );
    }
    case "doctor": {
      const doctors = best(understood.doctors).flatMap(({ key }) => memory.doctors.doctor(key) ?? []);
      const ids = new Set(doctors.flatMap(({ posts }) => posts.map(({ facility }) => facility)));
      const specialties = [...new Set(doctors.flatMap((doctor) => doctor.specialties))];
      const found = foundAt(memory, ids, near ?? centre);
      return await weigh(memory, { ...need, kinds: [], specialties }, near, found, options);
    }
    default:
      return await rankByCare(memory, need, near, centre, options);
  }
}

function best<Found extends { score: number }>(found: readonly Found[]): Found[] {
  return found.filter(({ score }) => score >= (found[0]?.score ?? 0) * NAMED_SHARE_MIN);
}

function foundAt(
  { board }: SearchMemory,
  ids: Iterable<Parameters<CareMemory["board"]["entry"]>[0]>,
  from: Position,
): Found[] {
  return [...ids].flatMap((id) => {
    const entry = board.entry(id);
    return entry ? [{ entry, distance: distanceM(from, entry.facility.position) }] : [];
  });
}

function filtersOf(need: Need, { blood }: Understanding): SearchFilters {
  return {
    kind: [...need.kinds],
    specialties: [...need.specialties],
    services: [...need.services],
    bed: need.bed,
    blood: blood?.group ?? null,
    scheme: need.scheme,
    open: need.isOpen ? "now" : null,
  };
}
