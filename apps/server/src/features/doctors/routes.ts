import {
  getDoctor,
  getRoster,
  listDoctors,
  replaceRoster,
  reportDuty,
} from "@ihims/core/doctors/endpoints.ts";
import { languageFor, type Server } from "../../platform/http.ts";
import type { Board } from "../board/board.ts";
import { findRoster, replaceRosterOf, reportDutyOf, type DoctorBoard } from "./doctors.ts";
import { doctorRecord, searchDoctors } from "./list.ts";

export function mountDoctors(server: Server, memory: { board: Board; doctors: DoctorBoard }): void {
  server.on(listDoctors, (ctx, { query }, incoming) =>
    searchDoctors(memory, query, ctx.now(), languageFor(query, incoming)),
  );

  server.on(getDoctor, (ctx, { params, query }, incoming) =>
    doctorRecord(memory, params.id, ctx.now(), languageFor(query, incoming)),
  );

  server.on(getRoster, async (ctx, { params }) => ({ items: await findRoster(ctx, params.id) }));

  server.on(replaceRoster, async (ctx, { params, body }) => ({
    items: await replaceRosterOf(ctx, params.id, body.items),
  }));

  server.on(reportDuty, async (ctx, { params, body }) => {
    const { doctor, observedAt, ...value } = body;
    const told = await reportDutyOf(ctx, { facility: params.id, doctor, value, observedAt });
    const at = memory.doctors.at(params.id).find((one) => one.doctor.id === doctor);
    if (!at) throw new Error("a doctor whose duty was just reported is not there");
    return { ...told, duty: memory.doctors.duty(at, ctx.now()) };
  });
}
