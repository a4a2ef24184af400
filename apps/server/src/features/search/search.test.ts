import { expect, test } from "vitest";
import { replaceRoster } from "@ihims/core/doctors/endpoints.ts";
import { requestHold } from "@ihims/core/holds/endpoints.ts";
import { reportBeds } from "@ihims/core/observations/endpoints.ts";
import { findSpecialties, search } from "@ihims/core/search/endpoints.ts";
import { at, testServer, type TestServer } from "../../testing/server.ts";
import { recordStock } from "../observations/observations.ts";
import { aCatalogue, type ProductName } from "../stock/testing/catalogue.ts";

test("a complaint is answered with specialties, best first, each with its reason in the reader's language", async () => {
  await using server = await testServer();
  const ask = (complaint: string, lang: string) =>
    server.anybody.call(findSpecialties, { query: { complaint, lang, limit: 3 } });

  const english = await ask("kidney ston", "en");
  expect(english.emergency).toBe(false);
  expect(english.items[0]?.specialty).toBe("urology");
  expect(english.items[0]?.reasons[0]?.words).toMatch(/^because: /);
  expect(english.items.length).toBeLessThanOrEqual(3);

  const marathi = await ask("मुतखडा", "mr");
  expect(marathi.items[0]).toMatchObject({ specialty: "urology", snomed: "394612005" });
  expect(marathi.items[0]?.name).toBe("मूत्रविकार");
});

test("a sign of danger is answered as an emergency, with first steps and where they are from", async () => {
  await using server = await testServer();
  const answer = await server.anybody.call(findSpecialties, {
    query: { complaint: "सीने में दर्द और पसीना आ रहा है" },
    headers: { "accept-language": "hi-IN,hi;q=0.9" },
  });
  expect(answer.emergency).toBe(true);
  expect(answer.items[0]?.specialty).toBe("emergency-medicine");
  expect(answer.firstSteps?.words).toContain("108");
  expect(answer.firstSteps?.source).not.toBe("");
});

test("what is not understood goes to a general doctor, and a missing complaint is refused by name", async () => {
  await using server = await testServer();
  const answer = await server.anybody.call(findSpecialties, {
    query: { complaint: "qqqq zzzz", lang: "en" },
  });
  expect(answer.items[0]).toMatchObject({ specialty: "general-medicine", confidence: 0 });
  const refused = await server.app.fastify.inject({ url: "/api/v1/specialties?complaintt=cough" });
  expect(refused.statusCode).toBe(400);
  expect(refused.body).toContain("complaint");
});

const NEAR = "18.52,73.85";

/** A hospital this many metres north of where is asked from. */
function hospital(server: TestServer, name: string, metres: number, more: object = {}) {
  const position = { lat: 18.52 + metres / 111_195, lon: 73.85 };
  return server.aFacility({ name, position, hours: { kind: "always" }, ...more });
}

function ask(server: TestServer, q: string, more: object = {}) {
  return server.anybody.call(search, { query: { q, near: NEAR, lang: "en", ...more } });
}

test("a complaint leads to places that treat it, best first, each with its reasons", async () => {
  await using server = await testServer();
  await hospital(server, "Stones", 2000, { specialties: ["urology"] });
  await hospital(server, "Eyes", 100, { specialties: ["ophthalmology"] });
  await hospital(server, "Unsaid", 900);
  const answer = await ask(server, "kidny stone");
  expect(answer.interpretation).toMatchObject({
    intent: "care",
    entities: [{ kind: "condition", id: "kidney-stone" }],
    corrected: [{ typed: "kidny", read: "kidney" }],
    nearFrom: "request",
  });
  expect(answer.filters.specialties).toContain("urology");
  expect(answer.facilities.map(({ name }) => name)).toEqual(["Stones", "Unsaid"]);
  expect(answer.facilities.map(({ care }) => care?.reasons[0]?.code)).toEqual([
    "offers:urology",
    "offers-unlisted",
  ]);
  expect(answer.items.map(({ kind, id }) => `${kind}:${id}`)).toContain("specialty:urology");
});

test("a bed near a place is looked for there, and what was understood can be undone", async () => {
  await using server = await testServer();
  const here = await hospital(server, "Here", 200);
  const there = await hospital(server, "There", 9000, {
    locality: "Kothrud",
    localityNames: { mr: "कोथरूड" },
  });
  for (const { id } of [here, there]) {
    const machine = await server.machineOf(id);
    const body = { staffed: 10, occupied: 8, observedAt: at("11:55") };
    await machine.call(reportBeds, { params: { id, type: "icu" }, body });
  }
  const answer = await ask(server, "कोथरूडजवळ आयसीयू");
  expect(answer.interpretation).toMatchObject({
    intent: "bed",
    entities: [
      { kind: "bed", id: "icu" },
      { kind: "place", id: "Kothrud" },
    ],
    nearFrom: "words",
  });
  expect(answer.facilities[0]).toMatchObject({ name: "There", distance: 0 });
  expect(answer.facilities[0]?.care?.reasons[0]).toEqual({
    code: "bed-few:icu",
    words: "ICU bed: 1–2 left, call first",
  });
  const undone = await ask(server, "कोथरूडजवळ आयसीयू", { without: ["place:Kothrud"] });
  expect(undone.facilities[0]?.name).toBe("Here");
  expect((await ask(server, "ICU near Kothrud", { without: ["bed:icu"] })).filters.bed).toBeNull();
});

