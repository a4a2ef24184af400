import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { FacilityId, PersonId } from "@ihims/core/ids.ts";
import {
  changeMember,
  inviteMember,
  listMembers,
  removeMember,
  revokeInvitation,
} from "@ihims/core/members/endpoints.ts";
import type { FacilityRole } from "@ihims/core/people/schema.ts";
import { call, newRequestKey } from "../../platform/api.ts";

const MEMBERS_KEY = "members";

export function useMembers(facility: FacilityId) {
  return useQuery({
    queryKey: [MEMBERS_KEY, facility],
    queryFn: ({ signal }) => call(listMembers, { query: { facility } }, { signal }),
  });
}

export function useInvite() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { facilities: FacilityId[]; role: FacilityRole; note?: string }) =>
      call(inviteMember, { body }, { idempotencyKey: newRequestKey() }),
    onSettled: () => queries.invalidateQueries({ queryKey: [MEMBERS_KEY] }),
  });
}

export type Change =
  | { kind: "role"; person: PersonId; role: FacilityRole }
  | { kind: "remove"; person: PersonId }
  | { kind: "revoke"; invitation: string };

export function useChange(facility: FacilityId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: Change) => {
      const id = facility;
      switch (change.kind) {
        case "role":
          return call(changeMember, { params: { id, person: change.person }, body: { role: change.role } });
        case "remove":
          return call(removeMember, { params: { id, person: change.person } });
        case "revoke":
          return call(revokeInvitation, { params: { id: change.invitation } });
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [MEMBERS_KEY, facility] }),
  });
}
