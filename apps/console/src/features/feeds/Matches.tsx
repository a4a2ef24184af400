import { Button } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { decideFeedMatch } from "@ihims/core/feeds/endpoints.ts";
import type { Feed, FeedMatch } from "@ihims/core/feeds/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { call } from "../../platform/api.ts";
import { Failed } from "./NewFeedPage.tsx";
import { matchesQuery } from "./queries.ts";

/** Names that a feed uses and nobody has said whose they are. What waited is recorded when it is said. */
export function Matches({ feed }: { feed: Feed }) {
  const matches = useQuery(matchesQuery(feed.id));
  return (
    <section aria-labelledby="matches-title" className="feeds-card">
      <h2 id="matches-title">
        <Trans>Which institution is meant?</Trans>
      </h2>
      <ul className="feeds-list">
        {matches.data?.map((match) => (
          <MatchRow key={match.id} feed={feed} match={match} />
        ))}
      </ul>
    </section>
  );
}

function MatchRow({ feed, match }: { feed: Feed; match: FeedMatch }) {
  const formats = useFormats();
  const client = useQueryClient();
  const decide = useMutation({
    mutationFn: (facility: FacilityId | null) =>
      call(decideFeedMatch, { params: { id: feed.id, match: match.id }, body: { facility } }),
    onSettled: () => client.invalidateQueries({ queryKey: ["feed", feed.id] }),
  });
  const own = feed.facility;
  const choices = match.candidates.filter(({ facility }) => own === null || facility === own);
  return (
    <li className="feeds-row">
      <p>
        <strong>{match.name ?? match.ids.map(({ value }) => value).join(", ")}</strong>
        {match.locality !== null && ` · ${match.locality}`}
        {" · "}
        <Trans>{formats.number(match.waiting)} lines wait</Trans>
      </p>
      <div className="feeds-actions">
        {choices.map(({ facility, name, distanceM }) => (
          <Button
            key={facility}
            variant="default"
            loading={decide.isPending}
            onClick={() => decide.mutate(facility)}
          >
            {name}
            {distanceM !== null && ` · ${formats.distance(distanceM)}`}
          </Button>
        ))}
        {own !== null && choices.length === 0 && (
          <Button variant="default" loading={decide.isPending} onClick={() => decide.mutate(own)}>
            <Trans>It is us</Trans>
          </Button>
        )}
        <Button variant="default" loading={decide.isPending} onClick={() => decide.mutate(null)}>
          <Trans>None of ours</Trans>
        </Button>
      </div>
      {decide.isError && <Failed error={decide.error} />}
    </li>
  );
}
