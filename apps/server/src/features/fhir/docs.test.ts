import { readFileSync } from "node:fs";
import { replaceRoster } from "@ihims/core/doctors/endpoints.ts";
import { reportBeds } from "@ihims/core/observations/endpoints.ts";
import { expect, test } from "vitest";
import { testServer } from "../../testing/server.ts";

const PAGE = readFileSync(new URL("../../../../../docs/fhir.md", import.meta.url), "utf8");

/** The commands of the page that read: what is between the quotes, and the form of a search by POST. */
function examples(): { path: string; form: string | undefined }[] {
  return PAGE.split("\n").flatMap((line) => {
    const [, path] = /^curl (?:-X POST )?"\$\{?BASE(?:%R4\})?([^"]*)"/.exec(line) ?? [];
    if (path === undefined) return [];
    const form = [...line.matchAll(/ -d "([^"]*)"/g)].map(([, field]) => field).join("&");
    const release = path.startsWith("R5/") ? `/fhir/${path}` : `/fhir/R4${path}`;
    return [{ path: release.replace("\\$", "$"), form: form === "" ? undefined : form }];
  });
}

test("every example of the page that reads is answered", async () => {
  await using server = await testServer();
  const { id } = await server.aFacility({
    specialties: ["cardiology"],
    services: ["ct-scan"],
    bedTypes: ["icu"],
  });
  const machine = await server.machineOf(id);
  await machine.call(reportBeds, { params: { id, type: "icu" }, body: { staffed: 12, occupied: 9 } });
  const doctor = { name: "Dr Asha Kulkarni", specialties: ["cardiology" as const] };
  await machine.call(replaceRoster, { params: { id }, body: { items: [{ doctor }] } });
  const found = examples();
  expect(found.length).toBeGreaterThan(30);
  for (const { path, form } of found) {
    const url = path.replaceAll("$ID", id).replaceAll("|", "%7C");
    const { statusCode, body } = await server.app.fastify.inject({
      method: form === undefined ? "GET" : "POST",
      url,
      ...(form === undefined
        ? {}
        : { body: form, headers: { "content-type": "application/x-www-form-urlencoded" } }),
    });
    expect(statusCode, `${url}: ${body.slice(0, 300)}`).toBe(200);
  }
});
