import { Button, Textarea } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { changeFeed, tryFeed } from "@ihims/core/feeds/endpoints.ts";
import { MappingDocument, type Feed } from "@ihims/core/feeds/schema.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { call } from "../../platform/api.ts";
import { Failed } from "./NewFeedPage.tsx";
import { Preview } from "./Preview.tsx";
import { mappingQuery } from "./queries.ts";

/** The mapping as it is now; a change of it is looked at before it is saved as the next version. */
export function MappingEditor({ feed }: { feed: Feed }) {
  const { t } = useLingui();
  const formats = useFormats();
  const client = useQueryClient();
  const kept = useQuery(mappingQuery(feed.id)).data;
  const [edited, setEdited] = useState<string>();
  const text = edited ?? (kept ? JSON.stringify(kept.document, undefined, 2) : "");
  const read = () => MappingDocument.parse(JSON.parse(text));
  const preview = useMutation({
    mutationFn: async () =>
      call(tryFeed, {
        body: {
          facility: feed.facility,
          source: feed.source,
          feed: feed.id,
          limits: feed.limits,
          mapping: read(),
        },
      }),
  });
  const save = useMutation({
    mutationFn: async () =>
      call(changeFeed, { params: { id: feed.id }, body: { mapping: read() } }, { ifMatch: feed.version }),
    onSuccess: () => setEdited(undefined),
    onSettled: () => client.invalidateQueries({ queryKey: ["feed", feed.id] }),
  });
  const failed = [save, preview].find(({ isError }) => isError)?.error;
  return (
    <section aria-labelledby="mapping-title" className="feeds-card">
      <h2 id="mapping-title">
        <Trans>Mapping, version {formats.number(feed.mappingVersion)}</Trans>
      </h2>
      <Textarea
        aria-label={t`Mapping`}
        value={text}
        autosize
        minRows={6}
        maxRows={24}
        spellCheck={false}
        onChange={(event) => setEdited(event.currentTarget.value)}
      />
      <div className="feeds-actions">
        {feed.source.kind !== "push" && (
          <Button variant="default" loading={preview.isPending} onClick={() => preview.mutate()}>
            <Trans>Show what it becomes</Trans>
          </Button>
        )}
        <Button disabled={edited === undefined} loading={save.isPending} onClick={() => save.mutate()}>
          <Trans>Save as the next version</Trans>
        </Button>
      </div>
      {failed && <Failed error={failed} />}
      {preview.data && <Preview preview={preview.data} />}
    </section>
  );
}
