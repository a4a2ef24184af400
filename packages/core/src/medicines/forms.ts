import { fold } from "../search/fold.ts";
import type { Form, ReleaseType, Route } from "./schema.ts";

/**
 * How lists, prescriptions and chemists write a form, folded, in English, Hindi and Marathi; the
 * words of a line are said for one another. Longer phrases are read before shorter ones.
 */
// oxfmt-ignore
const FORM_PHRASES: Readonly<Record<Form, string>> = {
  "tablet": "tablet, tablets, tab, tabs, tb, tbl, caplet, kaplet, film coated tablet, fc tablet, tablet fc, गोली, गोलियां, गोळी, गोळ्या, टैबलेट, टॅबलेट, टैब",
  "dispersible-tablet": "dispersible tablet, tablet dt, dt tablet, dt, soluble tablet, tablet for oral suspension",
  "orodispersible-tablet": "orodispersible tablet, mouth dissolving tablet, tablet md, md tablet, oral disintegrating tablet, orally disintegrating tablet, tablet odt, odt, orally disintegrating strip, orally disintegrating strips",
  "chewable-tablet": "chewable tablet, chewable tablets, chew tablet, chewable",
  "effervescent-tablet": "effervescent tablet, effervescent",
  "sublingual-tablet": "sublingual tablet, sublingual tablets, tablet sl, buccal tablet",
  "vaginal-tablet": "vaginal tablet, vaginal capsule, vaginal pessary tablet, clindamycin vaginal ovule, vaginal suppository",
  "capsule": "capsule, capsules, cap, caps, hard capsule, hard gelatin capsule, कैप्सूल, कॅप्सूल",
  "softgel": "soft gelatin capsule, soft gelatin capsules, softgel capsule, soft gel capsule, softgel, softgels, soft capsule",
  "lozenge": "lozenge, lozenges, loz, pastille, pastilles",
  "oral-solution": "oral solution, elixir, linctus, oral liquid, liquid, mixture, tonic, expectorant, oral sol",
  "oral-suspension": "oral suspension, suspension, susp, sus, rediuse suspension, rediuse oral suspension",
  "syrup": "syrup, syp, syr, sirup, शरबत, सिरप, सायरप",
  "dry-syrup": "dry syrup, powder for oral suspension, powder for suspension, readymix suspension",
  "oral-drops": "oral drops, paediatric drops, pediatric drops, drops, drop, drp, drps",
  "oral-powder": "oral powder, powder, pwd, pdr, sachet, sachets, sach, powder for oral solution",
  "granules": "granules, granule, effervescent granules",
  "injection": "injection, injections, inj, injectable, ampoule, ampoules, amp, amps, vial, vials, solution for injection, इंजेक्शन, सुई",
  "powder-for-injection": "powder for injection, injection powder, lyophilized powder, dry powder for injection, powder for solution for injection",
  "infusion": "infusion, solution for infusion, iv infusion, ivf, inf, सलाइन",
  "prefilled-syringe": "prefilled syringe, pre filled syringe, pfs",
  "pen": "prefilled pen, pre filled pen, pen, flexpen, penfill, kwikpen, solostar, disposable pen",
  "cartridge": "cartridge, cartridges",
  "inhaler": "inhaler, inhalers, mdi, metered dose inhaler, pressurised inhaler, hfa inhaler, इनहेलर",
  "dry-powder-inhaler": "dry powder inhaler, dpi, powder inhaler",
  "inhalation-capsule": "rotacap, rotacaps, inhalation capsule, powder for inhalation, respicap, respicaps, transcaps, transcap, redicap, redicaps, instacap, novocart",
  "nebuliser-solution": "respule, respules, resp, respirator suspension, respirator solution, nebuliser solution, nebulizer solution, nebuliser suspension, neb, nebules, nebule, inhalation solution, smartules, transpules, solution for nebulisation",
  "inhalation-gas": "inhalation gas, medical gas, gas",
  "inhalation-liquid": "inhalation liquid, liquid for inhalation, inhalation, inhalation vapour",
  "nasal-spray": "nasal spray, nose spray, ns spray, nasal solution spray",
  "nasal-drops": "nasal drops, nose drops, nasal drop, nasal solution",
  "eye-drops": "eye drops, eye drop, e d, ed, ophthalmic solution, ophthalmic suspension, ophthalmic drops, eyedrops, आंख के ड्रॉप, आय ड्रॉप्स, डोळ्यांचे थेंब",
  "eye-ointment": "eye ointment, ophthalmic ointment, eye applicap, applicap",
  "eye-gel": "eye gel, ophthalmic gel",
  "ear-drops": "ear drops, ear drop, otic solution, otic drops, ear solution",
  "eye-ear-drops": "eye ear drops, eye and ear drops, ear eye drops, eye ear drop",
  "cream": "cream, crm, creme, vaginal cream, क्रीम",
  "ointment": "ointment, oint, ungt, ung, मलहम, मलम",
  "gel": "gel, topical gel, vaginal gel, emulgel, जेल",
  "lotion": "lotion, lot, लोशन",
  "topical-solution": "topical solution, solution, soln, sol, topical liquid, paint, scalp solution, tincture, antiseptic solution, antiseptic liquid, scrub, surgical scrub, oil, liniment",
  "topical-spray": "topical spray, spray, aerosol, foam",
  "topical-powder": "dusting powder, topical powder",
  "shampoo": "shampoo, scalp shampoo",
  "soap": "soap, bar, facewash, face wash, cleanser, cleansing bar",
  "paste": "paste, dental paste, toothpaste, tooth paste",
  "mouthwash": "mouthwash, mouth wash, gargle, oral rinse, mouth rinse",
  "mouth-gel": "mouth gel, oral gel, dental gel, mouth paint, oral paste, mouth ulcer gel",
  "patch": "patch, transdermal patch, patches, transdermal system, plaster",
  "suppository": "suppository, suppositories, supp, rectal suppository",
  "pessary": "pessary, pessaries, vaginal ovule, ovule",
  "enema": "enema, rectal solution, rectal foam",
  "implant": "implant, subdermal implant",
  "intrauterine-system": "intrauterine system, intra uterine system, intrauterine device, iud",
  "gum": "chewing gum, gum, gums",
  "vaccine": "vaccine, टीका, लस",
  "dialysis-solution": "dialysis solution, peritoneal dialysis solution, haemodialysis solution, hemodialysis solution",
  "kit": "kit, combipack, combi pack, combikit",
  "other": "device, strip, dressing, bandage",
};

