import { Button, TextInput } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { FacilityId, KeyId } from "@ihims/core/ids.ts";
import { SubjectKind } from "@ihims/core/observations/schema.ts";
import { issueKey, revokeKey } from "@ihims/core/people/endpoints.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { call } from "../../platform/api.ts";
import { keysQuery } from "./queries.ts";

/** The keys that machines of the institution sign their reports with. */
export function KeysCard({ facility }: { facility: FacilityId }) {
  const { t } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const client = useQueryClient();
  const keys = useQuery(keysQuery(facility));
  const [name, setName] = useState("");
  const again = () => client.invalidateQueries({ queryKey: ["keys", facility] });
  const issue = useMutation({
    mutationFn: () =>
      call(issueKey, { body: { name, facilities: [facility], subjects: [...SubjectKind.options] } }),
    onSuccess: () => setName(""),
    onSettled: again,
  });
  const revoke = useMutation({
    mutationFn: (id: KeyId) => call(revokeKey, { params: { id } }),
    onSettled: again,
  });
  if (!keys.data) return null;
  const valid = keys.data.filter(({ revokedAt }) => revokedAt === null);
  return (
    <section aria-labelledby="keys-title" className="feeds-card">
      <h2 id="keys-title">
        <Trans>API keys</Trans>
      </h2>
      <ul className="feeds-list">
        {valid.map((key) => (
          <li key={key.id} className="feeds-row">
            <div className="feeds-row-head">
              <p>
                <strong>{key.name}</strong> <code>{key.prefix}…</code>
              </p>
              <Button variant="default" loading={revoke.isPending} onClick={() => revoke.mutate(key.id)}>
                <Trans>Revoke</Trans>
                <span className="ui-visually-hidden"> {key.name}</span>
              </Button>
            </div>
            <p className="feeds-quiet">
              {key.lastUsedAt === null ? (
                <Trans>never used</Trans>
              ) : (
                <Trans>last used {formats.ago(key.lastUsedAt, now)}</Trans>
              )}
            </p>
          </li>
        ))}
      </ul>
      {issue.data && (
        <p role="status" className="feeds-secret">
          <Trans>Copy it now; it is not shown again:</Trans> <code>{issue.data.secret}</code>
        </p>
      )}
      <form
        className="feeds-inline"
        onSubmit={(event) => {
          event.preventDefault();
          issue.mutate();
        }}
      >
        <TextInput
          label={t`What the key is for`}
          value={name}
          required
          maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={issue.isPending}>
          <Trans>Issue a key</Trans>
        </Button>
      </form>
      {(issue.isError || revoke.isError) && (
        <p role="alert" className="feeds-failed">
          <Trans>It could not be saved. Try again.</Trans>
        </p>
      )}
    </section>
  );
}
