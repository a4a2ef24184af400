import { describe, expect, test } from "vitest";
import { DoctorId, FacilityId } from "../ids.ts";
import { VOCABULARY } from "../vocabulary/vocabulary.ts";
import { ComplaintReader } from "./complaints.ts";
import { interpret, type CityNames, type Readers, type Understanding } from "./interpret.ts";
import { NameIndex } from "./names.ts";
import { RedFlagFinder } from "./red-flags.ts";
import { TermFinder } from "./terms.ts";
import { TopicIndex } from "./topics.ts";

const names = {
  facilities: new NameIndex(),
  doctors: new NameIndex(),
  places: new NameIndex(),
  medicines: new NameIndex<string>(),
} satisfies CityNames;
names.facilities.put(FacilityId.parse("sassoon"), ["Sassoon General Hospital", "ससून सर्वोपचार रुग्णालय"]);
names.facilities.put(FacilityId.parse("heart"), ["Sunrise Heart Hospital", "सनराइज हार्ट हॉस्पिटल"]);
names.facilities.put(FacilityId.parse("apte"), ["Apte Clinic", "आपटे क्लिनिक"]);
names.facilities.put(FacilityId.parse("kothrud-chemist"), ["Kothrud Medical", "कोथरूड मेडिकल"]);
names.doctors.put(DoctorId.parse("asha"), ["Dr Asha Kulkarni", "डॉ. आशा कुलकर्णी"]);
names.places.put("Kothrud", ["Kothrud", "कोथरूड"]);
names.places.put("Station Ward", ["Station Ward", "स्टेशन वार्ड", "स्टेशन वॉर्ड"]);
names.medicines.put("paracetamol", ["paracetamol", "Crocin", "पैरासिटामोल"]);

const readers: Readers = {
  complaints: new ComplaintReader(VOCABULARY),
  redFlags: new RedFlagFinder(),
  terms: new TermFinder(),
  topics: new TopicIndex(VOCABULARY),
};

function understand(text: string, ...without: string[]): Understanding {
  return interpret(text, names, readers, new Set(without));
}

function brief(text: string, ...without: string[]) {
  const { intent, terms, place, specialties } = understand(text, ...without);
  return {
    intent,
    terms: terms.map(({ term: { kind, id } }) => `${kind}:${id}`),
    near: place?.name.key ?? null,
    first: specialties[0] ?? null,
  };
}

describe("one line of words is taken for", () => {
  test.each([
    ["ICU near Kothrud", "bed", ["bed:icu"], "Kothrud", null],
    ["कोथरूडमध्ये आयसीयू", "bed", ["bed:icu"], "Kothrud", null],
    ["kothrud ke paas ventilator", "bed", ["bed:ventilator"], "Kothrud", null],
    ["dialysis open now", "service", ["service:dialysis", "open:now"], null, null],
    ["dialysis kothrud", "service", ["service:dialysis"], "Kothrud", null],
    ["MRI near sassoon", "service", ["service:mri"], "sassoon", null],
    ["heart doctor near station ward", "care", [], "Station Ward", "cardiology"],
    ["kidney ston", "care", [], null, "urology"],
    ["मुतखडा", "care", [], null, "urology"],
    ["blood in urine", "care", [], null, "urology"],
    ["hepatitis B positive", "care", [], null, "hepatology"],
    ["PMJAY knee replacement", "care", ["scheme:pm-jay"], null, "orthopaedics"],
    ["आयुष्मान कार्ड", "scheme", ["scheme:pm-jay"], null, null],
    ["sassoon", "named-facility", [], null, null],
    ["sasoon hospital", "named-facility", ["kind:hospital"], null, null],
    ["सासून रुग्णालय", "named-facility", ["kind:hospital"], null, null],
    ["heart hospital", "care", ["kind:hospital"], null, "cardiology"],
    ["sunrise heart hospital", "named-facility", ["kind:hospital"], null, null],
    ["hospital near kothrud", "facility", ["kind:hospital"], "Kothrud", null],
    ["dr kulkarni", "doctor", [], null, null],
    ["आशा कुलकर्णी", "doctor", [], null, null],
    ["kothrud", "place", [], null, null],
    ["o negative blood", "blood", [], null, null],
    ["ओ निगेटिव ब्लड", "blood", [], null, null],
    ["blood bank", "blood", ["kind:blood-bank"], null, null],
    ["crocin", "medicine", [], null, null],
    ["24 hours chemist in kothrud", "medicine", ["open:now", "kind:pharmacy"], "Kothrud", null],
    ["casualty", "emergency", ["service:emergency"], null, null],
    ["qqqq zzzz", "unknown", [], null, null],
  ] as const)("%s: %s %j", (text, intent, terms, near, first) => {
    expect(brief(text)).toEqual({ intent, terms, near, first });
  });
});

