import {
  acceptInvitation,
  changeMember,
  inviteMember,
  listMembers,
  readInvitation,
  removeMember,
  revokeInvitation,
} from "@ihims/core/members/endpoints.ts";
import type { Server } from "../../platform/http.ts";
import { accept, changeRole, invitationOf, invite, letGo, membersOf, revoke } from "./members.ts";

export function mountMembers(server: Server): void {
  server.on(listMembers, (ctx, { query }) => membersOf(ctx, query.facility));
  server.on(inviteMember, (ctx, { body }) => invite(ctx, body));
  server.on(changeMember, (ctx, { params, body }) => changeRole(ctx, params.id, params.person, body.role));
  server.on(removeMember, (ctx, { params }) => letGo(ctx, params.id, params.person));
  server.on(revokeInvitation, (ctx, { params }) => revoke(ctx, params.id));
  server.on(readInvitation, (ctx, { body }) => invitationOf(ctx, body.token));
  server.on(acceptInvitation, (ctx, { body }) => accept(ctx, body));
}