test("a sign of danger is answered with first steps and the emergency departments that take people now", async () => {
  await using server = await testServer();
  await hospital(server, "Nearest", 300, { hasEmergency: false });
  await hospital(server, "Emergency", 3000, { hasEmergency: true });
  const answer = await ask(server, "सीने में दर्द और पसीना आ रहा है", { lang: "hi" });
  expect(answer.emergency).toBe(true);
  expect(answer.firstSteps?.words).toContain("108");
  expect(answer.facilities.map(({ name }) => name)).toEqual(["Emergency"]);
  expect(answer.facilities[0]?.care?.reasons.map(({ words }) => words)).toContain("आपातकालीन विभाग");
});

test("words that mean nothing still lead to the two nearest emergency departments", async () => {
  await using server = await testServer();
  for (const metres of [5000, 800, 300])
    await hospital(server, `At ${metres}`, metres, { hasEmergency: true });
  const answer = await ask(server, "qqqq zzzz");
  expect(answer).toMatchObject({
    interpretation: { intent: "unknown", entities: [] },
    facilities: [],
    items: [],
  });
  expect(answer.emergencyDepartments.map(({ name }) => name)).toEqual(["At 300", "At 800"]);
});

test("a name is found in either script, misspelt, and while it is typed; a new one at once", async () => {
  await using server = await testServer();
  await hospital(server, "Sassoon General Hospital", 500, { names: { mr: "ससून सर्वोपचार रुग्णालय" } });
  for (const q of ["sasson", "ससून", "sassoon hospital"]) {
    const { interpretation, facilities } = await ask(server, q);
    expect([q, interpretation.intent, facilities[0]?.name]).toEqual([
      q,
      "facility",
      "Sassoon General Hospital",
    ]);
  }
  expect((await ask(server, "sass")).items[0]?.name).toBe("Sassoon General Hospital");
  await hospital(server, "Ruby Hall", 700);
  expect((await ask(server, "ruby")).facilities.map(({ name }) => name)).toEqual(["Ruby Hall"]);
});

test("a doctor's name leads to where they work", async () => {
  await using server = await testServer();
  const { id } = await hospital(server, "Heart", 500, { specialties: ["cardiology"] });
  const manager = await server.person("roster-manager", id);
  const doctor = { name: "Dr Asha Kulkarni", specialties: ["cardiology" as const] };
  const spans = [{ day: 7, from: "17:00", to: "21:00" }];
  await manager.call(replaceRoster, { params: { id }, body: { items: [{ doctor, spans }] } });
  const answer = await ask(server, "dr kulkarni");
  expect(answer.interpretation.entities).toMatchObject([{ kind: "doctor", name: "Dr Asha Kulkarni" }]);
  expect(answer.facilities[0]?.care?.reasons.map(({ code }) => code)).toContain("duty-on-site");
});

test("a scheme, a medicine and blood lead to the kinds of place that have them", async () => {
  await using server = await testServer();
  const scheme = { scheme: "pm-jay", specialties: [], from: null, to: null };
  await hospital(server, "Empanelled", 900, { specialties: ["orthopaedics"], schemes: [scheme] });
  await hospital(server, "Bank", 500, { kind: "blood-bank" });
  await hospital(server, "Chemist", 400, { kind: "pharmacy" });
  const namesFor = async (q: string) => (await ask(server, q)).facilities.map(({ name }) => name);
  expect(await namesFor("ayushman card knee replacement")).toEqual(["Empanelled"]);
  expect(await namesFor("o negative blood")).toEqual(["Bank"]);
  expect(await namesFor("crocin")).toEqual(["Chemist"]);
  const { facilities } = await ask(server, "crocin");
  expect(facilities[0]?.care?.reasons[0]).toEqual({
    code: "stock-untold",
    words: "not told whether paracetamol is in stock, call first",
  });
});

test("without a place nothing is said of the way, and hostile words are answered", async () => {
  await using server = await testServer();
  await hospital(server, "Heart", 500, { specialties: ["cardiology"] });
  const answer = await server.anybody.call(search, { query: { q: "heart doctor" } });
  expect(answer.facilities[0]).toMatchObject({ name: "Heart", distance: null, care: { travel: null } });
  expect(answer.emergencyDepartments).toEqual([]);
  for (const q of ["%", "near", "'; drop table facility; --", "a".repeat(1000), "💊💊", "<script>"])
    expect((await ask(server, q)).interpretation).toBeDefined();
  const refused = await server.app.fastify.inject({ url: "/api/v1/search?q=x&neer=1,2" });
  expect(refused.statusCode).toBe(400);
  expect(refused.body).toContain("neer");
});

