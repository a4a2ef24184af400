import { Button, NumberInput, TextInput } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { changeFeed } from "@ihims/core/feeds/endpoints.ts";
import {
  FEED_BYTES_MAX,
  FEED_ROWS_MAX,
  FEED_SECONDS_MAX,
  type Feed,
  type FeedLimits,
} from "@ihims/core/feeds/schema.ts";
import { call } from "../../platform/api.ts";
import { Failed, Unfinished } from "./NewFeedPage.tsx";
import { credentialsOf, draftOf, sourceOf, SourceFields } from "./SourceFields.tsx";

const MB = 1024 * 1024;

/** Where a feed's data comes from, how often, and how much of it: changed by its administrator. */
export function FeedSettings({ feed }: { feed: Feed }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [name, setName] = useState(feed.name);
  const [source, setSource] = useState(() => draftOf(feed.source));
  const [cron, setCron] = useState(feed.schedule?.cron ?? "");
  const [usualMinutes, setUsualMinutes] = useState(Math.round(feed.usualIntervalS / 60));
  const [limits, setLimits] = useState(feed.limits);
  // Of the feed as it was when this was filled in: what somebody else has changed since is not overwritten.
  const [version, setVersion] = useState(feed.version);
  const save = useMutation({
    mutationFn: async () => {
      const read = sourceOf(source, feed.source);
      if (!read) throw new Unfinished();
      const credentials = credentialsOf(source);
      return call(
        changeFeed,
        {
          params: { id: feed.id },
          body: {
            name,
            source: read,
            schedule: cron.trim() === "" ? null : { ...feed.schedule, cron: cron.trim() },
            usualIntervalS: usualMinutes * 60,
            limits,
            ...(credentials && { credentials }),
          },
        },
        { ifMatch: version },
      );
    },
    onSuccess: (saved) => setVersion(saved.version),
    onSettled: () => client.invalidateQueries({ queryKey: ["feed", feed.id] }),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }
  return (
    <details className="feeds-card">
      <summary>
        <Trans>Where from, how often, how much</Trans>
      </summary>
      <form className="feeds-form" onSubmit={submit}>
        <TextInput
          label={t`What it is called`}
          value={name}
          required
          maxLength={120}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {feed.source.kind !== "folder" && <SourceFields draft={source} onChange={setSource} isKept />}
        {source.kind !== "push" && (
          <TextInput
            label={t`When we look, as cron writes it`}
            description={t`Minute, hour, day, month, weekday; empty: only when asked to`}
            value={cron}
            maxLength={120}
            spellCheck={false}
            onChange={(event) => setCron(event.currentTarget.value)}
          />
        )}
        <NumberInput
          label={t`Usual minutes between two deliveries`}
          description={t`After three times as long without one its figures are marked stale, and you are told.`}
          value={usualMinutes}
          min={1}
          max={60 * 24 * 31}
          allowDecimal={false}
          onChange={(value) => setUsualMinutes(atLeastOne(value))}
        />
        <LimitFields limits={limits} onChange={setLimits} />
        {save.isError && <Failed error={save.error} />}
        <div className="feeds-actions">
          <Button type="submit" loading={save.isPending}>
            <Trans>Save</Trans>
          </Button>
          <p role="status" className="feeds-quiet">
            {save.isSuccess && <Trans>Saved</Trans>}
          </p>
        </div>
      </form>
    </details>
  );
}

/** How much of a delivery is read before it is left. */
function LimitFields({ limits, onChange }: { limits: FeedLimits; onChange(limits: FeedLimits): void }) {
  const { t } = useLingui();
  return (
    <div className="feeds-actions">
      <NumberInput
        label={t`Records at most`}
        value={limits.rows}
        min={1}
        max={FEED_ROWS_MAX}
        allowDecimal={false}
        onChange={(value) => onChange({ ...limits, rows: atLeastOne(value) })}
      />
      <NumberInput
        label={t`Megabytes at most`}
        value={Math.round(limits.bytes / MB)}
        min={1}
        max={FEED_BYTES_MAX / MB}
        allowDecimal={false}
        onChange={(value) => onChange({ ...limits, bytes: atLeastOne(value) * MB })}
      />
      <NumberInput
        label={t`Seconds at most`}
        value={limits.seconds}
        min={1}
        max={FEED_SECONDS_MAX}
        allowDecimal={false}
        onChange={(value) => onChange({ ...limits, seconds: atLeastOne(value) })}
      />
    </div>
  );
}

function atLeastOne(value: string | number): number {
  return typeof value === "number" ? Math.max(1, value) : 1;
}
