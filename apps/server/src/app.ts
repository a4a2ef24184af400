import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { City } from "@ihims/core/city/schema.ts";
import { medicineOf } from "@ihims/core/observations/schema.ts";
import { instantOf, later, HOUR_MS, type Instant } from "@ihims/core/time.ts";
import type { CareMemory } from "./features/care/care.ts";
import { UNNAMED_CITY, findCity, findGround } from "./features/city/city.ts";
import { AlertBoard, listRecentAlerts } from "./features/alerts/alerts.ts";
import { mountAlerts } from "./features/alerts/routes.ts";
import { mountAmbulances } from "./features/ambulances/routes.ts";
import { mountBeds } from "./features/beds/routes.ts";
import { mountBlood } from "./features/blood/routes.ts";
import { Board } from "./features/board/board.ts";
import { mountCensus } from "./features/census/routes.ts";
import { mountCity } from "./features/city/routes.ts";
import { DoctorBoard, listAllDoctors } from "./features/doctors/doctors.ts";
import { mountDoctors } from "./features/doctors/routes.ts";
import { startCalling } from "./features/donors/donors.ts";
import { mountDonors } from "./features/donors/routes.ts";
import type { ExportMemory } from "./features/exports/exports.ts";
import { mountExports } from "./features/exports/routes.ts";
import { listAllFacilities } from "./features/facilities/facilities.ts";
import { mountFacilities } from "./features/facilities/routes.ts";
import {
  feedEngine,
  findSilences,
  NO_FEED_SETTINGS,
  type FeedEngine,
  type FeedSettings,
} from "./features/feeds/feeds.ts";
import { mountFeeds } from "./features/feeds/routes.ts";
import { mountHave } from "./features/have/routes.ts";
import { Directory } from "./features/fhir/directory.ts";
import { mountFhir } from "./features/fhir/routes.ts";
import { findGroundEdition, forgetPageVersionsBefore } from "./features/fhir/store.ts";
import { releaseUncovered, startEnding } from "./features/holds/holds.ts";
import { keepLogHead } from "./features/holds/log.ts";
import { mountHistory } from "./features/history/routes.ts";
import { mountHolds } from "./features/holds/routes.ts";
import { mountHsds } from "./features/hsds/routes.ts";
import { keyHolderOf } from "./features/keys/keys.ts";
import { mountKeys } from "./features/keys/routes.ts";
import { LiveStream } from "./features/live/live.ts";
import { MedicineBoard, readMedicinesOf } from "./features/medicines/medicines.ts";
import { mountMedicines } from "./features/medicines/routes.ts";
import { mountLive } from "./features/live/routes.ts";
import { CityChange, listAllHeld, listAllStandings } from "./features/observations/observations.ts";
import { mountObservations } from "./features/observations/routes.ts";
import { createAuthentication, type Authentication } from "./features/people/authentication.ts";
import { personOf } from "./features/people/people.ts";
import { ATTEMPTS_KEPT_MS, type PhoneDoor } from "./features/people/phones.ts";
import { forgetCodesBefore } from "./features/people/store.ts";
import { mountMembers } from "./features/members/routes.ts";
import { mountPeople } from "./features/people/routes.ts";
import { NameKeeper } from "./features/search/names.ts";
import { mountQuestions } from "./features/questions/routes.ts";
import { mountSchemes } from "./features/schemes/routes.ts";
import { mountStock } from "./features/stock/routes.ts";
import {
  forgetListsBefore,
  GapCounter,
  ShelfKeeper,
  Shelves,
  UnmetSearches,
  Wards,
} from "./features/stock/stock.ts";
import { mountToday } from "./features/today/routes.ts";
import { mountSearch } from "./features/search/routes.ts";
import { createTravels } from "./features/travel/travel.ts";
import {
  followChanges,
  forgetChangesBefore,
  newestPosition,
  type Change,
  type Follower,
} from "./platform/changes.ts";
import { contextFor, type Context, type ContextBase } from "./platform/context.ts";
import { openDatabase } from "./platform/database.ts";
import { Attempts, forgetAttemptsBefore } from "./platform/attempts.ts";
import { createFastify } from "./platform/fastify.ts";
import { Server, type Authenticate } from "./platform/http.ts";
import { forgetAnswersBefore } from "./platform/idempotency.ts";
import type { Logger } from "./platform/log.ts";
import { mountHealth, type Watched } from "./platform/health.ts";
import { startSending } from "./platform/messages.ts";
import { startRepeating } from "./platform/repeating.ts";
import type { SmsProvider } from "./platform/sms.ts";
import { mountReference } from "./platform/reference.ts";
import { mountWebApps } from "./platform/web-apps.ts";

