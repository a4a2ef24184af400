import type { z } from "zod";
import type { FacilityId } from "@ihims/core/ids.ts";
import { kindOf, type Standing } from "@ihims/core/observations/schema.ts";
import { mayAdminister, mayKeep } from "@ihims/core/people/rules.ts";
import { Problem } from "@ihims/core/problem.ts";
import type { getPlausibility } from "@ihims/core/questions/endpoints.ts";
import { doubtsOn } from "@ihims/core/questions/rules.ts";
import type { Question } from "@ihims/core/questions/schema.ts";
import { DAY_MS, later } from "@ihims/core/time.ts";
import { newestPosition, readChangesAfter } from "../../platform/changes.ts";
import type { Context } from "../../platform/context.ts";
import { readCursor, writeCursor } from "../../platform/cursor.ts";
import { CityChange } from "../observations/observations.ts";
import {
  countQuestions,
  findHistories,
  findQuestions,
  lockReader,
  moveReader,
  passQuestions,
  saveAnswer,
  saveQuestions,
} from "./store.ts";

const READER = "questions";
/** Changes that one step looks at. */
const STEP_MAX = 500;
/** How often the stream is looked at. */
const LOOK_MS = 2000;
/** Over how long a facility's plausibility is reckoned. */
const PLAUSIBILITY_MS = 30 * DAY_MS;
const ASKED_KINDS: ReadonlySet<string> = new Set(["bed", "blood", "waiting"]);

/**
 * Look at what was recorded since the last time, through whichever door it came, and ask about what
 * is hard to believe. It reads the stream of changes behind the door, so no report waits for it; one
 * process does it at a time, and a place that was looked at is not looked at again.
 *
 * @returns how many changes were looked at; 0 when there are none, or another process is at it
 */
export function askQuestions(ctx: Context): Promise<number> {
  return ctx.transaction(async (tx) => {
    const position = await lockReader(tx.db, READER, "0-0");
    if (position === undefined) return 0;
    const changes = await readChangesAfter(tx.db, position, STEP_MAX);
    if (changes === undefined) {
      // They are no longer kept: what is recorded from now on is looked at.
      await moveReader(tx.db, READER, await newestPosition(tx.db));
      return 0;
    }
    const last = changes.at(-1);
    if (!last) return 0;
    await lookAt(
      tx,
      changes.map(({ body }) => CityChange.parse(body)),
    );
    await moveReader(tx.db, READER, last.position);
    return changes.length;
  });
}

async function lookAt(tx: Context, changes: readonly CityChange[]): Promise<void> {
  const newest = new Map<string, Standing>();
  for (const change of changes)
    if (change.kind === "standing" && ASKED_KINDS.has(kindOf(change.standing.subject))) {
      const { facility, subject, source } = change.standing;
      newest.set(`${facility} ${subject} ${source}`, change.standing);
    }
  const standings = [...newest.values()];
  if (standings.length === 0) return;
  const histories = await findHistories(tx.db, standings);
  for (const [at, standing] of standings.entries()) {
    const doubts = doubtsOn(standing.subject, standing.value, standing.observedAt, histories[at] ?? []);
    await saveQuestions(
      tx.db,
      doubts.map((doubt) => ({ standing, doubt })),
      tx.now(),
    );
    await passQuestions(
      tx.db,
      standing,
      doubts.map(({ code }) => code),
      tx.now(),
    );
  }
}

/** Keep asking until it is stopped. */
export function startAsking(operator: () => Context): () => Promise<void> {
  let isStopped = false;
  let wake: (() => void) | undefined;
  const asking = (async () => {
    while (!isStopped) {
      const looked = await askQuestions(operator()).catch((error: unknown) => {
        operator().log.warn({ err: error }, "figures could not be looked at for questions");
        return 0;
      });
      if (looked === STEP_MAX) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, LOOK_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  return async () => {
    isStopped = true;
    wake?.();
    await asking;
  };
}

/** @throws Problem `not-allowed` to those who report nothing there */
export async function listQuestionsOf(
  ctx: Context,
  facility: FacilityId,
  query: { state: "open" | "answered"; limit: number; cursor?: string | undefined },
): Promise<{ items: Question[]; nextCursor: string | null }> {
  mustBeOwner(ctx, facility);
  const before = query.cursor === undefined ? undefined : readCursor(query.cursor, "string")[1];
  const found = await findQuestions(ctx.db, facility, { ...query, limit: query.limit + 1, before });
  const last = found.at(query.limit - 1);
  return {
    items: found.slice(0, query.limit),
    nextCursor: found.length > query.limit && last ? writeCursor(["", last.id]) : null,
  };
}

/** @throws Problem `not-found` when it is answered already */
export async function answer(
  ctx: Context,
  given: { facility: FacilityId; question: string; answer: "right" | "wrong" },
): Promise<Question> {
  mustBeOwner(ctx, given.facility);
  const by = ctx.actor.kind === "person" ? ctx.actor.id : ctx.actor.kind;
  const answered = await saveAnswer(ctx.db, { ...given, by }, ctx.now());
  if (!answered) throw new Problem("not-found", "There is no such open question");
  return answered;
}

function mustBeOwner({ actor }: Context, facility: FacilityId): void {
  const isOwner =
    mayAdminister(actor, facility) ||
    (actor.kind === "person" && (mayKeep(actor, facility, "bed") || mayKeep(actor, facility, "blood")));
  if (!isOwner) throw new Problem("not-allowed", "Only those who report for the facility are asked");
}

/** What part of accuracy can be told from figures alone. */
export async function plausibilityOf(
  ctx: Context,
  facility: FacilityId,
): Promise<z.output<typeof getPlausibility.reply>> {
  const { figures, questions, wrong, justified } = await countQuestions(
    ctx.db,
    facility,
    later(ctx.now(), -PLAUSIBILITY_MS),
  );
  const share = figures === 0 ? null : Math.max(0, 1 - justified / figures);
  return { figures, questions, wrong, share };
}
