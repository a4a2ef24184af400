import { getToday } from "@ihims/core/today/endpoints.ts";
import type { Server } from "../../platform/http.ts";
import type { Board } from "../board/board.ts";
import type { DoctorBoard } from "../doctors/doctors.ts";
import { todayOf } from "./today.ts";

export function mountToday(server: Server, memory: { board: Board; doctors: DoctorBoard }): void {
  server.on(getToday, (ctx) => todayOf(ctx, memory));
}
