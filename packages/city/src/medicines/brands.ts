import { pick, wholeBetween, type Random } from "../random.ts";

/** Makers that do not exist. */
export const MAKERS: readonly string[] = [
  "Deccan Plateau Remedies",
  "Sahyadri Crest Lifecare",
  "Godavari Bend Pharma",
  "Indrayan Formulations",
  "Westghat Laboratories",
  "Bhimashan Healthcare",
  "Konkan Tide Biotech",
  "Malhar Grove Drugs",
  "Tapovan Line Medicines",
  "Krishnatir Pharmaworks",
  "Neelkanth Ridge Labs",
  "Panchvat Therapeutics",
  "Satpura Vale Pharma",
  "Vindhya Arc Biologics",
  "Mulamuth Remedies",
  "Purandhar Gate Labs",
];

const HEADS =
  "az ov ex lum zan tav riv mel cor vex nor sol ben dax fen gav kor lax mav nux pel qin ros tul ux vin wex yar zor bil cal dor".split(
    " ",
  );
const MIDDLES = "a i o e u ari ovi ena ulo ixa amo ero ina ova uri".split(" ");
const TAILS = "vex zor lin tas mox dar pril nex cet gar fen lux tor vin sil zid mab rex tan".split(" ");

/** A brand that begins like its generic, as brands do, and is nobody's. */
export function coinBrand(random: Random, generic: string): string {
  const letters = generic.replace(/[^a-z]/gi, "").toLowerCase();
  const head = random.next() < 0.55 ? letters.slice(0, wholeBetween(random, 2, 4)) : pick(random, HEADS);
  return capitalised(`${head}${pick(random, MIDDLES)}${pick(random, TAILS)}`);
}

/** A brand that reminds of nothing: three or four syllables. */
export function coinAnyBrand(random: Random): string {
  const syllables = Array.from(
    { length: wholeBetween(random, 1, 2) },
    () => `${pick(random, CONSONANTS)}${pick(random, VOWELS)}`,
  );
  return capitalised(`${pick(random, STARTS)}${syllables.join("")}${pick(random, ENDS)}`);
}

const VOWELS = "a a e e i i o o u".split(" ");
const CONSONANTS = "b c d f g l m n p r s t v x z cl st tr br pr".split(" ");
const STARTS =
  "ab ac ad al am an ar as at av az ba be bi br ca ce ci cl co cy da de di do du ep er es fa fe fl fo ga ge gl gr ha he hi ib in is ke la le li lo lu ma me mi mo my na ne ni no nu ob ol om on or ox pa pe pi po pr py qu ra re ri ro sa se si so sp st su sy ta te th ti to tr ul ur va ve vi vo xa xi za ze zi zo zy".split(
    " ",
  );
const ENDS =
  "b c cet cin cip clav dac dep derm dol fen fix flam flox gan gel gesic kast lac lax lep lin loc lol mac med met min mol mox mycin nac nase nex nib nol pam par pen pod pril prim quin rab ran rex rid sar sec set sil sin sit sone spas stat tab tac tas taz tel tic tin tol ton tor tral tum vas vate ver vir vit xim xone zam zen zid zil zin zol zox".split(
    " ",
  );

function capitalised(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}
