import { createHmac } from "node:crypto";
import type { AdtRead } from "@ihims/connectors/hl7v2/adt.ts";
import type { Hl7Problem, ReadMessage } from "@ihims/connectors/hl7v2/message.ts";
import type { CensusBook, CensusFigure } from "@ihims/core/census/book.ts";
import { isSameCertificate, type ShownCertificate } from "@ihims/core/census/certificates.ts";
import type { CensusDecision } from "@ihims/core/census/rules.ts";
import type { AdtEvent, BedPlace } from "@ihims/core/census/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { CLOCK_SKEW_MAX_MS } from "@ihims/core/observations/rules.ts";
import { bedSubject, type Observation } from "@ihims/core/observations/schema.ts";
import { elapsedMs, type Instant } from "@ihims/core/time.ts";
import type { Context } from "../../platform/context.ts";
import type { GroupWork } from "../../platform/group-commit.ts";
import { lockFacilities } from "../observations/observations.ts";
import { keepAside } from "./aside.ts";
import { readBooks, writeBooks, type Books } from "./books.ts";
import { reportFigures } from "./figures.ts";
import { findAnswers, nameKey, saveAnswers, type AckCode, type MessageName } from "./message-store.ts";
import { findSendersNamed, type SenderRow } from "./store.ts";

/** Most messages that one transaction takes in. */
const MESSAGES_MAX = 256;
/** MSH-10 may have 199 characters since v2.7; a longer one is cut, and its digest still tells it apart. */
const CONTROL_ID_MAX_CHARS = 199;

/** An ADT message whose envelope was read. */
export interface Incoming {
  text: string;
  read: ReadMessage;
  adt: AdtRead;
  door: Door;
}

/** How a message has come: over HTTPS the key has said who sends, over MLLP a client certificate may have. */
export type Door = { kind: "https" } | { kind: "mllp"; certificate: ShownCertificate | undefined };

export type TakenIn = { code: AckCode; problem?: Hl7Problem } | "unknown-sender" | "not-its-certificate";

/**
 * Take in the ADT messages of many hospitals at once. Everything that they touch is read first, they
 * are applied one by one in their order, and what has changed is written: the same few statements for
 * one message as for hundreds.
 */
export const takeInAdt: GroupWork<Incoming, TakenIn> = {
  callsMax: MESSAGES_MAX,
  async run(ctx, calls) {
    const senders = await findSendersNamed(
      ctx.db,
      calls.map(({ read: { header } }) => header),
    );
    const messages = calls.map((incoming, place) => {
      const sender = senders[place];
      if (!sender) return "unknown-sender";
      if (!isVouchedFor(sender, incoming.door)) return "not-its-certificate";
      return { ...incoming, sender, name: nameOf(ctx, sender, incoming) };
    });
    const known = messages.filter((one) => typeof one !== "string");
    await lockFacilities(ctx.db, [...new Set(known.map(({ sender }) => sender.facility))]);
    const group = new Group(
      ctx,
      await findAnswers(
        ctx.db,
        known.map(({ name }) => name),
      ),
    );
    await group.read(known);
    const taken = messages.map((one) => (typeof one === "string" ? one : group.takeIn(one)));
    await group.write();
    return taken;
  },
};

function isVouchedFor({ certificate }: SenderRow, door: Door): boolean {
  return certificate === null || door.kind === "https" || isSameCertificate(certificate, door.certificate);
}

interface Message extends Incoming {
  sender: SenderRow;
  name: MessageName;
}

/** Messages that are taken in together. */
class Group {
  readonly #ctx: Context;
  readonly #before: ReadonlyMap<string, AckCode>;
  readonly #answers = new Map<string, { name: MessageName; code: AckCode }>();
  readonly #events = new Map<Message, AdtEvent>();
  readonly #observations: Observation[] = [];
  readonly #aside: Parameters<typeof keepAside>[1][] = [];
  #books: Books = new Map();

  constructor(ctx: Context, before: ReadonlyMap<string, AckCode>) {
    this.#ctx = ctx;
    this.#before = before;
  }

  /** Read what these messages can touch. */
  async read(messages: readonly Message[]): Promise<void> {
    const keys = visitKeys(this.#ctx);
    for (const message of messages) {
      if (!message.adt.ok || this.#before.get(nameKey(message.name)) === "AA") continue;
      this.#events.set(message, withVisitKeys(message.adt.event, keys(message.sender.facility)));
    }
    this.#books = await readBooks(
      this.#ctx,
      [...this.#events].map(([{ sender }, event]) => ({ facility: sender.facility, event })),
    );
  }

  takeIn(message: Message): TakenIn {
    const { name, adt, sender, text, read } = message;
    const key = nameKey(name);
    const before = this.#answers.get(key)?.code ?? this.#before.get(key);
    if (before === "AA") return { code: "AA" };
    const event = this.#events.get(message);
    const book = this.#books.get(sender.facility);
    const outcome = event && book ? this.#apply(message, event, book) : problemOf(adt);
    const code = "problem" in outcome ? outcome.problem.ack : "AA";
    this.#answers.set(key, { name, code });
    const aside = { text, read, facility: sender.facility };
    if ("problem" in outcome) {
      // A sender that tries the same message again fills no shelf.
      if (before === undefined) this.#aside.push({ ...aside, reason: outcome.problem.problem });
      return { code, problem: outcome.problem };
    }
    for (const place of outcome.beds) {
      this.#aside.push({
        ...aside,
        place,
        reason: "The bed is somebody else's; the patient is in the ward without one",
      });
    }
    return { code };
  }

