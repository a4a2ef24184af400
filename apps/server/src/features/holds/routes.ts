import { listHoldAnomalies, listHoldLog, listHoldLogHeads } from "@ihims/core/audit/endpoints.ts";
import {
  acceptHold,
  cancelHold,
  fulfilHold,
  getHold,
  listHolds,
  refuseHold,
  requestHold,
} from "@ihims/core/holds/endpoints.ts";
import { languageFor, type Server } from "../../platform/http.ts";
import { acceptHoldOf, cancelHoldOf, fulfilHoldOf, refuseHoldOf, requestHoldOf } from "./holds.ts";
import { findAnomalies, findHoldOf, listHoldsOf, listLog, listLogHeads } from "./list.ts";

export function mountHolds(server: Server): void {
  server.on(requestHold, async (ctx, { body }, incoming) => {
    const language = languageFor({}, incoming);
    const { id } = await requestHoldOf(ctx, { ...body, onBehalfOf: body.onBehalfOf, language });
    return findHoldOf(ctx, id);
  });

  server.on(listHolds, (ctx, { query }) => listHoldsOf(ctx, query));
  server.on(getHold, (ctx, { params }) => findHoldOf(ctx, params.id));
  server.on(cancelHold, (ctx, { params }) => cancelHoldOf(ctx, params.id));

  server.on(acceptHold, async (ctx, { params }) => {
    await acceptHoldOf(ctx, params.id);
    return findHoldOf(ctx, params.id);
  });
  server.on(refuseHold, async (ctx, { params, body }) => {
    await refuseHoldOf(ctx, params.id, body.reason);
    return findHoldOf(ctx, params.id);
  });
  server.on(fulfilHold, async (ctx, { params }) => {
    await fulfilHoldOf(ctx, params.id);
    return findHoldOf(ctx, params.id);
  });

  server.on(listHoldLog, (ctx, { query }) => listLog(ctx, query));
  server.on(listHoldLogHeads, (ctx, { query }) => listLogHeads(ctx, query));
  server.on(listHoldAnomalies, async (ctx, { query }) => ({ items: await findAnomalies(ctx, query.days) }));
}
