import { dateIn } from "../calendar.ts";
import type { Language } from "../languages.ts";
import type { Reason } from "../reason.ts";
import { NAMED_ONLY, TERMS } from "../search/lexicon.ts";
import { millisOf, type Instant } from "../time.ts";
import { specialtyName } from "../vocabulary/specialties.ts";
import type { CareReason } from "./rules.ts";

/** Words with `{0}` where something is put in. */
type Wording = Record<Language, string>;

// A table, one wording a line.
// oxfmt-ignore
const WORDS: Record<CareReason["code"], Wording> = {
  "bed": { en: "{0}: {1} free", hi: "{0}: {1} खाली", mr: "{0}: {1} रिकाम्या" },
  "bed-few": { en: "{0}: 1–2 left, call first", hi: "{0}: 1–2 बचे हैं, पहले फ़ोन करें", mr: "{0}: १–२ शिल्लक, आधी फोन करा" },
  "bed-stale": { en: "the number is old, call first", hi: "यह संख्या पुरानी है, पहले फ़ोन करें", mr: "हा आकडा जुना आहे, आधी फोन करा" },
  "bed-disputed": { en: "its sources disagree, call first", hi: "स्रोतों में अंतर है, पहले फ़ोन करें", mr: "स्रोतांत तफावत आहे, आधी फोन करा" },
  "offers": { en: "has {0}", hi: "{0} उपलब्ध", mr: "{0} उपलब्ध" },
  "offers-unlisted": { en: "does not say what it treats, call first", hi: "क्या इलाज होता है यह नहीं बताया, पहले फ़ोन करें", mr: "कोणते उपचार होतात ते सांगितलेले नाही, आधी फोन करा" },
  "duty-on-site": { en: "a doctor for it is on duty", hi: "इसके डॉक्टर ड्यूटी पर हैं", mr: "यासाठीचे डॉक्टर ड्युटीवर आहेत" },
  "duty-on-call": { en: "a doctor for it is on call", hi: "इसके डॉक्टर बुलाने पर आते हैं", mr: "यासाठीचे डॉक्टर बोलावल्यावर येतात" },
  "duty-later": { en: "a doctor for it from {0}", hi: "इसके डॉक्टर {0} से", mr: "यासाठीचे डॉक्टर {0} पासून" },
  "duty-nobody": { en: "no doctor for it on the roster", hi: "इसके डॉक्टर रोस्टर में नहीं हैं", mr: "यासाठीचे डॉक्टर रोस्टरवर नाहीत" },
  "service": { en: "has {0}", hi: "{0} की सुविधा", mr: "{0} ची सोय" },
  "scheme": { en: "accepts {0} for this", hi: "इसके लिए {0} मान्य", mr: "यासाठी {0} चालते" },
  "scheme-unknown": { en: "not known whether {0} is accepted", hi: "{0} मान्य है या नहीं, पता नहीं", mr: "{0} चालते की नाही, माहीत नाही" },
  "stock-here": { en: "{0} in stock", hi: "{0} उपलब्ध", mr: "{0} उपलब्ध" },
  "stock-equivalent": { en: "in stock of another maker: {0}, ask the pharmacist", hi: "दूसरी कंपनी की दवा उपलब्ध: {0}, फ़ार्मासिस्ट से पूछें", mr: "दुसऱ्या कंपनीचे औषध उपलब्ध: {0}, फार्मासिस्टला विचारा" },
  "stock-gone": { en: "{0} not in stock", hi: "{0} नहीं है", mr: "{0} शिल्लक नाही" },
  "stock-untold": { en: "not told whether {0} is in stock, call first", hi: "{0} है या नहीं, बताया नहीं, पहले फ़ोन करें", mr: "{0} आहे की नाही ते कळवलेले नाही, आधी फोन करा" },
  "emergency-department": { en: "emergency department", hi: "आपातकालीन विभाग", mr: "आपत्कालीन विभाग" },
  "diverting": { en: "asks that emergencies go elsewhere now", hi: "अभी आपात मरीज़ कहीं और ले जाने को कहता है", mr: "सध्या तातडीचे रुग्ण दुसरीकडे नेण्यास सांगते" },
  "open-always": { en: "open now", hi: "अभी खुला", mr: "आता उघडे" },
  "open-until": { en: "open until {0}", hi: "{0} तक खुला", mr: "{0} पर्यंत उघडे" },
  "opens": { en: "closed, opens {0}", hi: "बंद है, {0} खुलेगा", mr: "बंद आहे, {0} ला उघडेल" },
  "open-unknown": { en: "opening hours not known, call first", hi: "खुलने का समय पता नहीं, पहले फ़ोन करें", mr: "उघडण्याची वेळ माहीत नाही, आधी फोन करा" },
  "closed": { en: "closed", hi: "बंद", mr: "बंद" },
  "waiting": { en: "waiting about {0} min", hi: "इंतज़ार लगभग {0} मिनट", mr: "प्रतीक्षा सुमारे {0} मिनिटे" },
  "travel": { en: "{0} min away", hi: "{0} मिनट दूर", mr: "{0} मिनिटांवर" },
};