  async write(): Promise<void> {
    await writeBooks(this.#ctx, this.#books);
    await saveAnswers(this.#ctx.db, [...this.#answers.values()], this.#ctx.now());
    for (const aside of this.#aside) await keepAside(this.#ctx, aside);
    await reportFigures(this.#ctx, this.#observations);
  }

  #apply({ name, sender }: Message, event: AdtEvent, book: CensusBook): Applied {
    const ahead = aheadOf(event, this.#ctx.now());
    if (ahead) return ahead;
    const { decision, figures } = book.apply(event, this.#ctx.now());
    if (decision.kind === "refused") return refusalOf(decision);
    const origin = { facility: sender.facility, sender: `hl7:${sender.id}`, sourceRef: referenceOf(name) };
    this.#observations.push(...figures.map((figure) => observationOf(figure, origin)));
    return { beds: decision.kind === "conflict" ? decision.beds : [] };
  }
}

/** What came of a message: refused, or applied with the beds that two patients claim now. */
type Applied = { problem: Hl7Problem } | { beds: readonly BedPlace[] };

function problemOf(adt: AdtRead): Applied {
  return adt.ok ? { beds: [] } : { problem: adt };
}

function observationOf(
  { type, value, observedAt }: CensusFigure,
  origin: Pick<Observation, "facility" | "sender" | "sourceRef">,
): Observation {
  return { ...origin, subject: bedSubject(type), value, observedAt, source: "hl7" };
}

function aheadOf(event: AdtEvent, now: Instant): Applied | undefined {
  if (event.effect === "none" && event.renamed.length === 0) return undefined;
  for (const [moment, at] of [
    [event.recordedAt, "EVN-2"],
    [event.occurredAt, "EVN-6"],
  ] as const) {
    if (elapsedMs(now, moment) > CLOCK_SKEW_MAX_MS)
      return refused(102, "The event is more than 5 minutes ahead of our clock", at);
  }
  return undefined;
}

function refusalOf(decision: Extract<CensusDecision, { kind: "refused" }>): Applied {
  switch (decision.reason) {
    case "unmapped-ward":
      return refused(204, `The ward "${decision.ward}" is not mapped to a type of bed`, "PV1-3");
    case "no-ward":
      return refused(101, "The message names no ward", "PV1-3");
    case "no-visit":
      return refused(101, "The message names no visit, or one where there should be two", "PV1-19");
  }
}

function refused(code: Hl7Problem["code"], problem: string, at: string): Applied {
  return { problem: { ack: "AE", code, problem, at } };
}

/**
 * The name under which a visit is held: a keyed hash, so that neither the database nor a copy of it
 * tells a visit's number. The key is the facility's own: the same number elsewhere is another hash.
 */
function visitKeys(ctx: Context): (facility: FacilityId) => (name: string) => string {
  const keys = new Map<FacilityId, Buffer>();
  return (facility) => {
    const key =
      keys.get(facility) ?? createHmac("sha256", ctx.secretKey).update(`hl7-visit\n${facility}`).digest();
    keys.set(facility, key);
    return (name) => createHmac("sha256", key).update(name).digest("base64url");
  };
}

function withVisitKeys(event: AdtEvent, keyOf: (name: string) => string): AdtEvent {
  return {
    ...event,
    visits: event.visits.map((report) => ({ ...report, visit: keyOf(report.visit) })),
    renamed: event.renamed.map(({ from, to }) => ({ from: keyOf(from), to: keyOf(to) })),
  };
}

function nameOf(ctx: Context, sender: SenderRow, { text, read: { header } }: Incoming): MessageName {
  return {
    sender: sender.id,
    controlId: header.controlId.slice(0, CONTROL_ID_MAX_CHARS),
    digest: digestOf(ctx, sender.facility, text, header.event),
  };
}

/** What a message says, as a keyed digest: without its MSH, which a repetition may write anew, but with the event. */
function digestOf(ctx: Context, facility: FacilityId, text: string, event: string): Buffer {
  const body = text.trimStart().replace(/^[^\r\n]*/, "");
  return createHmac("sha256", ctx.secretKey).update(`hl7-message\n${facility}\n${event}\n${body}`).digest();
}

/** The feed's own name for a report in the ledger. */
function referenceOf({ controlId, digest }: MessageName): string {
  return `${controlId.slice(0, 120)}:${digest.subarray(0, 12).toString("hex")}`;
}