/** Readers that were away come back within this; then what they missed is forgotten. */
const CHANGES_KEPT_MS = 24 * HOUR_MS;
/** Requests are repeated within this. */
const ANSWERS_KEPT_MS = 24 * HOUR_MS;
/** Older versions of pages are forgotten, all but the newest of each. */
const PAGE_VERSIONS_KEPT_MS = 400 * 24 * HOUR_MS;
const HOUSEKEEPING_MS = HOUR_MS;

export interface AppOptions {
  databaseUrl: string;
  secretKey: Buffer;
  log: Logger;
  publicUrl: string | undefined;
  /** Of a server that tells ways by road; undefined: they are reckoned. */
  osrmUrl?: string | undefined;
  /** What carries messages to telephones; undefined: this process sends none. */
  sms?: SmsProvider | undefined;
  /** What feeds may read beyond the public internet; absent: nothing. */
  feeds?: FeedSettings | undefined;
  now?: () => Instant;
  /** Check replies against their endpoints, as tests do. */
  isChecking?: boolean;
}

export interface App {
  fastify: FastifyInstance;
  base: ContextBase;
  board: Board;
  server: Server;
  stream: LiveStream;
  /** What feeds are fetched with. */
  feeds: FeedEngine;
  /** What is on the city's shelves, when it has been read. */
  shelves(): Promise<Shelves>;
  /** What exports are made from, once all of it has been read. */
  exports(): Promise<ExportMemory>;
  /** A context for somebody who sits at the machine. */
  operator(): Context;
  /** Read the city's settings again, after they were written. */
  reloadCity(): Promise<void>;
  close(): Promise<void>;
}

/** The whole server on a database that is up to date, without its ports. */
export async function createApp(options: AppOptions): Promise<App> {
  const { log } = options;
  const now = options.now ?? (() => instantOf(new Date()));
  const onError = (error: Error) => log.warn({ err: error }, "a database connection was lost");
  const database = openDatabase(options.databaseUrl, { onError });
  const { db } = database;
  const attempts = new Attempts(options.databaseUrl, options.secretKey, onError);
  const authentication = createAuthentication(options.databaseUrl, options.secretKey, options);
  let city: City = (await findCity(db)) ?? UNNAMED_CITY;
  const memory = memoryOf(() => city.timeZone, new MedicineBoard(readMedicinesOf(db)));
  const { secretKey } = options;
  const base = baseOf({ db, city: () => city, secretKey, log, now }, memory, () => follower.wake());
  const operator = () => contextFor(base, { kind: "operator" });
  const { stream, follower } = await startMemory(operator(), memory);
  const ground = await findGround(db);
  const travels = createTravels({ ground, osrmUrl: options.osrmUrl, log });
  const names = new NameKeeper(memory, ground);
  const wards = new Wards(ground);
  const [unmet, gaps] = [new UnmetSearches(wards), new GapCounter(memory.keeper, wards)];
  const counting = unmet.start(operator());
  const fastify = await createFastify(log);
  const server = new Server(fastify, base, authenticator(base, authentication), options);
  mountFeatures(server, { ...memory, travels, names, unmet, gaps }, authentication, { ...options, attempts });
  const directory = await mountDirectory(server, memory, base, options.publicUrl);
  const feeds = feedEngine(options.feeds ?? NO_FEED_SETTINGS);
  mountFeeds(server, feeds);
  const stopLive = mountLive(server, stream, db, log);
  await mountAround(server, options.publicUrl, { db, board: memory.board, stream, follower });

  const stopHousekeeping = keepHouse(base, options.sms, async () => {
    city = (await findCity(db)) ?? city;
    await gaps.bringUpToDate(operator());
  });
  return {
    fastify,
    base,
    board: memory.board,
    server,
    stream,
    feeds,
    shelves: () => memory.keeper.ready(),
    exports: async () => ({ ...memory, shelves: await memory.keeper.ready() }),
    operator,
    async reloadCity() {
      city = (await findCity(db)) ?? city;
      const edition = await findGroundEdition(db);
      for (const one of [travels, names, wards]) one.useGround(edition.ground);
      directory.useGround(edition);
    },
    close: () =>
      inTurn([
        stopLive,
        () => fastify.close(),
        stopHousekeeping,
        () => counting.stop(),
        ...[follower, memory.keeper].map((one) => () => one.stop()),
        ...[authentication, attempts, database].map((one) => () => one.close()),
      ]),
  };
}

