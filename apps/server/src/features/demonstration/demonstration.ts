import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { banksOf, policyOf } from "@ihims/city/blood.ts";
import { makeCity, type ModelCity } from "@ihims/city/city.ts";
import { makeDoctors } from "@ihims/city/doctors.ts";
import { makeMedicines } from "@ihims/city/medicines/catalogue.ts";
import type { ModelHospital } from "@ihims/city/facilities.ts";
import { dateIn } from "@ihims/core/calendar.ts";
import { placesWithStock } from "@ihims/city/stock.ts";
import { FacilityId } from "@ihims/core/ids.ts";
import { millisOf } from "@ihims/core/time.ts";
import { z } from "zod";
import type { Context } from "../../platform/context.ts";
import { setFeed } from "../census/census.ts";
import { findCity, saveCity } from "../city/city.ts";
import { addDoctors } from "../doctors/doctors.ts";
import { createFacility, listAllFacilities } from "../facilities/facilities.ts";
import { issueApiKey } from "../keys/keys.ts";
import { addMedicines } from "../medicines/medicines.ts";
import { recordObservations } from "../observations/observations.ts";
import { createPerson } from "../people/people.ts";
import { openBanks } from "./opening-blood.ts";
import { openShelves } from "./opening-stock.ts";
import { openingFigures } from "./opening.ts";
import { warnOfSeason } from "./warning.ts";

/** The city that is made when no other is asked for. */
export const DEFAULT_SEED = 1;

/** The accounts that a visitor is told. They are no secret: nothing in the city is real. */
export const DEMONSTRATION_ACCOUNTS = [
  { email: "nurse@demo.example", password: "demo-nurse-1", who: "bed manager of two hospitals" },
  { email: "bloodbank@demo.example", password: "demo-bloodbank-1", who: "officer of a blood bank" },
  { email: "pharmacist@demo.example", password: "demo-pharmacist-1", who: "pharmacist of a pharmacy" },
  { email: "admin@demo.example", password: "demo-admin-1", who: "administrator of the platform" },
  { email: "city@demo.example", password: "demo-city-1", who: "health officer of the city" },
] as const;

/** The list that the model city's medicines are from. */
export const DEMONSTRATION_CATALOGUE = "demonstration";

/** What the simulator needs to speak for the hospitals, kept in a file beside the database. */
export const SimulatorAccess = z.object({
  seed: z.int(),
  apiKey: z.string(),
  staff: z
    .array(z.object({ facility: z.string(), email: z.string(), password: z.string() }))
    .describe("Who types, by the model city's references"),
  pharmacies: z
    .object({ apiKey: z.string(), facilities: z.array(z.object({ ref: z.string(), id: FacilityId })) })
    .optional()
    .describe("Who tells what is on shelves; absent where the city was made without"),
  bloodBanks: z
    .object({ apiKey: z.string(), facilities: z.array(z.object({ ref: z.string(), id: FacilityId })) })
    .optional()
    .describe("Who tells what blood there is; absent where the city was made without"),
  ambulances: z
    .object({ apiKey: z.string(), facilities: z.array(z.object({ ref: z.string(), id: FacilityId })) })
    .optional()
    .describe("Who tells where ambulances are; absent where the city was made without"),
});
export type SimulatorAccess = z.infer<typeof SimulatorAccess>;

export interface MadeDemonstration {
  /** Whether it was made now; false when the database had a city or a facility already. */
  isNew: boolean;
  facilities: number;
}

/**
 * Make the demonstration city in an empty database; a database that is not empty stays as it is.
 *
 * @param options.dataDir where the simulator's access is kept
 */
export async function makeDemonstration(
  ctx: Context,
  { seed, dataDir }: { seed: number; dataDir: string },
): Promise<MadeDemonstration> {
  const city = makeCity(seed);
  const access = await ctx.transaction(async (tx) => {
    if ((await findCity(tx.db)) || (await listAllFacilities(tx)).length > 0) return undefined;
    return build(tx, city);
  });
  if (!access) return { isNew: false, facilities: 0 };
  await mkdir(dataDir, { recursive: true });
  await writeFile(accessFile(dataDir), JSON.stringify(access, undefined, 2), { mode: 0o600 });
  return { isNew: true, facilities: city.facilities.length };
}

