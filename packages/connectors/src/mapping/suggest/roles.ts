import type { Column } from "./columns.ts";

/** What a column is about, besides what is counted. */
export const ROLES = [
  "name",
  "id",
  "locality",
  "address",
  "lat",
  "lon",
  "phone",
  "website",
  "category",
  "date",
  "time",
  "medicine",
  "quantity",
  "price",
  "batch",
  "expiry",
  "pack",
  "strength",
  "form",
  "manufacturer",
  "code",
] as const;
export type Role = (typeof ROLES)[number];

type Rule = readonly [words: RegExp, is: (column: Column) => boolean];

const isText = (column: Column) => column.texts.length > 0 && !column.isNumeric && !column.isDate;
const isAny = (column: Column) => column.texts.length > 0;
const isNumber = (column: Column) => column.isNumeric;
const isWhen = (column: Column) => column.isDate;

const PLACE =
  "hospitals?|facilit(?:y|ies)|institut(?:e|ion)s?|provider|health (?:centre|center)|healthcare cent(?:re|er)s?|cent(?:re|er)s?|blood (?:bank|centre|center)s?|bank|pharmacy|store|shop|clinic|trust|organi[sz]ation|site|dchcs?|spital|klinik(?:um)?|krankenhaus|standort|h[oô]pital|nosocomio";

/**
 * By which words a column of each role is known, the surer before; and what its values must be. The
 * words are those of public portals of beds, blood and stock in English, Hindi and Marathi.
 */
const RULES: Record<Role, readonly Rule[]> = {
  name: [
    [
      new RegExp(
        `(?:^| )(?:${PLACE})s? ?(?:name|names|bezeichnung)(?: |$)|name of (?:the )?(?:${PLACE})`,
        "u",
      ),
      isText,
    ],
    [/रुग्णालयाचे नाव|अस्पताल का नाम|रक्तपेढीचे नाव|(?:^| )नाव$|(?:^| )नाम$/u, isText],
    [new RegExp(`^(?:dedicated (?:covid )?)?(?:covid )?(?:${PLACE})(?: \\w{2,8})?$`, "u"), isText],
    [/रुग्णालय|अस्पताल|हॉस्पिटल|चिकित्सालय|रक्तपेढी/u, isText],
    [/^(?:name|title|bezeichnung|nom|nombre|ed)$|(?: |^)(?:bezeichnung|name)$/u, isText],
  ],
  id: [
    [
      new RegExp(
        `(?:^| )(?:${PLACE}) (?:pk|id|code|uid|no|number)$|^(?:hfr|nin|ccn|ods|org|provider|site|rohini)(?: (?:id|code|number))?$`,
        "u",
      ),
      isAny,
    ],
    [/^(?:id|uid|code|standort id)$|(?: |^)(?:standort id)$/u, isAny],
  ],
  locality: [
    [
      /(?:^| )(?:district|city|area|town|zone|ward|taluka|taluk|tehsil|block|locality|county|ort|mandal|division|division name|district name|ulb|ulb name)$|जिल्हा|जिला|तालुका|शहर|क्षेत्र/u,
      isText,
    ],
    [/^district name$/u, isText],
  ],
  address: [[/(?:^| )(?:address|addr|location|street)$|पत्ता|पता/u, isText]],
  lat: [[/(?:^| )(?:lat|latitude|y coord)$/u, isNumber]],
  lon: [[/(?:^| )(?:lon|lng|long|longitude|x coord)$/u, isNumber]],
  phone: [
    [/phone|mobile|telephone|helpline|(?:^| )tel(?: |$)|दूरध्वनी|फोन|मोबाईल/u, isAny],
    [/contact(?: no| number| details| person)?|संपर्क/u, isAny],
  ],
  website: [[/(?:^| )(?:website|url|web site|homepage)$/u, isText]],
  category: [
    [
      /(?:hospital|facility|institution) (?:type|category)|ownership|^(?:category|sector|type|charges|govt private)$/u,
      isText,
    ],
  ],
  date: [
    [
      /updated?|last (?:update|report|seen|modified)|as (?:on|of|at)|reported|generated|refreshed|time ?stamp|meldezeitpunkt|status date|अद्ययावत|अपडेट/u,
      isWhen,
    ],
    [
      /(?:^| )(?:date|datum|day|datetime|date time|time|collection (?:week|date)|week|period|at|on)$|दिनांक|तारीख|तारिख/u,
      isWhen,
    ],
  ],
  time: [[/(?:^| )time$|वेळ|समय/u, (column) => column.isTime && !column.isDate]],
  medicine: [
    [
      /(?:^| )(?:product|item|drug|medicine|brand|generic|molecule|article|sku)s? ?(?:name|description|desc)(?: |$)|name of (?:the )?(?:drug|medicine|item|product)/u,
      isText,
    ],
    [/^(?:product|item|drug|medicine|brand|description|particulars|औषध|दवा)$/u, isText],
  ],
  quantity: [
    [
      /(?:avl|avail\w*|current|closing|present|net|balance|bal|remaining|in hand|on hand|total|stock) ?(?:qty|quantity|stock|items)|(?:stock|qty|quantity) (?:in|on) hand|remaining items|उपलब्ध साठा/u,
      isNumber,
    ],
    [/^(?:qty|quantity|stock|stk|closing|balance|units|साठा)$|stock$/u, isNumber],
  ],
  price: [
    [/(?:^| )(?:mrp|m r p)(?: |$)/u, isNumber],
    [/(?:^| )(?:price|unit price|selling price|rate)$/u, isNumber],
  ],
  batch: [[/(?:^| )(?:batch|lot)(?: (?:no|number))?$/u, isAny]],
  expiry: [
    [/(?:^| )(?:exp|expiry|expires|exp dt|expiry date|exp date|expiration date|best before)$/u, isAny],
  ],
  pack: [[/(?:^| )(?:pack|packing|pack size|package|uom|unit pack)$/u, isAny]],
  strength: [[/(?:^| )(?:strength|dose|dosage|potency)$/u, isAny]],
  form: [[/(?:^| )(?:form|dosage form|form name|type of drug)$/u, isText]],
  manufacturer: [[/(?:^| )(?:manufacturer|mfr|mfg by|mfg|company|make|marketed by)$/u, isText]],
  code: [
    [
      /(?:^| )(?:product|item|drug|medicine|article) ?(?:code|id|no|sku)$|^(?:sku|barcode|ean|gtin|ndc)$/u,
      isAny,
    ],
    [/^code$/u, isAny],
  ],
};

/** What a role was given to, and how sure that is: the place of the rule that fitted, from 0. */
export interface Given {
  column: Column;
  rank: number;
}

/** Give each role that can be recognised its column; a column has one role at most. */
export function giveRoles(columns: readonly Column[], wanted: readonly Role[]): Map<Role, Given> {
  const given = new Map<Role, Given>();
  const taken = new Set<Column>();
  for (let rank = 0; rank < 5; rank++) {
    for (const role of wanted) {
      const rule = RULES[role][rank];
      if (!rule || given.has(role)) continue;
      const fits = columns.filter(
        (column) => !taken.has(column) && rule[0].test(column.words) && rule[1](column),
      );
      // Of several the one with the most different values names facilities best.
      const [best] =
        role === "name" ? fits.toSorted((a, b) => b.different * b.filled - a.different * a.filled) : fits;
      if (!best) continue;
      given.set(role, { column: best, rank });
      taken.add(best);
    }
  }
  return given;
}
