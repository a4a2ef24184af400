import { getBeds, reportBeds } from "@ihims/core/observations/endpoints.ts";
import { Problem } from "@ihims/core/problem.ts";
import { Answer } from "../../platform/answer.ts";
import { GroupCommit } from "../../platform/group-commit.ts";
import type { Server } from "../../platform/http.ts";
import type { Board } from "../board/board.ts";
import { recordTogether } from "../observations/observations.ts";
import { reportBedCounts } from "./beds.ts";

export function mountBeds(server: Server, board: Board): void {
  server.on(getBeds, (ctx, { params, query }) => {
    const entry = board.entry(params.id);
    const figure = entry && board.bedFigure(entry, params.type, ctx.now(), query.includeStale);
    if (!figure) throw new Problem("not-found", "Nobody has spoken of beds of this type there");
    // Age alone changes what is shown: freshness, and in the end the value.
    const shown = `${figure.value?.held ?? 0}.${figure.freshness}${query.includeStale ? ".all" : ""}`;
    return new Answer({ body: figure, etag: `${figure.version}.${shown}` });
  });

  const together = new GroupCommit(recordTogether);
  server.on(reportBeds, async (ctx, { params, body }, { ifMatch }) => {
    const { observedAt, ...counts } = body;
    // What is held and how old it is are no part of what is reported, and do not stand in the way.
    const version = ifMatch === "*" ? undefined : ifMatch?.split(".")[0];
    const reported = await reportBedCounts(ctx, together, {
      facility: params.id,
      type: params.type,
      counts,
      observedAt,
      version,
    });
    return new Answer({ body: reported, etag: reported.figure.version });
  });
}