/** Words of a form by their folded phrase. */
const FORM_OF = new Map(
  Object.entries(FORM_PHRASES).flatMap(([form, phrases]) =>
    // The keys of the table are forms.
    phrases.split(", ").map((phrase) => [fold(phrase), form as Form] as const),
  ),
);
const PHRASE_MAX_WORDS = 5;
/** Words that stand in some phrase of a form. */
export const FORM_WORDS: ReadonlySet<string> = new Set(
  [...FORM_OF.keys()].filter((one) => !one.includes(" ")),
);
/** Words of a form that may begin or end a brand as well: a search is never taken to mean the form by them alone. */
const WEAK_FORM_WORDS: ReadonlySet<string> = new Set(
  "ed amp amps tb resp lot sol ung bar md gas oil paint foam strip device pen inf sus drop liquid powder solution spray kit gum plaster scrub tonic".split(
    " ",
  ),
);

export interface FoundForm {
  form: Form;
  /** Places of its words. */
  from: number;
  to: number;
  /** Whether the words can be no part of a name. */
  isStrong: boolean;
}

/** Every form that words name, the longest phrase at each place. @param words folded */
export function findForms(words: readonly string[]): FoundForm[] {
  const found: FoundForm[] = [];
  for (let from = 0; from < words.length; from += 1) {
    for (let length = Math.min(PHRASE_MAX_WORDS, words.length - from); length > 0; length -= 1) {
      const phrase = words.slice(from, from + length).join(" ");
      const form = FORM_OF.get(phrase);
      if (form === undefined) continue;
      found.push({ form, from, to: from + length, isStrong: !WEAK_FORM_WORDS.has(phrase) });
      from += length - 1;
      break;
    }
  }
  return found;
}

/** What is said by a form alone is the less special of two forms: "drops" may be eye drops. */
const WIDER: Partial<Record<Form, readonly Form[]>> = {
  tablet: [
    "dispersible-tablet",
    "orodispersible-tablet",
    "chewable-tablet",
    "effervescent-tablet",
    "sublingual-tablet",
    "vaginal-tablet",
  ],
  capsule: ["softgel", "inhalation-capsule"],
  syrup: ["oral-suspension", "oral-solution", "dry-syrup"],
  "oral-suspension": ["syrup", "dry-syrup", "oral-solution"],
  "oral-solution": ["syrup", "oral-suspension"],
  "oral-drops": ["eye-drops", "ear-drops", "nasal-drops", "eye-ear-drops"],
  injection: ["powder-for-injection", "infusion", "prefilled-syringe", "pen", "cartridge", "vaccine"],
  infusion: ["injection"],
  inhaler: ["dry-powder-inhaler", "inhalation-capsule"],
  "nebuliser-solution": ["inhalation-liquid"],
  "oral-powder": ["granules", "topical-powder", "dry-syrup"],
  gel: ["eye-gel", "mouth-gel"],
  ointment: ["eye-ointment"],
  "topical-solution": ["oral-solution", "lotion", "mouthwash"],
  "topical-spray": ["nasal-spray"],
  "eye-drops": ["eye-ear-drops"],
  "ear-drops": ["eye-ear-drops"],
};

