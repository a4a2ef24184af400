import { fold } from "../search/fold.ts";
import { GenericId } from "./schema.ts";

/** Salts and esters by every spelling, after the INN's modified names (INNM, WHO 1975 and later lists). */
// oxfmt-ignore
const SALT_SPELLINGS: Readonly<Record<string, string>> = {
  hcl: "hydrochloride", hydrochlorid: "hydrochloride", dihydrochloride: "hydrochloride", monohydrochloride: "hydrochloride", hydrochlor: "hydrochloride",
  sulphate: "sulfate", besylate: "besilate", besylat: "besilate", mesylate: "mesilate", tosylate: "tosilate", bisulphate: "bisulfate",
  fumerate: "fumarate", hydrogensulfate: "bisulfate", tromethamine: "trometamol", embonate: "pamoate", diethylammonium: "diethylamine",
  disodium: "sodium", trisodium: "sodium", dipotassium: "potassium", metilsulphate: "metilsulfate", methylsulfate: "metilsulfate", methylsulphate: "metilsulfate",
  hemifumarate: "fumarate", hemisulfate: "sulfate", hemitartrate: "tartrate", tetrahydrate: "",
  divalproate: "semisodium", cypionate: "cipionate", caproate: "caproate", hydrobrom: "hydrobromide", dihydrogen: "",
};
const SALTS: ReadonlySet<string> = new Set(
  `hydrochloride sulfate besilate mesilate tosilate bisulfate fumarate trometamol pamoate diethylamine sodium potassium calcium
  magnesium zinc aluminium lithium succinate tartrate bitartrate maleate malate citrate phosphate acetate nitrate bromide hydrobromide chloride
  iodide gluconate lactate lactobionate stearate estolate ethylsuccinate palmitate propionate dipropionate valerate furoate axetil
  proxetil pivoxil medoxomil kamedoxomil cilexetil erbumine arginine oxalate enanthate undecanoate cipionate decanoate caproate
  acetonide xinafoate mononitrate benzoate carbonate hyclate metilsulfate etabonate orotate picolinate aspartate mesna semisodium
  trihydrate gluceptate edisilate camsilate esilate napsilate butyrate meglumine lysine olamine hydroxide deoxycholate liposomal
  pegylated hexanoate pivalate teoclate saccharate bisglycinate benzathine procaine pidolate sulphonate sulfonate tannate`
    .split(/\s+/)
    .filter((word) => word !== "trihydrate"),
);
/** Says nothing of what the medicine is: water in the crystal, the pharmacopoeia that it follows. */
const SILENT: ReadonlySet<string> = new Set(
  "anhydrous monohydrate dihydrate trihydrate hemihydrate sesquihydrate hydrate hemipentahydrate pentahydrate hydrous ip bp usp nf jp eur ph pheur inn base micronised micronized pure powder equivalent recombinant".split(
    " ",
  ),
);

/** What a name stands for: a moiety and, where a list says so and it matters, its salt. */
export interface Substance {
  generic: GenericId;
  /** Null: the usual one, or none was said. */
  salt: string | null;
}

/** The words of a substance's name: folded, salts in one spelling, without what says nothing. */
export function substanceWords(name: string): string[] {
  const words = fold(name)
    .replace(/\([^)]*\)/g, " ")
    .replace(/[’'`]/g, "")
    .match(/[\p{L}\p{M}\d]+/gu);
  return (words ?? [])
    .map((word) => SALT_SPELLINGS[word] ?? word)
    .filter((word) => word !== "" && !SILENT.has(word));
}

/**
 * One key for the spellings of one name that British, American and international lists differ by:
 * amoxycillin, cephalexin, sulphasalazine, oestradiol, indomethacin, cyclosporin.
 */
export function spellingKey(words: readonly string[]): string {
  return words
    .join("")
    .replace(/ph/g, "f")
    .replace(/oe/g, "e")
    .replace(/ae/g, "e")
    .replace(/y/g, "i")
    .replace(/th/g, "t")
    .replace(/(.)\1/g, "$1")
    .replace(/e$/, "");
}

export function isSaltWord(word: string): boolean {
  return SALTS.has(word);
}

/** A salt in words as a slug; null for no words. */
export function saltOf(words: readonly string[]): string | null {
  return words.length === 0 ? null : words.join("-");
}

/** Generics by the spelling keys of all their names, and the salts that each is sold as. */
export class SubstanceNames {
  readonly #byKey = new Map<string, GenericId>();
  readonly #saltsOf = new Map<GenericId, readonly string[]>();

  /** @param salts the first is what a list means that names none; `-` and `?`: none is meant */
  add(generic: GenericId, names: Iterable<string>, salts: readonly string[]): void {
    for (const name of names) {
      const key = spellingKey(substanceWords(name));
      const known = this.#byKey.get(key);
      if (known !== undefined && known !== generic)
        throw new Error(`"${name}" is a name of ${known} and of ${generic}`);
      this.#byKey.set(key, generic);
    }
    const spelt = salts.map((salt) => saltOf(substanceWords(salt)) ?? salt);
    if (spelt.length > 0) this.#saltsOf.set(generic, spelt);
  }

  /** The generic of a name as it is, in any spelling; undefined when none is known. */
  find(words: readonly string[]): GenericId | undefined {
    return this.#byKey.get(spellingKey(words));
  }

  /** Whether a list that names no salt leaves open which is meant. */
  isSaltOpen({ generic, salt }: Substance): boolean {
    return salt === null && this.#saltsOf.get(generic)?.[0] === "?";
  }

  /**
   * What a name stands for. A name that nobody knows stands for itself.
   *
   * @returns undefined when there is no name in it
   */
  read(name: string): Substance | undefined {
    const words = substanceWords(name);
    if (!words.some((word) => /\p{L}/u.test(word))) return undefined;
    const whole = this.find(words);
    if (whole) return { generic: whole, salt: null };
    for (let cut = words.length - 1; cut > 0 && SALTS.has(words[cut] ?? ""); cut -= 1) {
      const generic = this.find(words.slice(0, cut));
      if (generic) return { generic, salt: this.#saltIn(generic, words.slice(cut)) };
    }
    // "Sodium valproate", "Magnesium esomeprazole".
    for (let from = 1; from < words.length && SALTS.has(words[from - 1] ?? ""); from += 1) {
      const generic = this.find(words.slice(from));
      if (generic) return { generic, salt: this.#saltIn(generic, words.slice(0, from)) };
    }
    return unknownSubstance(words);
  }

  #saltIn(generic: GenericId, words: readonly string[]): string | null {
    const salt = saltOf(words);
    return salt === this.#saltsOf.get(generic)?.[0] ? null : salt;
  }
}

function unknownSubstance(words: readonly string[]): Substance | undefined {
  let cut = words.length;
  while (cut > 1 && SALTS.has(words[cut - 1] ?? "")) cut -= 1;
  const generic = GenericId.safeParse(slugOf(words.slice(0, cut).join(" ")));
  return generic.success ? { generic: generic.data, salt: saltOf(words.slice(cut).map(slugOf)) } : undefined;
}

/** Small letters, digits and hyphens; letters of other scripts by their code points. */
export function slugOf(text: string): string {
  return fold(text)
    .replace(/[^ -~]/g, (letter) => (letter.codePointAt(0) ?? 0).toString(36))
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 120)
    .replace(/-+$/, "")
    .replace(/^m-/, "m");
}