/** From this many seconds on a way is told in hours. */
const FAR_S = 90 * 60;
const FAR: Wording = {
  en: "{0} h {1} min away",
  hi: "{0} घंटे {1} मिनट दूर",
  mr: "{0} तास {1} मिनिटांवर",
};

/** The city's clock, by which moments are written: what is not today has its weekday. */
export interface Wall {
  now: Instant;
  /** IANA name of the city's zone. */
  timeZone: string;
}

/** A reason as the reader is told it. */
export function reasonInWords(reason: CareReason, lang: Language, wall: Wall): Reason {
  const [subject, ...values] = partsOf(reason, lang, wall);
  const wording = reason.code === "travel" && reason.seconds >= FAR_S ? FAR : WORDS[reason.code];
  const words = wording[lang].replace(/\{(\d)\}/g, (_, at: string) => values[Number(at)] ?? "");
  return { code: subject === undefined ? reason.code : `${reason.code}:${subject}`, words };
}

/** What a reason is about, for its code, then what is put into its words. */
function partsOf(reason: CareReason, lang: Language, wall: Wall): (string | undefined)[] {
  switch (reason.code) {
    case "bed":
      return [reason.type, nameOf("bed", reason.type, lang), numberIn(lang, reason.free)];
    case "bed-few":
      return [reason.type, nameOf("bed", reason.type, lang)];
    case "offers":
      return [reason.specialty, specialtyName(reason.specialty, lang)];
    case "service":
      return [reason.service, nameOf("service", reason.service, lang)];
    case "scheme":
    case "scheme-unknown":
      return [reason.scheme, nameOf("scheme", reason.scheme, lang)];
    case "stock-here":
    case "stock-equivalent":
    case "stock-gone":
    case "stock-untold":
      return [undefined, reason.name];
    case "duty-later":
    case "open-until":
    case "opens":
      return [undefined, clockIn(lang, reason.at, wall)];
    case "waiting":
      return [undefined, numberIn(lang, reason.minutes)];
    case "travel":
      return [undefined, ...travelParts(reason.seconds).map((part) => numberIn(lang, part))];
    default:
      return [];
  }
}

/** The name of a bed type, a service or a scheme in a language; its slug in words where it has none. */
export function nameOf(kind: "bed" | "service" | "scheme" | "kind", id: string, lang: Language): string {
  const term = [...TERMS, ...NAMED_ONLY].find((one) => one.kind === kind && one.id === id);
  return term?.words[lang][0] ?? id.replaceAll("-", " ");
}

/** Minutes, at least one; hours and minutes for a long way. */
function travelParts(seconds: number): number[] {
  const minutes = Math.max(1, Math.round(seconds / 60));
  return seconds >= FAR_S ? [Math.floor(minutes / 60), minutes % 60] : [minutes];
}

function numberIn(lang: Language, value: number): string {
  return numberFormats[lang].format(value);
}

/** Marathi is written with its own digits, Hindi and English in India with the European ones. */
const LOCALES: Record<Language, string> = { en: "en-IN", hi: "hi-IN", mr: "mr-IN-u-nu-deva" };

const numberFormats: Record<Language, Intl.NumberFormat> = {
  en: new Intl.NumberFormat(LOCALES.en),
  hi: new Intl.NumberFormat(LOCALES.hi),
  mr: new Intl.NumberFormat(LOCALES.mr),
};

/** Time of day, with the weekday when it is not today, as somebody in the city says it. */
function clockIn(lang: Language, at: Instant, { now, timeZone }: Wall): string {
  const isToday = dateIn(timeZone, millisOf(at)) === dateIn(timeZone, millisOf(now));
  return clockFormat(lang, timeZone, isToday).format(millisOf(at));
}

const clockFormats = new Map<string, Intl.DateTimeFormat>();
function clockFormat(lang: Language, timeZone: string, isToday: boolean): Intl.DateTimeFormat {
  const key = `${lang} ${timeZone} ${isToday}`;
  let known = clockFormats.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat(LOCALES[lang], {
      timeZone,
      ...(!isToday && { weekday: "short" as const }),
      hour: "numeric",
      minute: "2-digit",
      hourCycle: "h23",
    });
    clockFormats.set(key, known);
  }
  return known;
}