/** The simulator's access to the demonstration of this installation; undefined when none was made here. */
export async function findSimulatorAccess(dataDir: string): Promise<SimulatorAccess | undefined> {
  try {
    return SimulatorAccess.parse(JSON.parse(await readFile(accessFile(dataDir), "utf8")));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new Error(`${accessFile(dataDir)} cannot be read`, { cause: error });
  }
}

function accessFile(dataDir: string): string {
  return join(dataDir, "demonstration.json");
}

async function build(ctx: Context, city: ModelCity): Promise<SimulatorAccess> {
  await saveCity(ctx, city.city, city.ground);
  const ids = new Map<string, FacilityId>();
  const policies = new Map(banksOf(city).map((bank) => [bank.ref, policyOf(city.seed, bank)]));
  for (const { ref, profile } of city.facilities) {
    const bloodBank = policies.get(ref) ?? null;
    ids.set(ref, (await createFacility(ctx, { ...profile, bloodBank })).id);
  }
  const idOf = (ref: string) => {
    const id = ids.get(ref);
    if (!id) throw new Error(`the city has no ${ref}`);
    return id;
  };

  for (const { ref, sender, wards } of city.hospitals) {
    if (!sender) continue;
    await setFeed(ctx, idOf(ref), {
      senders: [{ application: sender.application, facilityCode: sender.facility }],
      wards: wards
        .filter(({ door }) => door === "hl7")
        .map(({ code, type, staffed }) => ({ code, bedType: type, staffed })),
    });
  }
  await addDoctors(
    ctx,
    makeDoctors(city, dateIn(city.city.timeZone, millisOf(ctx.now()))).map(({ profile, posts }) => ({
      profile,
      posts: posts.map(({ facility, ...roster }) => ({ ...roster, facility: idOf(facility) })),
    })),
  );
  const medicines = makeMedicines(city.seed);
  await addMedicines(ctx, DEMONSTRATION_CATALOGUE, medicines);
  const { keyId: pharmacyKey, ...pharmacies } = await issuePharmacyKey(ctx, city, idOf);
  const catalogue = DEMONSTRATION_CATALOGUE;
  await openShelves(ctx, city, { medicines, catalogue, sender: `key:${pharmacyKey}` }, idOf);
  const { keyId: bankKey, ...bloodBanks } = await issueBankKey(ctx, city, idOf);
  await openBanks(ctx, city, `key:${bankKey}`, idOf);
  const ambulances = await issueAmbulanceKey(ctx, city, idOf);
  const { apiKey, keyId } = await issueSimulatorKey(ctx, city, idOf);
  const staff = await hireStaff(ctx, city, idOf);
  const figures = openingFigures(city, ctx.now(), ({ ref, door }) => {
    const typist = staff.find(({ facility }) => facility === ref);
    return {
      facility: idOf(ref),
      sender: door === "staff" && typist ? `person:${typist.person}` : `key:${keyId}`,
    };
  });
  for (const recorded of await recordObservations(ctx, figures)) {
    if (recorded.kind === "refused") throw new Error(`an opening figure was refused: ${recorded.reason}`);
  }
  await makeVisitorAccounts(ctx, city, idOf);
  await warnOfSeason(ctx, city.city);
  return {
    seed: city.seed,
    apiKey,
    staff: staff.map(({ facility, email, password }) => ({ facility, email, password })),
    pharmacies,
    bloodBanks,
    ambulances,
  };
}

async function issueAmbulanceKey(ctx: Context, city: ModelCity, idOf: (ref: string) => FacilityId) {
  const facilities = city.facilities
    .filter(({ profile }) => profile.vehicles.length > 0)
    .map(({ ref }) => ({ ref, id: idOf(ref) }));
  const { secret } = await issueApiKey(ctx, {
    name: "Ambulances' devices (simulated)",
    facilities: facilities.map((one) => one.id),
    subjects: ["vehicle"],
  });
  return { apiKey: secret, facilities };
}

