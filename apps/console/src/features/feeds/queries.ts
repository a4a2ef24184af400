import { queryOptions } from "@tanstack/react-query";
import { getHl7Feed, listHl7Aside } from "@ihims/core/census/endpoints.ts";
import {
  getFeed,
  listFeedMatches,
  listFeedRuns,
  listFeeds,
  listMappings,
  listNotices,
} from "@ihims/core/feeds/endpoints.ts";
import type { FacilityId, FeedId } from "@ihims/core/ids.ts";
import { listKeys } from "@ihims/core/people/endpoints.ts";
import { listQuestions } from "@ihims/core/questions/endpoints.ts";
import { SECOND_MS } from "@ihims/core/time.ts";
import { call } from "../../platform/api.ts";

/** Runs come and go by themselves. */
const AGAIN_MS = 10 * SECOND_MS;
const MANY = 100;

export const feedsQuery = (facility: FacilityId) =>
  queryOptions({
    queryKey: ["feeds", facility],
    queryFn: async ({ signal }) =>
      (await call(listFeeds, { query: { facility, limit: MANY } }, { signal })).items,
    refetchInterval: AGAIN_MS,
  });

export const feedQuery = (id: FeedId) =>
  queryOptions({
    queryKey: ["feed", id],
    queryFn: ({ signal }) => call(getFeed, { params: { id } }, { signal }),
    refetchInterval: AGAIN_MS,
  });

export const runsQuery = (id: FeedId) =>
  queryOptions({
    queryKey: ["feed", id, "runs"],
    queryFn: async ({ signal }) =>
      (await call(listFeedRuns, { params: { id }, query: { limit: 20 } }, { signal })).items,
    refetchInterval: AGAIN_MS,
  });

export const mappingQuery = (id: FeedId) =>
  queryOptions({
    queryKey: ["feed", id, "mapping"],
    queryFn: async ({ signal }) =>
      (await call(listMappings, { params: { id }, query: { limit: 1 } }, { signal })).items[0] ?? null,
  });

export const matchesQuery = (id: FeedId) =>
  queryOptions({
    queryKey: ["feed", id, "matches"],
    queryFn: async ({ signal }) =>
      (await call(listFeedMatches, { params: { id }, query: { state: "open", limit: MANY } }, { signal }))
        .items,
  });

export const noticesQuery = (facility: FacilityId) =>
  queryOptions({
    queryKey: ["notices", facility],
    queryFn: async ({ signal }) => (await call(listNotices, { query: { facility } }, { signal })).items,
    refetchInterval: AGAIN_MS,
  });

export const questionsQuery = (facility: FacilityId) =>
  queryOptions({
    queryKey: ["questions", facility],
    queryFn: async ({ signal }) =>
      (await call(listQuestions, { params: { id: facility } }, { signal })).items,
    refetchInterval: AGAIN_MS,
  });

export const keysQuery = (facility: FacilityId) =>
  queryOptions({
    queryKey: ["keys", facility],
    queryFn: async ({ signal }) =>
      (await call(listKeys, { query: { facility, limit: MANY } }, { signal })).items,
  });

export const hl7Query = (facility: FacilityId) =>
  queryOptions({
    queryKey: ["hl7", facility],
    queryFn: ({ signal }) => call(getHl7Feed, { params: { id: facility } }, { signal }),
    refetchInterval: AGAIN_MS,
  });

export const asideQuery = (facility: FacilityId) =>
  queryOptions({
    queryKey: ["hl7", facility, "aside"],
    queryFn: async ({ signal }) =>
      (
        await call(
          listHl7Aside,
          { params: { id: facility }, query: { state: "open", limit: MANY } },
          { signal },
        )
      ).items,
    refetchInterval: AGAIN_MS,
  });
