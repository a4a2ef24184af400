import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import {
  getHl7Feed,
  listHl7Aside,
  listHl7Conflicts,
  resolveHl7Aside,
  setHl7Feed,
} from "@ihims/core/census/endpoints.ts";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { MllpClient } from "../../platform/mllp-client.ts";
import { frame, FrameReader } from "../../platform/mllp-frames.ts";
import { aCertificate, certificateFiles, type TestCertificate } from "../../testing/certificates.ts";
import { at } from "../../testing/server.ts";
import { forgetEndedBefore } from "./book-store.ts";
import { startHl7Listener } from "./listener.ts";
import {
  adt,
  dump,
  rowsOf,
  SENDER,
  summaryOf,
  testHospital,
  WARDS,
  type TestHospital,
} from "./testing/hospital.ts";

/** Send these, each of which is applied. */
async function applied(hospital: TestHospital, ...messages: string[]): Promise<void> {
  for (const message of messages) expect(await hospital.send(message)).toBe("AA");
}

const visits = async ({ server }: TestHospital) =>
  (await rowsOf(server, "hl7_visit", "ward, room, bed"))
    .map(({ ward, room, bed }) => [ward, room, bed].filter((one) => one !== null).join("/"))
    .sort();

test("an admission over MLLP moves the figure that the public reads", async () => {
  await using hospital = await testHospital();
  await hospital.declare("general", 20, 12);
  hospital.server.clock.set(at("12:10"));
  await applied(hospital, adt("A01", { to: "G^1^1", at: "12:05" }));
  expect(await hospital.figure("general")).toBe("13/20");
});

test("admission, transfer and discharge move the wards' figures one by one", async () => {
  await using hospital = await testHospital();
  await hospital.declare("general", 20, 12);
  await hospital.declare("icu", 4, 2);
  hospital.server.clock.set(at("15:00"));
  await applied(
    hospital,
    adt("A01", { to: "G^1^1", at: "12:10" }),
    adt("A02", { to: "ICU^1^1", from: "G^1^1", at: "12:20" }),
  );
  expect([await hospital.figure("general"), await hospital.figure("icu")]).toEqual(["12/20", "3/4"]);
  await applied(hospital, adt("A03", { to: "ICU^1^1", at: "12:30" }));
  expect([await hospital.figure("icu"), await visits(hospital)]).toEqual(["2/4", []]);
});

test("a discharge of somebody who came before the first message is one patient fewer", async () => {
  await using hospital = await testHospital();
  await hospital.declare("general", 20, 12);
  hospital.server.clock.set(at("13:00"));
  await applied(hospital, adt("A03", { to: "G^1^1", at: "12:30" }));
  expect(await hospital.figure("general")).toBe("11/20");
});

test("an admission that arrives after its own discharge leaves nobody behind, and the ward counts as before", async () => {
  await using hospital = await testHospital();
  await hospital.declare("general", 20, 12);
  hospital.server.clock.set(at("13:00"));
  await applied(
    hospital,
    adt("A03", { to: "G^1^1", at: "12:30" }),
    adt("A01", { to: "G^1^1", at: "12:20" }),
    adt("A03", { to: "G^1^1", at: "12:31" }),
  );
  expect([await hospital.figure("general"), await visits(hospital)]).toEqual(["12/20", []]);
});

test("cancelled admissions, transfers and discharges are taken back", async () => {
  await using hospital = await testHospital();
  await hospital.declare("general", 20, 12);
  await hospital.declare("icu", 4, 2);
  hospital.server.clock.set(at("15:00"));
  await applied(hospital, adt("A01", { to: "G^1^1", at: "12:10" }), adt("A11", { to: "G^1^1", at: "12:11" }));
  expect([await hospital.figure("general"), await visits(hospital)]).toEqual(["12/20", []]);
  await applied(
    hospital,
    adt("A01", { to: "G^1^1", at: "12:20" }),
    adt("A02", { to: "ICU^1^1", from: "G^1^1", at: "12:30" }),
    adt("A12", { to: "G^1^1", at: "12:31" }),
  );
  expect([await hospital.figure("general"), await hospital.figure("icu"), await visits(hospital)]).toEqual([
    "13/20",
    "2/4",
    ["G/1/1"],
  ]);
  await applied(hospital, adt("A03", { to: "G^1^1", at: "12:40" }), adt("A13", { to: "G^1^1", at: "12:41" }));
  expect([await hospital.figure("general"), await visits(hospital)]).toEqual(["13/20", ["G/1/1"]]);
});