/** @param wake looks for changes at once */
function baseOf(
  of: Omit<ContextBase, "announce" | "follow">,
  memory: CityMemory,
  wake: () => void,
): ContextBase {
  return {
    ...of,
    announce(committed) {
      for (const body of committed) memory.apply(CityChange.parse(body));
      wake();
    },
    follow: (tx, changes) => releaseUncovered(tx, z.array(CityChange).parse(changes)),
  };
}

async function inTurn(steps: readonly (() => unknown)[]): Promise<void> {
  for (const step of steps) await step();
}

/** What a change of the city is taken into. */
interface CityMemory {
  board: Board;
  doctors: DoctorBoard;
  shelves: Shelves;
  keeper: ShelfKeeper;
  alerts: AlertBoard;
  medicines: MedicineBoard;
  apply(change: CityChange): void;
}

function memoryOf(timeZone: () => string, medicines: MedicineBoard): CityMemory {
  const board = new Board(timeZone);
  const doctors = new DoctorBoard(board, timeZone);
  const shelves = new Shelves(board);
  const alerts = new AlertBoard();
  return {
    board,
    doctors,
    shelves,
    keeper: new ShelfKeeper(shelves),
    alerts,
    medicines,
    apply(change) {
      if (change.kind === "doctor") doctors.apply(change.doctor);
      else if (change.kind === "alert") alerts.apply(change.alert);
      else if (change.kind === "stock" || change.kind === "stock-names") shelves.apply(change);
      else if (change.kind === "held" && medicineOf(change.subject) !== undefined) shelves.apply(change);
      else if (change.kind === "medicines") medicines.apply(change);
      else board.apply(change);
    },
  };
}

/** The directory that FHIR is answered from. */
async function mountDirectory(
  server: Server,
  memory: CityMemory,
  { db, city, now }: ContextBase,
  publicUrl: string | undefined,
): Promise<Directory> {
  mountFormats(server, memory, publicUrl);
  const directory = new Directory(memory, city, await findGroundEdition(db));
  const shelves = () => memory.keeper.ready();
  await mountFhir(server, { directory, board: memory.board, shelves, publicUrl, now, db });
  return directory;
}

/** The table of contents of the server: one line for each feature. */
function mountFeatures(
  server: Server,
  memory: CareMemory & CityMemory & { names: NameKeeper; unmet: UnmetSearches; gaps: GapCounter },
  authentication: Authentication,
  phones: PhoneDoor,
): void {
  mountCity(server);
  mountFacilities(server, memory);
  mountDoctors(server, memory);
  mountBeds(server, memory.board);
  mountBlood(server, memory.board);
  mountDonors(server);
  mountAmbulances(server, memory.board);
  mountObservations(server);
  mountToday(server, memory);
  mountHistory(server);
  mountCensus(server);
  mountPeople(server, authentication, phones);
  mountMembers(server);
  mountKeys(server);
  mountQuestions(server);
  mountHolds(server);
  mountSearch(server, memory);
  mountMedicines(server, memory.medicines);
  mountStock(server, memory);
  mountSchemes(server, memory.board);
}

