import { Button } from "@mantine/core";
import { Plural, Trans } from "@lingui/react/macro";
import { useLingui } from "@lingui/react";
import { IconInbox } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { SubjectKind } from "@ihims/core/observations/schema.ts";
import type { TodayOfFacility } from "@ihims/core/today/endpoints.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { KIND_WORDS } from "../observations/observations.ts";
import { confirmable, groupsOf, type DayRow } from "./day.ts";
import { DayRowView } from "./DayRowView.tsx";
import { Neighbours } from "./Neighbours.tsx";
import type { useConfirm } from "./queries.ts";

interface Props {
  facility: TodayOfFacility;
  rows: readonly DayRow[];
  confirming: ReturnType<typeof useConfirm>;
  isNamed: boolean;
}

/** One facility's part of the day. */
export function FacilityDay({ facility, rows, confirming, isNamed }: Props) {
  const lang = useFormats().language;
  const Group = isNamed ? "h3" : "h2";
  return (
    <section className="facility-day" aria-label={facility.names[lang] ?? facility.name}>
      {isNamed && <h2>{facility.names[lang] ?? facility.name}</h2>}
      <Waiting facility={facility} />
      {rows.length === 0 && !facility.shelf && (
        <p className="today-quiet">
          <Trans>No figure was reported yet. The first report makes the place findable.</Trans>{" "}
          <Link to="/facilities/$facility/beds" params={{ facility: facility.id }}>
            <Trans>Report beds</Trans>
          </Link>
        </p>
      )}
      {groupsOf(rows).map(([kind, group]) => (
        <div key={kind} className="day-group">
          <div className="group-head">
            <Group>
              <GroupName kind={kind} facility={facility} />
            </Group>
            {group.some(({ isMine }) => isMine) && (
              <Button
                size="sm"
                variant="default"
                disabled={confirming.isPending}
                onClick={() => confirming.mutate(confirmable(group))}
              >
                <Trans>As they were</Trans>
              </Button>
            )}
          </div>
          <ul className="day-rows">
            {group.map((row) => (
              <DayRowView key={row.subject} row={row} doctors={facility.doctors} />
            ))}
          </ul>
        </div>
      ))}
      <Shelf facility={facility} Heading={Group} />
      <Neighbours facility={facility} Heading={Group} />
    </section>
  );
}

function GroupName({ kind, facility }: { kind: SubjectKind; facility: TodayOfFacility }) {
  const { i18n } = useLingui();
  if (kind !== "bed") return i18n._(KIND_WORDS[kind]);
  return (
    <Link to="/facilities/$facility/beds" params={{ facility: facility.id }}>
      {i18n._(KIND_WORDS[kind])}
    </Link>
  );
}

/** Who is on the way, or asks whether they may come. */
function Waiting({ facility: { id, holds } }: { facility: TodayOfFacility }) {
  if (!holds || holds.requested + holds.accepted === 0) return null;
  return (
    <p className="today-incoming" data-due={holds.requested > 0}>
      <IconInbox size={20} stroke={1.75} aria-hidden="true" />
      <Link to="/facilities/$facility/incoming" params={{ facility: id }}>
        {holds.requested > 0 ? (
          <Plural
            value={holds.requested}
            one="# person waits for an answer"
            other="# people wait for an answer"
          />
        ) : (
          <Plural value={holds.accepted} one="# person is on the way" other="# people are on the way" />
        )}
      </Link>
    </p>
  );
}

function Shelf({ facility: { id, shelf }, Heading }: { facility: TodayOfFacility; Heading: "h2" | "h3" }) {
  const formats = useFormats();
  const now = useNow();
  if (!shelf) return null;
  const { lines, oldestSeenAt } = shelf;
  const count = formats.number(lines);
  const age = oldestSeenAt && formats.ago(oldestSeenAt, now);
  return (
    <div className="day-group">
      <div className="group-head">
        <Heading>
          <Link to="/facilities/$facility/stock" params={{ facility: id }}>
            <Trans>Medicines</Trans>
          </Link>
        </Heading>
      </div>
      <p className="today-quiet">
        {age ? (
          <Trans>
            {count} medicines; the longest unseen was seen {age}
          </Trans>
        ) : (
          <Trans>{count} medicines</Trans>
        )}
      </p>
    </div>
  );
}