async function issuePharmacyKey(ctx: Context, city: ModelCity, idOf: (ref: string) => FacilityId) {
  const facilities = placesWithStock(city).map(({ ref }) => ({ ref, id: idOf(ref) }));
  const { id, secret } = await issueApiKey(ctx, {
    name: "Pharmacies' systems (simulated)",
    facilities: facilities.map((one) => one.id),
    subjects: ["medicine"],
  });
  return { keyId: id, apiKey: secret, facilities };
}

async function issueBankKey(ctx: Context, city: ModelCity, idOf: (ref: string) => FacilityId) {
  const facilities = banksOf(city).map(({ ref }) => ({ ref, id: idOf(ref) }));
  const { id, secret } = await issueApiKey(ctx, {
    name: "Blood banks' systems (simulated)",
    facilities: facilities.map((one) => one.id),
    subjects: ["blood"],
  });
  return { keyId: id, apiKey: secret, facilities };
}

async function issueSimulatorKey(
  ctx: Context,
  { hospitals }: ModelCity,
  idOf: (ref: string) => FacilityId,
): Promise<{ apiKey: string; keyId: string }> {
  const facilities = hospitals
    .filter(({ wards }) => wards.some(({ door }) => door === "api"))
    .map(({ ref }) => idOf(ref));
  const { id, secret } = await issueApiKey(ctx, {
    name: "Hospitals' systems (simulated)",
    facilities,
    subjects: ["bed", "waiting"],
  });
  return { apiKey: secret, keyId: id };
}

/** Somebody who types, for each hospital where figures are typed; the visitor's own excepted. */
async function hireStaff(ctx: Context, city: ModelCity, idOf: (ref: string) => FacilityId) {
  const visitors = visitorHospitals(city).map(({ ref }) => ref);
  const hired: { facility: string; email: string; password: string; person: string }[] = [];
  for (const { ref, door } of city.hospitals) {
    if (door !== "staff" || visitors.includes(ref)) continue;
    const account = { email: `ward-${ref}@demo.example`, password: `demo-ward-${ref}` };
    const memberships = [{ facility: idOf(ref), role: "bed-manager" as const }];
    const person = await createPerson(ctx, { ...account, name: `Ward desk, ${ref}`, memberships });
    hired.push({ facility: ref, ...account, person });
  }
  return hired;
}

/**
 * Where the visitor is the nurse: a hospital whose figures move by messages, and one whose figures
 * are typed, by nobody but the visitor: what is typed there stays.
 */
export function visitorHospitals({ hospitals }: ModelCity): ModelHospital[] {
  const middle = hospitals.filter(({ size }) => size === "middle");
  return [middle.find(({ door }) => door === "hl7"), middle.find(({ door }) => door === "staff")].filter(
    (one) => one !== undefined,
  );
}

async function makeVisitorAccounts(
  ctx: Context,
  city: ModelCity,
  idOf: (ref: string) => FacilityId,
): Promise<void> {
  const [nurse, bloodBank, pharmacist, admin, officer] = DEMONSTRATION_ACCOUNTS;
  const memberships = visitorHospitals(city).map(({ ref }) => ({
    facility: idOf(ref),
    role: "bed-manager" as const,
  }));
  await createPerson(ctx, { ...accountOf(nurse), name: "Asha Kulkarni", memberships });
  const bank = banksOf(city).find(({ habit }) => habit === "daily");
  await createPerson(ctx, {
    ...accountOf(bloodBank),
    name: "Sunil Pawar",
    memberships: bank ? [{ facility: idOf(bank.ref), role: "blood-bank-officer" }] : [],
  });
  const shop = placesWithStock(city).find(({ isHospital }) => !isHospital);
  await createPerson(ctx, {
    ...accountOf(pharmacist),
    name: "Meera Joshi",
    memberships: shop ? [{ facility: idOf(shop.ref), role: "pharmacist" }] : [],
  });
  await createPerson(ctx, { ...accountOf(admin), name: "Vijay Rao", cityRoles: ["platform-administrator"] });
  await createPerson(ctx, {
    ...accountOf(officer),
    name: "Dr. Fatima Shaikh",
    cityRoles: ["health-officer"],
  });
}

function accountOf({ email, password }: { email: string; password: string }) {
  return { email, password };
}