test("a cancelled discharge into a bed that was given away is a conflict that a person sees", async () => {
  await using hospital = await testHospital();
  hospital.server.clock.set(at("15:00"));
  await applied(
    hospital,
    adt("A01", { visit: "V1", to: "G^1^1", at: "12:10" }),
    adt("A03", { visit: "V1", to: "G^1^1", at: "12:20" }),
    adt("A01", { visit: "V2", to: "G^1^1", at: "12:30" }),
    adt("A13", { visit: "V1", to: "G^1^1", at: "12:40" }),
  );
  expect(await visits(hospital)).toEqual(["G/1", "G/1/1"]);
  expect(await hospital.figure("general")).toBe("2/?");
  const manager = await hospital.server.person("bed-manager", hospital.facility.id);
  const params = { id: hospital.facility.id };
  const { items } = await manager.call(listHl7Conflicts, { params, query: {} });
  expect(items).toMatchObject([
    { kind: "conflict", event: "A13", place: { ward: "G", room: "1", bed: "1" }, state: "open" },
  ]);
  const [conflict] = items;
  await manager.call(resolveHl7Aside, { params: { ...params, asideId: conflict?.id ?? "" } });
  expect((await manager.call(listHl7Conflicts, { params, query: { state: "open" } })).items).toEqual([]);
});

test("two patients exchange their beds, over two types", async () => {
  await using hospital = await testHospital();
  hospital.server.clock.set(at("15:00"));
  await applied(
    hospital,
    adt("A01", { visit: "V1", to: "G^1^1", at: "12:10" }),
    adt("A01", { visit: "V2", to: "ICU^1^1", at: "12:10" }),
    adt("A17", {
      visit: "V1",
      to: "ICU^1^1",
      from: "G^1^1",
      at: "12:20",
      other: { visit: "V2", to: "G^1^1", from: "ICU^1^1" },
    }),
  );
  expect([await hospital.figure("general"), await hospital.figure("icu")]).toEqual(["1/?", "1/?"]);
  await applied(hospital, adt("A03", { visit: "V1", to: "ICU^1^1", at: "12:30" }));
  expect(await visits(hospital)).toEqual(["G/1/1"]);
});

test("a bed that is being cleaned is blocked until the hospital says that it is free", async () => {
  await using hospital = await testHospital();
  await hospital.declare("general", 20, 12);
  hospital.server.clock.set(at("15:00"));
  const bed = (status: string, moment: string) => adt("A20", { to: "G^1^1", status, at: moment });
  await applied(hospital, bed("U", "12:10"), adt("A01", { to: "G^1^1", at: "12:20" }));
  expect(await hospital.figure("general")).toBe("13/20-0");
  await applied(hospital, adt("A03", { to: "G^1^1", at: "12:30" }));
  expect(await hospital.figure("general")).toBe("12/20-1");
  await applied(hospital, bed("U", "12:50"));
  expect(await hospital.figure("general")).toBe("12/20-0");
  await applied(hospital, bed("C", "12:55"));
  expect(await hospital.figure("general")).toBe("12/20-1");
});

