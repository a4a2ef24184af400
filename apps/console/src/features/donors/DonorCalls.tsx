import { Button, NativeSelect } from "@mantine/core";
import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState, type FormEvent } from "react";
import { BloodComponent, BloodGroup } from "@ihims/core/blood/schema.ts";
import type { DonorCall, DonorCallState } from "@ihims/core/donors/schema.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { BLOOD_COMPONENT_WORDS } from "@ihims/ui/words/blood.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { Refused } from "../../platform/api.ts";
import { useCallDonors, useDonorCalls, useEndCall } from "./queries.ts";

const WANTED: readonly number[] = [1, 2, 3, 4, 5, 6, 8, 10, 15, 20];
const STATE_WORDS: Record<DonorCallState, MessageDescriptor> = {
  open: msg`Asking`,
  filled: msg`Enough come`,
  ended: msg`Ended`,
};

interface Props {
  facility: FacilityId;
  /** The cell of the grid that is open: what is most likely to be called for. */
  group: BloodGroup | undefined;
  component: BloodComponent | undefined;
}

/** Call volunteers of a group, and see how many come. Never who: they come to the desk. */
export function DonorCalls({ facility, ...cell }: Props) {
  const { t, i18n } = useLingui();
  const [group, setGroup] = useState<BloodGroup>();
  const [component, setComponent] = useState<BloodComponent>();
  const [wanted, setWanted] = useState(2);
  const begin = useCallDonors(facility);
  const chosenGroup = group ?? cell.group;
  const chosenComponent = component ?? cell.component ?? "packed-red-cells";
  function submit(event: FormEvent) {
    event.preventDefault();
    if (chosenGroup) begin.mutate({ group: chosenGroup, component: chosenComponent, wanted });
  }
  return (
    <section className="blood-card" aria-labelledby="donor-calls">
      <h2 id="donor-calls">
        <Trans>Call donors</Trans>
      </h2>
      <p className="blood-quiet">
        <Trans>
          Volunteers of the group are asked by message, the nearest first, in circles of 3, 6, 12 and 25 km
          that grow every 15 minutes, until enough come or six hours are over.
        </Trans>
      </p>
      <form className="blood-scan" onSubmit={submit}>
        <NativeSelect
          label={t`Donors of group`}
          value={chosenGroup ?? ""}
          data={[
            { value: "", label: t`Choose` },
            ...BloodGroup.options.map((one) => ({ value: one, label: one.replace("-", "−") })),
          ]}
          onChange={({ currentTarget }) => setGroup(BloodGroup.safeParse(currentTarget.value).data)}
        />
        <NativeSelect
          label={t`For`}
          value={chosenComponent}
          data={BloodComponent.options.map((one) => ({
            value: one,
            label: i18n._(BLOOD_COMPONENT_WORDS[one]),
          }))}
          onChange={({ currentTarget }) => setComponent(BloodComponent.parse(currentTarget.value))}
        />
        <NativeSelect
          label={t`Donors that are needed`}
          value={String(wanted)}
          data={WANTED.map(String)}
          onChange={({ currentTarget }) => setWanted(Number(currentTarget.value))}
        />
        <Button type="submit" loading={begin.isPending} disabled={!chosenGroup}>
          <Trans>Call donors</Trans>
        </Button>
      </form>
      <p role="alert" className="blood-wrong">
        {begin.isError && <NotCalled error={begin.error} />}
      </p>
      <Calls facility={facility} />
    </section>
  );
}

function NotCalled({ error }: { error: Error }) {
  switch (error instanceof Refused ? error.details?.reason : undefined) {
    case "too-many-open":
      return <Trans>Three calls are open. End one first.</Trans>;
    case "too-many-today":
      return <Trans>Ten calls began within a day. Donors are not asked more often.</Trans>;
    default:
      return <Trans>It was not sent. Try again.</Trans>;
  }
}

function Calls({ facility }: { facility: FacilityId }) {
  const calls = useDonorCalls(facility);
  const end = useEndCall(facility);
  if (calls.isError && !calls.data)
    return (
      <p role="alert" className="blood-wrong">
        <Trans>The calls could not be read. Trying again.</Trans>
      </p>
    );
  return (
    <ul className="blood-units">
      {calls.data?.map((one) => (
        <CallRow key={one.id} call={one} isEnding={end.isPending} onEnd={() => end.mutate(one.id)} />
      ))}
    </ul>
  );
}

function CallRow({ call, isEnding, onEnd }: { call: DonorCall; isEnding: boolean; onEnd: () => void }) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const { asked, coming, declined, wanted } = call;
  const reach = formats.distance(call.reachKm * 1000);
  return (
    <li className="blood-unit">
      <span className="blood-donation">
        {call.group.replace("-", "−")} · {i18n._(BLOOD_COMPONENT_WORDS[call.component])}
      </span>
      <span>
        <Trans>
          {coming} of {wanted} come
        </Trans>
      </span>
      <span className="blood-quiet">
        <Trans>
          asked: {asked}, cannot: {declined}, within {reach}
        </Trans>
      </span>
      <span className="blood-quiet">
        {i18n._(STATE_WORDS[call.state])} · {formats.moment(call.startedAt, now)}
      </span>
      {call.state === "open" && (
        <span className="blood-moves">
          <Button variant="default" size="sm" disabled={isEnding} onClick={onEnd}>
            <Trans>Stop asking</Trans>
          </Button>
        </span>
      )}
    </li>
  );
}