test("in an emergency a place that has what helps comes before a nearer one, and a children's hospital is for children", async () => {
  await using server = await testServer();
  await hospital(server, "Near", 1000, { hasEmergency: true });
  await hospital(server, "Antivenom", 3000, { hasEmergency: true, services: ["antivenom"] });
  await hospital(server, "Children's", 200, {
    hasEmergency: true,
    specialties: ["paediatrics", "emergency-medicine"],
    services: ["antivenom"],
  });
  const names = async (q: string) => {
    const { facilities, emergencyDepartments } = await ask(server, q);
    return [facilities, emergencyDepartments].map((list) => list.map(({ name }) => name));
  };
  expect(await names("snake bite on the foot")).toEqual([
    ["Antivenom", "Near"],
    ["Near", "Antivenom"],
  ]);
  const [places, departments] = await names("my child was bitten by a snake");
  expect(places?.[0]).toBe("Children's");
  expect(departments).toEqual(["Children's", "Near"]);
});

test("an illness is best treated where there is what it often takes, and no place is left out for it", async () => {
  await using server = await testServer();
  await hospital(server, "Doctor only", 1000, { specialties: ["neurology"] });
  await hospital(server, "With an EEG", 2500, { specialties: ["neurology"], services: ["eeg"] });
  const { facilities } = await ask(server, "epilepsy");
  expect(facilities.map(({ name }) => name)).toEqual(["With an EEG", "Doctor only"]);
  expect(facilities[0]?.care?.reasons.map(({ code }) => code)).toContain("service:eeg");
});

test("kind and opening hours narrow the places beside the words, and a search box can do without places", async () => {
  await using server = await testServer();
  await hospital(server, "Hospital", 1000, { specialties: ["dermatology"] });
  await hospital(server, "Clinic", 2000, { kind: "clinic", specialties: ["dermatology"] });
  await hospital(server, "Closed", 500, {
    kind: "clinic",
    specialties: ["dermatology"],
    hours: { kind: "weekly", spans: [{ day: 1, from: "09:00", to: "10:00" }] },
  });
  const names = async (more: object) =>
    (await ask(server, "skin rash", more)).facilities.map(({ name }) => name);
  expect(await names({ kind: ["clinic"] })).toEqual(["Clinic", "Closed"]);
  expect(await names({ open: "now" })).toEqual(["Hospital", "Clinic"]);
  const offered = await ask(server, "skin ra", { places: 0 });
  expect(offered.facilities).toEqual([]);
  expect(offered.emergencyDepartments).toEqual([]);
  expect(offered.items.map(({ id }) => id)).toContain("skin-rash");
});

test("for a medicine the places that have it come first, with what may stand in for it where that is all there is", async () => {
  await using server = await testServer();
  const ids = await aCatalogue(server.ctx);
  const chemist = async (name: string, metres: number, stock: Partial<Record<ProductName, number>>) => {
    const { id } = await hospital(server, name, metres, { kind: "pharmacy", hours: { kind: "always" } });
    const lines = Object.entries(stock).map(([product, quantity]) => ({
      // The keys are those of the catalogue.
      medicine: ids[product as ProductName],
      value: { quantity },
      observedAt: at("12:00"),
    }));
    if (lines.length > 0)
      await recordStock(server.ctx, { facility: id, source: "api", sender: "key:1", lines });
    return id;
  };
  await chemist("Gone", 100, { amovic: 0 });
  await chemist("Untold", 200, {});
  await chemist("Other maker", 2500, { clavoral: 5 });
  const has = await chemist("Has it", 2600, { amovic: 5 });
  const told = async (q: string) =>
    (await ask(server, q)).facilities.map(({ name, care }) => [name, care?.reasons[0]?.words]);
  expect(await told("amovic 625")).toEqual([
    ["Has it", "Amovic 625 Tablet in stock"],
    ["Other maker", "in stock of another maker: Clavoral 625 Tablet, ask the pharmacist"],
    ["Untold", "not told whether Amovic 625 Tablet is in stock, call first"],
    ["Gone", "Amovic 625 Tablet not in stock"],
  ]);
  const citizen = await server.citizen();
  await citizen.call(requestHold, { body: { facility: has, subject: `medicine:${ids.amovic}`, units: 5 } });
  expect((await told("amovic 625")).at(-1)).toEqual(["Has it", "Amovic 625 Tablet not in stock"]);
  await chemist("Paracetamol", 3000, { dolomed: 9 });
  expect((await told("paracetamol"))[0]).toEqual(["Paracetamol", "paracetamol in stock"]);
});

test("a place that has a rare medicine is found behind a hundred that do not", async () => {
  await using server = await testServer();
  const { metsulin } = await aCatalogue(server.ctx);
  for (let n = 0; n < 100; n += 1) await hospital(server, `Chemist ${n}`, 10 * n, { kind: "pharmacy" });
  const { id } = await hospital(server, "Rare", 5000, { kind: "pharmacy" });
  const lines = [{ medicine: metsulin, value: { quantity: 3 }, observedAt: at("12:00") }];
  await recordStock(server.ctx, { facility: id, source: "api", sender: "key:1", lines });
  expect((await ask(server, "metsulin 500")).facilities[0]?.name).toBe("Rare");
});