test("when the acknowledgement arrives, the visit and the figure are committed; before that there is none", async () => {
  await using hospital = await testHospital();
  const { server, facility } = hospital;
  let isAnswered = false;
  const sending = Promise.withResolvers<string>();
  await server.ctx.db.transaction().execute(async (holder) => {
    await sql`select 1 from facility where id = ${facility.id} for update`.execute(holder);
    void hospital.send(adt("A01", { to: "G^1^1" })).then((ack) => {
      isAnswered = true;
      sending.resolve(ack);
    });
    const waiting = sql<{ count: number }>`select count(*) from pg_locks where not granted`;
    await expect
      .poll(async () => (await waiting.execute(server.ctx.db)).rows[0]?.count, { timeout: 20_000 })
      .toBeGreaterThan(0);
    expect(isAnswered).toBe(false);
    expect(await rowsOf(server, "hl7_visit")).toEqual([]);
  });
  expect(await sending.promise).toBe("AA");
  expect(await rowsOf(server, "hl7_visit", "ward, bed")).toEqual([{ ward: "G", bed: "1" }]);
  expect(await rowsOf(server, "observation", "source, value")).toEqual([
    { source: "hl7", value: { occupied: 1 } },
  ]);
});

test("the same message again is answered and not applied again; another under its control id is", async () => {
  await using hospital = await testHospital();
  await hospital.declare("general", 20, 12);
  hospital.server.clock.set(at("15:00"));
  const gone = (visit: string) => adt("A03", { visit, to: "G^1^1", at: "12:30", controlId: "SAME" });
  await applied(hospital, gone("V1"), gone("V1"));
  expect(await hospital.figure("general")).toBe("11/20");
  await applied(hospital, gone("V2"));
  expect(await hospital.figure("general")).toBe("10/20");
});

test("a message that was refused is applied when it comes again after its ward was mapped", async () => {
  await using hospital = await testHospital();
  const { server, facility } = hospital;
  const message = adt("A01", { to: "NEW^1^1" });
  const refusal = 'AE 204 The ward "NEW" is not mapped to a type of bed';
  expect([await hospital.send(message), await hospital.send(message)]).toEqual([refusal, refusal]);
  const admin = await server.person("administrator", facility.id);
  const params = { id: facility.id };
  expect((await admin.call(listHl7Aside, { params, query: {} })).items).toHaveLength(1);
  await admin.call(setHl7Feed, {
    params,
    body: { senders: [SENDER], wards: [...WARDS, { code: "NEW", bedType: "hdu", staffed: null }] },
  });
  expect(await hospital.send(message)).toBe("AA");
  expect(await hospital.figure("hdu")).toBe("1/?");
});

test("a sender that is not registered is rejected, and nothing of its patient is kept", async () => {
  await using hospital = await testHospital();
  expect(await hospital.send(adt("A01", { to: "G^1^1", sender: "OTHER|ELSEWHERE" }))).toMatch(/^AR 204 /);
  expect(
    await rowsOf(hospital.server, "hl7_aside", "application, facility_code, event, facility_id"),
  ).toEqual([{ application: "OTHER", facility_code: "ELSEWHERE", event: "A01", facility_id: null }]);
  expect(await rowsOf(hospital.server, "hl7_visit")).toEqual([]);
});

test("a sender is known by the whole of MSH-4 too", async () => {
  await using hospital = await testHospital({
    senders: [{ application: "WARDSYS", facilityCode: "RIVERSIDE^2.25.1001^ISO" }],
  });
  await applied(hospital, adt("A01", { to: "G^1^1", sender: "WARDSYS|RIVERSIDE^2.25.1001^ISO" }));
});

test("what is not ADT is rejected, what has no effect is accepted, what is not HL7 is answered", async () => {
  await using hospital = await testHospital();
  expect(await hospital.send(adt("A01", { to: "G^1^1" }).replace("ADT^A01", "ORU^R01"))).toMatch(/^AR 200 /);
  expect(await hospital.send(adt("A31"))).toBe("AA");
  expect(await hospital.send(adt("A01", { to: "G^1^1", class: "P" }))).toBe("AA");
  expect(await hospital.send("hello")).toMatch(/^AR 100 /);
  expect(await hospital.send("\0\0")).toMatch(/^AR 100 /);
  expect(await hospital.send(adt("A01", { to: "G\0^1^1", class: "P" }))).toBe("AA");
  expect(await rowsOf(hospital.server, "observation")).toEqual([]);
});

