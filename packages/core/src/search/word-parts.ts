import type { SpecialtyId } from "../vocabulary/schema.ts";

/**
 * Parts that the words of medicine are built of (Greek and Latin roots, the endings of operations,
 * the stems of the International Nonproprietary Names of cancer medicines, WHO), and which
 * specialties a word with that part points to. For words that the vocabulary does not have.
 */
// A table: a part stays on its line.
// oxfmt-ignore
const PARTS: readonly (readonly [RegExp, readonly SpecialtyId[]])[] = [
  [/^(?:cardi|coronar|pericard|myocard|endocard|atri[aou]|ventricul(?!op)|aort)/, ["cardiology", "cardiothoracic-surgery"]],
  [/^(?:valv|mitral|tricuspid|thorac|pleur|bronch.*tomy|lobectom|pneumonectom|mediastin|diaphragm)/, ["cardiothoracic-surgery", "pulmonology"]],
  [/^(?:pneumon|pulmon|bronch|respirat|empyem)/, ["pulmonology", "general-medicine", "cardiothoracic-surgery"]],
  [/^(?:arterio|arteri|venous|vascul|embolectom|aneurysm|fasciotom|thrombo(?!cyt))/, ["vascular-surgery", "cardiothoracic-surgery"]],
  [/^(?:crani|cereb|encephal|mening|hydroceph|ventriculo|intracran|duro|dura|laminectom|myelomening|skull|pituitar|hypophys)/, ["neurosurgery", "neurology"]],
  [/^(?:neur|epilep|seiz|myasthen|myelit|dement|parkinson|polyneur)/, ["neurology", "neurosurgery"]],
  [/^(?:nephr|pyelo|renal|glomerul|kidney)/, ["nephrology", "urology"]],
  [/^(?:ur[eo]t[eh]|urol|uro|cyst[oe](?!id)|prostat|vesic|vesico|bladder|penil|penec|orchi|testic|scrot|hypospad|epispad|epididym|varicocel|circumcis|lithotr)/, ["urology", "paediatric-surgery"]],
  [/^(?:gastr|esophag|oesophag|duoden|enter|ileo|jejun|bowel|col[oe](?!b|r$)|hepat|chol[ae]|bili|pancreat|splen|laparo|periton|append|hernio|hernia|omphal|umbil|rect|fistul|sphincter|anal|ano|hemorrhoid|pilonid|omentum|mesenter)/, ["general-surgery", "surgical-gastroenterology", "gastroenterology"]],
  [/^(?:oste|arthr|fract|femor|tibi|fibul|humer|radi(?:us|al)|uln|patell|menisc|ligament|tendo|acetabul|calcan|carp|tars|scapul|clavic|vertebr|spin|amput|disartic|orthop|synov|bunion|talip|sequestr)/, ["orthopaedics", "spine-surgery"]],
  [/^(?:hyster|uter|ovar|oophor|salping|vagin|colpo|cervi[cx]|vulv|endometr|myomect|pelvic|obstetr|caesar|cesar|partum|puerper|placent|eclamp)/, ["obstetrics-gynaecology", "gynaecological-oncology"]],
  [/^(?:ophthalm|ocul|retin|vitr|cornea|kerat(?!o[ls])|glauco|trabecul|catar|conjunctiv|dacryo|lacrim|strab|squint|orbit|eyelid|lid$|scler(?:a|al)|irid|pteryg|uve|phaco|enucleat|eviscer)/, ["ophthalmology"]],
  [/^(?:ot[io](?!h)|tympan|mastoid|ossicul|staped|cochlea|laryn|pharyn|tonsil|adenoid|rhin|septop|sinus|nas[ao]|turbin|epistax|tracheo|glott|ear$|vocal|thyroplast|myring|ethmoid|maxillect)/, ["ent", "surgical-oncology"]],
  [/^(?:mandib|maxill|dent|gingiv|jaw|tmj|palat|odont|zygom|alveol)/, ["oral-surgery", "dentistry", "plastic-surgery"]],
  [/^(?:mast[eoi](?!oid)|breast|lumpectom)/, ["breast-surgery", "surgical-oncology", "general-surgery"]],
  [/^(?:thyro|parathyr|adren)/, ["general-surgery", "endocrinology", "surgical-oncology"]],
  [/^(?:derm|cutan|psoria|eczem|pemphig)/, ["dermatology"]],
  [/^(?:burn|scald|tbsa|escharotom)/, ["burns", "plastic-surgery"]],
  [/^(?:graft|flap|reconstruct|cleft|contract|keloid|scar)/, ["plastic-surgery", "burns"]],
  [/^(?:neonat|newborn|premat|preterm)/, ["neonatology", "paediatrics"]],
  [/^(?:psych|schizo|bipol|depress|anxi|mental|mani[ac])/, ["psychiatry", "clinical-psychology"]],
  [/^(?:leuk|lymphom|myelom|carcin|sarcom|blastom|melanom|metast|malign|oncol|neoplas|cancer|tumo|gliom)/, ["medical-oncology", "surgical-oncology", "radiation-oncology"]],
  [/^(?:chemother)/, ["medical-oncology", "haematology"]],
  [/^(?:brachyther|radiother|radiat|fraction|imrt|igrt|linear|accelerat|stereotact|cobalt)/, ["radiation-oncology", "medical-oncology"]],
  [/(?:platin|taxel|rubicin|nib|mab|zomib|citabine|trexate?|trexed|poside|tecan|fosfamide|phosphamide|mustine|cristine|blastine?|relbine|tinib|ciclib|lidomide|bleomycin|mitomycin|fluorouracil|asparaginase|tamoxifen|letrozole|anastrozole|exemestane|bicalutamide|abiraterone|goserelin|leuprolide|melphalan|busulfan|zolomide|carbazine|leucovorin|hydroxyurea|tretinoin|lutamide|fulvestrant|azacitidine|decitabine|cladribine|fludarabine|mercaptopurine|thioguanine|dactinomycin|actinomycin|mitotane|zoledronic|imatinib|rituximab)$/, ["medical-oncology", "haematology"]],
  [/^(?:radical|exenterat|dissect|staging|esophagectom|oesophagectom|glossectom|maxillectom|laryngectom|pharyngectom|gastrectom|whipple|hepatectom|pancreatectom|peritonectom|hipec|pelvectom|metastasectom|leiomyosarc|salvage|endoprosthe|debulk|cytoreduct|hysterectom|thyroidectom|parotidectom|mandibulectom|lymphadenectom|resection|penectom|vulvectom|vaginectom|cystectom|nephrectom|orchidectom|colectom|proctectom)/, ["surgical-oncology"]],
  [/(?:emia|aemia|cytosis|penia|philia)$/, ["haematology", "general-medicine"]],
  [/(?:embolization|embolisation|coiling)$/, ["interventional-radiology", "neurosurgery", "vascular-surgery"]],
  [/(?:malar|dengue|typhoid|leptospir|chikung|sepsis|septic|hiv|pyrex|fever)/, ["general-medicine", "infectious-diseases", "paediatrics"]],
  [/(?:ectom[yi]|otom[yi]|ostom[yi]|plast[yi]|rraph[yi]|pex[yi]|excision|resection|incision|drainage|suturing|debridement|ligation|exploration)$/, ["general-surgery", "paediatric-surgery", "surgical-oncology"]],
];

/** What stands before the telling part and tells where or how much, not what. */
// oxfmt-ignore
const PREFIX = /^(?:hemi|semi|intra|inter|sub|supra|trans|retro|peri|endo|extra|hyper|hypo|poly|pan|epi|para|infra|ante|post|pre|re|un|non|micro|electro|video|chemo|fibro|sacro|lumbo|lympho|meningo|broncho|pyelo|crico|naso|oro|thoraco|abdomino)/;
const CORE_MIN_LETTERS = 5;

/** The specialties that a word's parts point to, the strongest first; empty when it has none of them. */
export function specialtiesOfParts(word: string): readonly SpecialtyId[] {
  const found: SpecialtyId[] = [];
  const core = word.replace(PREFIX, "");
  for (const [part, specialties] of PARTS) {
    if (part.test(word) || (core.length >= CORE_MIN_LETTERS && part.test(core)))
      for (const id of specialties) if (!found.includes(id)) found.push(id);
    if (found.length >= 6) break;
  }
  return found;
}