/** What is served beside the features. */
async function mountAround(server: Server, publicUrl: string | undefined, watched: Watched): Promise<void> {
  await mountReference(server, publicUrl);
  mountHealth(server.fastify, watched);
  await mountWebApps(server.fastify);
}

/** What others read and send in the forms of other standards than ours. */
function mountFormats(server: Server, memory: CityMemory, publicUrl: string | undefined): void {
  mountHave(server, memory.board);
  mountAlerts(server, memory.alerts, publicUrl);
  mountHsds(server, memory.board, publicUrl);
  mountExports(server, memory, () => memory.keeper.ready());
}

/** Build the memory from the database, and keep it and the live stream current from there on. */
async function startMemory(
  ctx: Context,
  memory: CityMemory,
): Promise<{ stream: LiveStream; follower: Follower }> {
  // The place is read before the state: what is committed in between comes twice, and changes nothing.
  const start = await newestPosition(ctx.db);
  for (const facility of await listAllFacilities(ctx)) memory.apply({ kind: "facility", facility });
  for (const standing of await listAllStandings(ctx)) memory.apply({ kind: "standing", standing });
  for (const held of await listAllHeld(ctx)) memory.apply({ kind: "held", ...held, version: 0 });
  for (const silence of await findSilences(ctx.db)) memory.apply({ kind: "feed", ...silence });
  for (const doctor of await listAllDoctors(ctx)) memory.apply({ kind: "doctor", doctor });
  for (const alert of await listRecentAlerts(ctx)) memory.apply({ kind: "alert", alert });
  memory.keeper.start(ctx);
  await memory.medicines.load();
  const stream = new LiveStream(memory, () => ctx.now(), start);
  const onChanges = (changes: readonly Change[]) => {
    for (const { body } of changes) memory.apply(CityChange.parse(body));
    stream.publish(changes);
  };
  return { stream, follower: followChanges(ctx.db, start, onChanges, ctx.log) };
}

/** A key for machines, a cookie for people. */
function authenticator(base: ContextBase, authentication: Authentication): Authenticate {
  return async ({ headers }) => {
    const bearer = /^Bearer\s+(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1];
    return bearer ? keyHolderOf(base, bearer) : personOf(base, authentication, headers);
  };
}

/** Carry messages out, and forget once an hour what nobody comes back for. Returns what stops it. */
function keepHouse(
  base: ContextBase,
  sms: SmsProvider | undefined,
  reload: () => Promise<void>,
): () => Promise<void> {
  const { db, now, log } = base;
  const sending = sms && startSending(base, sms);
  const ending = startEnding(contextFor(base, { kind: "operator" }));
  const calling = startCalling(contextFor(base, { kind: "operator" }));
  const work = async () => {
    await forgetChangesBefore(db, later(now(), -CHANGES_KEPT_MS));
    await forgetAnswersBefore(db, later(now(), -ANSWERS_KEPT_MS));
    await forgetListsBefore(db, later(now(), -ANSWERS_KEPT_MS));
    await forgetAttemptsBefore(db, later(now(), -ATTEMPTS_KEPT_MS));
    await forgetCodesBefore(db, now());
    await forgetPageVersionsBefore(db, later(now(), -PAGE_VERSIONS_KEPT_MS));
    await keepLogHead(base);
    await reload();
  };
  const housekeeping = startRepeating(work, {
    everyMs: HOUSEKEEPING_MS,
    onError: (error) => log.warn({ err: error }, "housekeeping failed"),
  });
  return async () => {
    await housekeeping.stop();
    await ending.stop();
    await calling.stop();
    await sending?.stop();
  };
}