test("an event from the future is an error; one of the past does not take the figure back", async () => {
  await using hospital = await testHospital();
  await hospital.declare("general", 20, 12);
  hospital.server.clock.set(at("13:00"));
  expect(await hospital.send(adt("A01", { visit: "V0", to: "G^9^9", at: "13:06" }))).toMatch(
    /^AE 102 .*5 minutes ahead/,
  );
  await applied(
    hospital,
    adt("A01", { visit: "V1", to: "G^1^1", at: "12:50" }),
    adt("A01", { visit: "V2", to: "G^1^2", at: "12:40" }),
  );
  expect(await hospital.figure("general")).toBe("14/20");
  const [standing] = await rowsOf(hospital.server, "standing where source = 'hl7'", "observed_at, value");
  expect(standing).toEqual({ observed_at: at("12:50"), value: { occupied: 14, staffed: 20 } });
});

test("odd delimiters, split packets and several messages at once come through the socket", async () => {
  await using hospital = await testHospital();
  const socket = connect({ port: hospital.port, host: "127.0.0.1" });
  await once(socket, "connect");
  const reader = new FrameReader(100_000);
  const answers: string[] = [];
  socket.on("data", (chunk) => {
    for (const one of reader.push(chunk)) if (one.kind === "message") answers.push(one.bytes.toString());
  });
  const odd = adt("A01", { visit: "V1", to: "G^1^1", controlId: "ODD" })
    .replaceAll("|", "#")
    .replaceAll("^", ":")
    .replace("\\", "$");
  const stream = Buffer.concat(
    [odd, adt("A01", { visit: "V2", to: "G^1^2" }), adt("A31")].map((text) => frame(Buffer.from(text))),
  );
  for (const byte of stream.subarray(0, 40)) socket.write(Buffer.of(byte));
  socket.write(stream.subarray(40));
  await expect.poll(() => answers.length, { timeout: 20_000 }).toBe(3);
  expect(answers[0]?.split("\r")[1]).toBe("MSA#AA#ODD");
  expect(answers.slice(1).map(summaryOf)).toEqual(["AA", "AA"]);
  expect(await visits(hospital)).toEqual(["G/1/1", "G/1/2"]);
  socket.destroy();
});

test("ward codes are read, and answers written, in the character set of MSH-18; one that is not read is rejected", async () => {
  await using hospital = await testHospital({ wards: [{ code: "Süd", bedType: "general", staffed: null }] });
  const client = await MllpClient.connect({
    port: hospital.port,
    host: "127.0.0.1",
    encoding: "iso-8859-1",
  });
  const inCharset = (charset: string, to: string) =>
    adt("A01", { to }).replace("|P|2.5.1", `|P|2.5.1||||||${charset}`);
  expect(summaryOf(await client.send(inCharset("8859/1", "Süd^1^1")))).toBe("AA");
  const refusal = await client.send(inCharset("8859/1", "Nörd^1^1"));
  expect(refusal).toContain('The ward "Nörd" is not mapped');
  expect(summaryOf(await client.send(inCharset("ISO IR87", "Süd^1^2")))).toMatch(/^AR 103 /);
  expect(await visits(hospital)).toEqual(["Süd/1/1"]);
  await client.close();
});

test("a frame that is too large is rejected by its control id", async () => {
  await using hospital = await testHospital({ limits: { frameMaxBytes: 10_000 } });
  const ack = await hospital.sendRaw(
    adt("A01", { to: "G^1^1", controlId: "HUGE", more: [`NTE|1||${"x".repeat(20_000)}`] }),
  );
  expect(ack.split("\r")[1]).toBe("MSA|AR|HUGE");
  expect(await visits(hospital)).toEqual([]);
});

test("nothing that identifies a patient is anywhere in the database", async () => {
  await using hospital = await testHospital();
  hospital.server.clock.set(at("15:00"));
  await applied(
    hospital,
    adt("A01", { visit: "V1", to: "G^1^1", at: "12:10" }),
    adt("A01", { visit: "V2", to: "G^1^1", at: "12:20" }),
    adt("A45", { visit: "V3", to: "G^1^1", at: "12:30", more: ["MRG|MRNV177||ACCTV1||NUM-V1"] }),
  );
  await hospital.send(adt("A01", { visit: "V4", to: "NEW^1^1" }));
  await hospital.send(adt("A01", { visit: "V5", to: "G^1^1", sender: "OTHER|ELSEWHERE" }));
  await hospital.send(adt("A03", { visit: "V6", to: "G^1^1", at: "18:00" }));
  await hospital.send("Secretname Meera, born 19610412");
  const everything = await dump(hospital.server);
  expect(everything).toContain("MSH|^~");
  expect(everything).not.toMatch(
    /secretname|meera|privatename|hidden road|2025550100|19610412|doctorsecret|MRNV|ACCTV|NUM-V|999911112222/i,
  );
});

