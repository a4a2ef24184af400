import { expect, test } from "vitest";
import { findSpecialties } from "@ihims/core/search/endpoints.ts";
import { testServer } from "../../testing/server.ts";

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