/** Whether a product of the form is what somebody means who says `asked`. */
export function isFormMeant(asked: Form, form: Form): boolean {
  return asked === form || (WIDER[asked]?.includes(form) ?? false);
}

// oxfmt-ignore
const ROUTES: Readonly<Record<Form, Route>> = {
  "tablet": "oral", "dispersible-tablet": "oral", "orodispersible-tablet": "oral", "chewable-tablet": "oral",
  "effervescent-tablet": "oral", "sublingual-tablet": "sublingual", "vaginal-tablet": "vaginal", "capsule": "oral",
  "softgel": "oral", "lozenge": "oromucosal", "oral-solution": "oral", "oral-suspension": "oral", "syrup": "oral",
  "dry-syrup": "oral", "oral-drops": "oral", "oral-powder": "oral", "granules": "oral", "injection": "injection",
  "powder-for-injection": "injection", "infusion": "injection", "prefilled-syringe": "injection", "pen": "injection",
  "cartridge": "injection", "inhaler": "inhalation", "dry-powder-inhaler": "inhalation", "inhalation-capsule": "inhalation",
  "nebuliser-solution": "inhalation", "inhalation-gas": "inhalation", "inhalation-liquid": "inhalation",
  "nasal-spray": "nasal", "nasal-drops": "nasal", "eye-drops": "eye", "eye-ointment": "eye", "eye-gel": "eye",
  "ear-drops": "ear", "eye-ear-drops": "eye-or-ear", "cream": "skin", "ointment": "skin", "gel": "skin", "lotion": "skin",
  "topical-solution": "skin", "topical-spray": "skin", "topical-powder": "skin", "shampoo": "skin", "soap": "skin",
  "paste": "dental", "mouthwash": "oromucosal", "mouth-gel": "oromucosal", "patch": "transdermal",
  "suppository": "rectal", "pessary": "vaginal", "enema": "rectal", "implant": "implantation",
  "intrauterine-system": "intrauterine", "gum": "oromucosal", "vaccine": "injection",
  "dialysis-solution": "peritoneal", "kit": "unknown", "other": "unknown",
};

const ROUTE_WORDS: readonly (readonly [RegExp, Route])[] = [
  [/\bvaginal\b/, "vaginal"],
  [/\brectal\b/, "rectal"],
  [/\b(?:nasal|nose)\b/, "nasal"],
  [/\b(?:eye|ophthalmic)\b.*\b(?:ear|otic)\b/, "eye-or-ear"],
  [/\b(?:eye|ophthalmic)\b/, "eye"],
  [/\b(?:ear|otic)\b/, "ear"],
  [/\bsublingual\b/, "sublingual"],
  [/\bbuccal\b/, "buccal"],
];

/** The route of a form, unless the words beside it say another: vaginal cream. @param text folded */
export function routeOf(form: Form, text: string): Route {
  const said = ROUTE_WORDS.find(([words]) => words.test(text))?.[1];
  const usual = ROUTES[form];
  return said !== undefined && usual !== "injection" && usual !== "inhalation" ? said : usual;
}

const PROLONGED =
  /\b(?:sr|xr|er|cr|xl|la|mr|tr|pr|ret|retard|chrono|durules|oros|sustained|extended|prolonged|controlled|modified)\b/;
const DELAYED = /\b(?:ec|dr|gr|enteric|gastro[ -]?resistant|delayed)\b/;

/**
 * How a product lets its medicine go, by the letters behind its name; at once when it says nothing.
 * Only what is swallowed, or injected as a depot, has letters for it.
 *
 * @param text name and form, folded
 */
export function releaseOf(form: Form, text: string): ReleaseType {
  const route = ROUTES[form];
  if (route !== "oral" && route !== "injection") return "immediate";
  if (PROLONGED.test(text) || (route === "injection" && /\b(?:depot|lar)\b/.test(text))) return "prolonged";
  return DELAYED.test(text) ? "delayed" : "immediate";
}