test("a visit's row goes with its discharge, its hash a week later, and the same number elsewhere is another hash", async () => {
  await using hospital = await testHospital();
  const { server } = hospital;
  const other = await server.aFacility({ name: "Hillside" });
  const operator = await server.person("administrator", other.id);
  await operator.call(setHl7Feed, {
    params: { id: other.id },
    body: { senders: [{ application: "WARDSYS", facilityCode: "HILL" }], wards: WARDS },
  });
  await applied(hospital, adt("A01", { to: "G^1^1" }), adt("A01", { to: "G^1^1", sender: "WARDSYS|HILL" }));
  const keys = (await rowsOf(server, "hl7_visit", "key")).map(({ key }) => key);
  expect(new Set(keys).size).toBe(2);
  await applied(hospital, adt("A03", { to: "G^1^1" }), adt("A03", { to: "G^1^1", sender: "WARDSYS|HILL" }));
  expect(await rowsOf(server, "hl7_visit")).toEqual([]);
  await forgetEndedBefore(server.ctx.db, at("12:01"));
  for (const key of keys) expect(await dump(server)).not.toContain(key);
});

test("the feed is set up by administrators and bed managers of the facility, and by nobody else", async () => {
  await using hospital = await testHospital();
  const { server, facility } = hospital;
  const params = { id: facility.id };
  const other = await server.aFacility({ name: "Hillside" });
  const stranger = await server.person("administrator", other.id, "stranger@example.org");
  const viewer = await server.person("viewer", facility.id);
  const body = { senders: [SENDER], wards: WARDS };
  for (const caller of [stranger, viewer, await server.machineOf(facility.id)]) {
    await expect(caller.call(getHl7Feed, { params })).rejects.toThrow("403");
    await expect(caller.call(setHl7Feed, { params, body })).rejects.toThrow("403");
    await expect(caller.call(listHl7Aside, { params, query: {} })).rejects.toThrow("403");
  }
  await expect(server.anybody.call(getHl7Feed, { params })).rejects.toThrow("401");
  await expect(stranger.call(setHl7Feed, { params: { id: other.id }, body })).rejects.toThrow("409");
  const manager = await server.person("bed-manager", facility.id);
  await expect(
    manager.call(setHl7Feed, { params, body: { ...body, wards: [...WARDS, ...WARDS] } }),
  ).rejects.toThrow("400");
  await applied(hospital, adt("A01", { to: "G^1^1" }));
  expect(await manager.call(getHl7Feed, { params })).toMatchObject({
    senders: [{ ...SENDER, lastHeardAt: at("12:00") }],
    census: [{ type: "general", known: 1, unattributed: 0, anchoredAt: null }],
  });
});

test("what was kept aside is read page by page, newest first", async () => {
  await using hospital = await testHospital();
  const admin = await hospital.server.person("administrator", hospital.facility.id);
  const wards = Array.from({ length: 12 }, (_, place) => `N${place}`);
  for (const ward of wards) await hospital.send(adt("A01", { to: `${ward}^1^1` }));
  const reasons: (string | undefined)[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await admin.call(listHl7Aside, {
      params: { id: hospital.facility.id },
      query: { limit: 5, ...(cursor !== undefined && { cursor }) },
    });
    reasons.push(...page.items.map(({ reason }) => /"(\w+)"/.exec(reason)?.[1]));
    cursor = page.nextCursor;
  }
  expect(reasons).toEqual(wards.toReversed());
});

