import { Button, NativeSelect, TextInput } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useLingui as useCatalogue } from "@lingui/react";
import { useState, type FormEvent } from "react";
import type { FacilityId } from "@ihims/core/ids.ts";
import { FacilityRole } from "@ihims/core/people/schema.ts";
import { FACILITY_ROLE_WORDS, useSession } from "./people.ts";
import { useInvite } from "./queries.ts";

/** Make a link that makes whoever opens it a member, of several institutions where I administer several. */
export function InviteForm({ facility }: { facility: FacilityId }) {
  const { t } = useLingui();
  const { i18n } = useCatalogue();
  const session = useSession();
  const inviting = useInvite();
  const [role, setRole] = useState<FacilityRole>("data-entry");
  const [note, setNote] = useState("");
  const [also, setAlso] = useState<ReadonlySet<FacilityId>>(new Set());
  const others = (session?.memberships ?? []).filter(
    (one) => one.role === "administrator" && one.facility !== facility,
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    const words = note.trim();
    inviting.mutate({ facilities: [facility, ...also], role, ...(words && { note: words }) });
    setNote("");
  }
  return (
    <section className="members-invite" aria-labelledby="invite">
      <h2 id="invite">
        <Trans>Invite somebody</Trans>
      </h2>
      <form onSubmit={submit} className="invite-form">
        <TextInput
          label={t`Whom it is for`}
          maxLength={120}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <NativeSelect
          label={t`Role`}
          value={role}
          data={FacilityRole.options.map((one) => ({ value: one, label: i18n._(FACILITY_ROLE_WORDS[one]) }))}
          onChange={(event) => setRole(FacilityRole.parse(event.currentTarget.value))}
        />
        {others.length > 0 && (
          <fieldset className="invite-also">
            <legend>
              <Trans>Also for</Trans>
            </legend>
            {others.map((one) => (
              <label key={one.facility} className="invite-one">
                <input
                  type="checkbox"
                  checked={also.has(one.facility)}
                  onChange={(event) => {
                    const chosen = new Set(also);
                    if (event.currentTarget.checked) chosen.add(one.facility);
                    else chosen.delete(one.facility);
                    setAlso(chosen);
                  }}
                />
                {one.facilityName}
              </label>
            ))}
          </fieldset>
        )}
        <Button type="submit" loading={inviting.isPending}>
          <Trans>Make a link</Trans>
        </Button>
      </form>
      {inviting.data && <MadeLink token={inviting.data.token} />}
      {inviting.isError && (
        <p className="member-failed" role="alert">
          <Trans>No link was made: {inviting.error.message}</Trans>
        </p>
      )}
    </section>
  );
}

/** The link stands behind #, which no server is told. It is shown this once. */
function MadeLink({ token }: { token: string }) {
  const { t } = useLingui();
  const [isCopied, setIsCopied] = useState(false);
  const link = `${location.origin}/console/join#${token}`;
  return (
    <div className="invite-link">
      <TextInput
        label={t`Send this link; it is good once, for a week`}
        value={link}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button
        variant="default"
        onClick={() =>
          void navigator.clipboard.writeText(link).then(
            () => setIsCopied(true),
            () => setIsCopied(false),
          )
        }
      >
        {isCopied ? <Trans>Copied</Trans> : <Trans>Copy</Trans>}
      </Button>
    </div>
  );
}