test("a blood group is read in either script, and only where blood is asked for", () => {
  expect(understand("AB+ blood").blood?.group).toBe("AB+");
  expect(understand("need 2 units B positive").blood?.group).toBe("B+");
  expect(understand("ए पॉजिटिव खून चाहिए").blood?.group).toBe("A+");
  expect(understand("O-").blood?.group).toBe("O-");
  expect(understand("urgent blood needed").blood).toMatchObject({ group: null });
  expect(understand("blood sugar test").blood).toBeUndefined();
  expect(understand("vitamin b positive attitude classes near me").blood).toBeUndefined();
});

test("a sign of danger makes it an emergency, whatever else is asked", () => {
  const understood = understand("chest pain and sweating near kothrud");
  expect(understood).toMatchObject({ intent: "emergency", place: { name: { key: "Kothrud" } } });
  expect(understood.danger).toBeDefined();
});

test("a misspelt word is read, said, and left as typed when it was meant so", () => {
  expect(understand("ventilater").corrected).toEqual([{ typed: "ventilater", read: "ventilator" }]);
  expect(understand("kidny stone").corrected).toEqual([{ typed: "kidny", read: "kidney" }]);
  expect(understand("kidny stone", "word:kidny").corrected).toEqual([]);
  expect(brief("ventilater", "word:ventilater").terms).toEqual([]);
});

test("what was understood and not meant is left out, and the rest stays as it was", () => {
  expect(brief("ICU near Kothrud", "place:Kothrud")).toMatchObject({ terms: ["bed:icu"], near: null });
  expect(brief("ICU near Kothrud", "bed:icu")).toMatchObject({ terms: [], near: "Kothrud" });
  expect(brief("sassoon", "facility:sassoon").intent).not.toBe("named-facility");
});

test("hostile words are answered", () => {
  for (const text of [
    "near",
    "near near near in at",
    "के पास",
    "dr",
    "+",
    "ab".repeat(400),
    "🩸🩸",
    "near ".repeat(150),
  ])
    expect(understand(text).intent).toBeDefined();
});

describe("while somebody types", () => {
  const offered = (text: string) => understand(text).topics.map(({ key: { kind, id } }) => `${kind}:${id}`);

  test.each([
    ["card", "specialty:cardiology"],
    ["kidney ston", "condition:kidney-stone"],
    ["ayushm", "scheme:pm-jay"],
    ["गुर्दे की प", "condition:kidney-stone"],
    ["मुतख", "condition:kidney-stone"],
    ["derma", "specialty:dermatology"],
  ])("%s is offered %s", (text, topic) => {
    expect(offered(text).slice(0, 3)).toContain(topic);
  });

  test("the last word is not misspelt while it may be a beginning, and the others are", () => {
    expect(understand("card").corrected).toEqual([]);
    expect(understand("kidny ston").corrected).toEqual([{ typed: "kidny", read: "kidney" }]);
  });
});

test("a word of what was meant does not add specialties by itself", () => {
  expect(understand("burning while passing urine").specialties).not.toContain("burns");
});