test("a ward that counts as another type moves its patients there; one that counts no more is forgotten", async () => {
  await using hospital = await testHospital();
  await applied(
    hospital,
    adt("A01", { visit: "V1", to: "G^1^1" }),
    adt("A01", { visit: "V2", to: "ICU^1^1" }),
  );
  const admin = await hospital.server.person("administrator", hospital.facility.id);
  const put = (wards: typeof WARDS) =>
    admin.call(setHl7Feed, { params: { id: hospital.facility.id }, body: { senders: [SENDER], wards } });
  await put([
    { code: "G", bedType: "general", staffed: 20 },
    { code: "ICU", bedType: "general", staffed: 4 },
  ]);
  expect(await hospital.figure("general")).toBe("2/?");
  await put([{ code: "G", bedType: "general", staffed: 20 }]);
  expect([await hospital.figure("general"), await visits(hospital)]).toEqual(["1/?", ["G/1/1"]]);
});

test("the same messages sent to another server end in the same census", async () => {
  const events = ["A01", "A02", "A03", "A11", "A12", "A13", "A21", "A22", "A06", "A07", "A08"];
  const places = ["G^1^1", "G^1^2", "ICU^1^1", "ED^^1", "G"];
  // A fixed walk through events, visits and places: each message moves some patient somewhere.
  const stream = Array.from({ length: 80 }, (_, step) =>
    adt(events[(step * 7) % events.length] ?? "A01", {
      visit: `V${(step * 5) % 6}`,
      to: places[(step * 3) % places.length] ?? "G",
      at: `12:${String(Math.floor(step / 2)).padStart(2, "0")}`,
      controlId: `R${step}`,
    }),
  );
  const state = async (isTwice: boolean) => {
    await using hospital = await testHospital();
    await hospital.declare("general", 20, 12);
    hospital.server.clock.set(at("15:00"));
    for (const message of stream) {
      const ack = await hospital.send(message);
      if (isTwice) expect(await hospital.send(message)).toBe(ack);
    }
    const figures = await Promise.all(
      (["general", "icu", "emergency"] as const).map((type) => hospital.figure(type)),
    );
    return {
      figures,
      visits: await visits(hospital),
      census: await rowsOf(hospital.server, "hl7_census", "bed_type, unattributed, anchored_at, counted_at"),
    };
  };
  const live = await state(false);
  expect(live.visits.length).toBeGreaterThan(1);
  expect(await state(false)).toEqual(live);
  expect(await state(true)).toEqual(live);
});

test("a sender with a certificate is known by it beside its name, and by nothing else over MLLP", async () => {
  const [own, his, another] = ["ihims", "his", "another"].map((commonName) => aCertificate({ commonName }));
  if (!own || !his || !another) throw new Error("three were made");
  const certificate = new X509Certificate(his.cert).fingerprint256;
  await using hospital = await testHospital({ senders: [{ ...SENDER, certificate }] });
  const manager = await hospital.server.person("bed-manager", hospital.facility.id);
  const { senders } = await manager.call(getHl7Feed, { params: { id: hospital.facility.id } });
  expect(senders).toMatchObject([{ ...SENDER, certificate }]);
  await using files = await certificateFiles({ "own.pem": own.cert, "own.key": own.key });
  const secure = await startHl7Listener(() => hospital.server.ctx, {
    port: 0,
    host: "127.0.0.1",
    tls: { certificate: files.path("own.pem"), key: files.path("own.key"), clients: "optional" },
  });
  const sentWith = async (shown?: TestCertificate) => {
    const tls = { ca: own.cert, servername: "localhost", ...(shown && { cert: shown.cert, key: shown.key }) };
    const client = await MllpClient.connect({ ...secure.address, tls });
    const answer = summaryOf(await client.send(adt("A01", { to: "G^1^1" })));
    await client.close();
    return answer;
  };
  const refused = "AR 204 This sender (MSH-3, MSH-4) is known only with its client certificate, over TLS";
  expect(await hospital.send(adt("A01", { to: "G^1^1" }))).toBe(refused);
  expect(await sentWith()).toBe(refused);
  expect(await sentWith(another)).toBe(refused);
  expect(await sentWith(his)).toBe("AA");
  await secure.close();
});
