import { fold, wordsOf } from "./fold.ts";

/** Below this age, in years, somebody is seen by the doctors of children. */
export const CHILD_BELOW_YEARS = 14;
const OLDER_FROM_YEARS = 65;
const NEWBORN_TO_DAYS = 28;

/** What a text says of who is ill. */
export interface Hints {
  age: "newborn" | "child" | "adult" | "older" | undefined;
  sex: "female" | "male" | undefined;
}

const words = (list: string): ReadonlySet<string> => new Set(wordsOf(list));

const NEWBORN = words("newborn neonate नवजात नवजातास navjat");
const CHILD =
  words(`child childs children kid kids baby babies infant toddler schoolboy schoolgirl pediatric paediatric
bachcha bachche bachchi bacha bache bachi baccha bacche balak mul mulga mulgi bal बच्चा बच्चे बच्ची बच्चों शिशु बालक बालिका
मुल मुलं मूल मुलाला मुलगा मुलगी मुलीला मुलाच्या मुलीच्या मुलांना बाळ बाळाला बाळाच्या बाळाचे लेकरू लेकराला son daughter
बेटा बेटे बेटी beta beti`);
const OLDER =
  words(`grandfather grandmother grandpa grandma elderly दादा दादाजी दादी नाना नानी आजोबा आजी आजोबांना आजीला
बुजुर्ग वृद्ध dadaji dadi aajoba aaji`);
const FEMALE =
  words(`woman wife mother sister daughter girl lady female she her pregnant pregnancy periods mum mom
grandmother पत्नी मां माँ माता बहन बेटी लड़की महिला औरत स्त्री गर्भवती गर्भावस्था दादी नानी बायको आई बहीण मुलगी मुलीला
बाई महिलेला गरोदर गर्भवती आजी आजीला आईला बायकोला patni biwi maa behen beti ladki mahila aurat bayko aai`);
const MALE =
  words(`man husband father brother son boy male he his him dad grandfather पति पिता पिताजी भाई बेटा बेटे लड़का
पुरुष आदमी दादा दादाजी नवरा वडील वडिलांना बाबा बाबांना भाऊ मुलगा नवऱ्याला आजोबा आजोबांना pati pita bhai beta ladka navra vadil`);

/** A number with a unit of age that says "old", in days for each unit. */
const AGES: readonly (readonly [RegExp, number])[] = [
  [/(\d{1,3})\s*-?\s*(?:years?|yrs?|y)[\s-]*(?:old|o\b|boy|girl|son|daughter|child|kid|male|female)/, 365],
  [/\bage[d]?\s*(?:is|of|:)?\s*(\d{1,3})\b(?!\s*(?:month|day|week))/, 365],
  [/(\d{1,3})\s*-?\s*months?[\s-]*(?:old|baby|boy|girl|son|daughter|child|infant)/, 30],
  [/(\d{1,3})\s*-?\s*weeks?[\s-]*(?:old|baby|infant)/, 7],
  [/(\d{1,3})\s*-?\s*days?[\s-]*(?:old|baby|newborn|infant)/, 1],
  [/(\d{1,3})\s*(?:साल|वर्ष|बरस)\s*(?:का|की|के)(?=\s|$)/, 365],
  [/(\d{1,3})\s*(?:महिने|माह|महिना)\s*(?:का|की|के|कि)(?=\s|$)/, 30],
  [/(\d{1,3})\s*(?:दिन)\s*(?:का|की|के|कि)(?=\s|$)/, 1],
  [/(\d{1,3})\s*(?:साल|वर्ष|बरस)\s*कि(?=\s|$)/, 365],
  [/(\d{1,3})\s*वर्षां?च/, 365],
  [/(\d{1,3})\s*महिन्यां?च/, 30],
  [/(\d{1,3})\s*दिवसां?च/, 1],
  [/(\d{1,3})\s*(?:saal|sal|varsh)\s*(?:ka|ki|ke)\b/, 365],
  [/(\d{1,3})\s*varshanch/, 365],
];

/** A baby that is hoped for or expected is not who is ill. */
const EXPECTED =
  /\b(?:trying|try|plan(?:ning)?|want(?:ing)?|wish|conceiv(?:e|ing))\b.{0,20}\bbab(?:y|ies)\b|\bpregnan(?:t|cy)\b.*\bbaby\b/;

/** Read age and sex from a text; an age in numbers outweighs the words. */
export function readHints(text: string): Hints {
  const folded = fold(text);
  const all = wordsOf(text);
  const has = (set: ReadonlySet<string>) => all.some((word) => set.has(word));
  const isFemale = has(FEMALE);
  const isChild = has(CHILD) && !EXPECTED.test(folded);
  return {
    age:
      ageInNumbers(folded) ??
      (has(NEWBORN) ? "newborn" : isChild ? "child" : has(OLDER) ? "older" : undefined),
    // Both are said ("my wife and her husband", "his mother"): then neither is known.
    sex: isFemale === has(MALE) ? undefined : isFemale ? "female" : "male",
  };
}

function ageInNumbers(folded: string): Hints["age"] {
  for (const [pattern, days] of AGES) {
    const number = pattern.exec(folded)?.[1];
    if (number === undefined) continue;
    const age = Number(number) * days;
    if (age <= NEWBORN_TO_DAYS) return "newborn";
    if (age < CHILD_BELOW_YEARS * 365) return "child";
    return age >= OLDER_FROM_YEARS * 365 ? "older" : "adult";
  }
  return undefined;
}
