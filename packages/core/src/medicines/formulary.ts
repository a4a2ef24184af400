import { fold } from "../search/fold.ts";
import { DIGESTION_BLOOD_HEART } from "./data/generics-digestion-blood-heart.ts";
import { INFECTIONS_CANCER_HORMONES } from "./data/generics-infections-cancer.ts";
import { NERVES_LUNGS_SKIN } from "./data/generics-nerves-lungs-skin.ts";
import { findForms, releaseOf, routeOf } from "./forms.ts";
import { GENERICS } from "./generics.ts";
import { GenericId, Schedule, type Form, type Ingredient, type ReleaseType, type Route } from "./schema.ts";
import { readStrength } from "./strengths.ts";
import { isSaltWord, saltOf, slugOf, SubstanceNames, substanceWords } from "./substances.ts";

/** About what a tablet of it costs, `a` (some paise to two rupees) to `f` (a thousand and more). */
export type PriceClass = "a" | "b" | "c" | "d" | "e" | "f";

/** A generic, or a fixed combination, as the formulary has it. */
export interface FormularyEntry {
  /** One, or those of a combination in the order in which it is named. */
  generics: readonly GenericId[];
  /** The INN first, then what others call it. */
  names: readonly string[];
  atc: string | null;
  schedule: Schedule;
  priceClass: PriceClass;
  /** Read when they are first wanted: who only looks names up has no use for them. */
  presentations(): readonly Presentation[];
}

/** A strength in a form: what is looked for on a shelf, whoever makes it. */
export interface Presentation {
  composition: Ingredient[];
  form: Form;
  route: Route;
  release: ReleaseType;
  atc: string | null;
}

/** Everything that is known of generics. */
export interface Formulary {
  entries: readonly FormularyEntry[];
  substances: SubstanceNames;
  /** The INN of a generic; undefined for one that only an imported list has. */
  nameOf(generic: GenericId): string | undefined;
  /** The entry of exactly these generics, in any order. */
  entryOf(generics: readonly GenericId[]): FormularyEntry | undefined;
  /** All names by which a generic is asked for, in any script. */
  namesOf(generic: GenericId): readonly string[];
}

let made: Formulary | undefined;

/** The formulary, read when it is first wanted. @throws Error that names a line that cannot be read */
export function formulary(): Formulary {
  return (made ??= readFormulary([DIGESTION_BLOOD_HEART, INFECTIONS_CANCER_HORMONES, NERVES_LUNGS_SKIN]));
}

/** Key of a set of generics. */
export function setKey(generics: readonly GenericId[]): string {
  return generics.toSorted().join("+");
}

function readFormulary(texts: readonly string[]): Formulary {
  const lines = texts.flatMap((text) => text.trim().split("\n"));
  const substances = new SubstanceNames();
  const names = new Map<GenericId, string[]>();
  const learn = (generic: GenericId, some: readonly string[], salts: readonly string[]) => {
    names.set(generic, [...(names.get(generic) ?? []), ...some]);
    substances.add(generic, some, salts);
  };
  for (const line of lines) {
    const [name = "", , , , others = "", salts = ""] = line.split("|");
    if (name.includes(" + ")) continue;
    learn(GenericId.parse(slugOf(name)), [name, ...listOf(others)], listOf(salts));
  }
  for (const line of lines) {
    for (const name of (line.split("|")[0] ?? "").split(" + "))
      if (!substances.find(substanceWords(name))) learn(GenericId.parse(slugOf(name)), [name], []);
  }
  for (const { id, hi, mr } of GENERICS) {
    const generic = GenericId.safeParse(id).data;
    // Those behind the first are brands as often as not, and a brand is no name of its generic.
    if (generic !== undefined) names.get(generic)?.push(...hi.slice(0, 1), ...mr.slice(0, 1));
  }
  const entries = lines.map((line) => readLine(line, substances));
  const bySet = new Map(entries.map((entry) => [setKey(entry.generics), entry]));
  return {
    entries,
    substances,
    nameOf: (generic) => names.get(generic)?.[0],
    entryOf: (generics) => bySet.get(setKey([...new Set(generics)])),
    namesOf: (generic) => names.get(generic) ?? [],
  };
}

function listOf(text: string): string[] {
  return text === "" ? [] : text.split(",");
}

function readLine(line: string, substances: SubstanceNames): FormularyEntry {
  const [name = "", atc = "", schedule, priceClass, others = "", , presentations = ""] = line.split("|");
  const parts = name.split(" + ");
  const generics = parts.map((part) => substances.find(substanceWords(part)) ?? fail(line, `"${part}"`));
  let read: Presentation[] | undefined;
  return {
    generics,
    names: [name, ...listOf(others)],
    atc: atc || null,
    schedule: Schedule.parse(schedule),
    priceClass: /^[a-f]$/.test(priceClass ?? "") ? (priceClass as PriceClass) : fail(line, "price class"),
    presentations: () =>
      (read ??= presentations
        .split("; ")
        .flatMap((text) => readPresentations(text, { line, parts, generics, atc: atc || null }))),
  };
}

interface OfLine {
  line: string;
  parts: readonly string[];
  generics: readonly GenericId[];
  atc: string | null;
}

/** "tab sr succinate 25mg+5mg,50mg+5mg @C07FB13": form and salt, strengths, a code of its own. */
function readPresentations(text: string, { line, parts, generics, atc }: OfLine): Presentation[] {
  const [what = "", own] = text.split(" @");
  const [, head = "", strengths = ""] = /^(\D*?) ([\d-].*)$/.exec(what) ?? fail(line, text);
  const words = fold(head).split(" ");
  const [found] = findForms(words);
  if (!found) return fail(line, `a form in "${text}"`);
  const { form } = found;
  const salt = saltOf(words.filter((word, at) => at >= found.to && isSaltWord(word)));
  return strengths.split(",").map((some) => ({
    composition: parts.map((part, at): Ingredient => {
      const written = some.split("+")[at] ?? "-";
      const strength = written === "-" ? null : (readStrength(written) ?? fail(line, `"${written}"`));
      const generic = generics[at] ?? fail(line, part);
      const own = at === 0 ? salt : null;
      return { generic, salt: own, name: own ? `${part} ${own.replaceAll("-", " ")}` : part, strength };
    }),
    form,
    route: routeOf(form, head),
    release: releaseOf(form, head),
    atc: own ?? atc,
  }));
}

function fail(line: string, what: string): never {
  throw new Error(`the formulary's line "${line}" has something that cannot be read: ${what}`);
}
