import { Button } from "@mantine/core";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { UseQueryResult } from "@tanstack/react-query";
import { EXPIRING_SOON_MS } from "@ihims/core/blood/rules.ts";
import type { BloodUnit } from "@ihims/core/blood/units.ts";
import type { FacilityId } from "@ihims/core/ids.ts";
import { elapsedMs } from "@ihims/core/time.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { Empty, Failure, Skeleton } from "@ihims/ui/States.tsx";
import { BLOOD_COMPONENT_WORDS } from "@ihims/ui/words/blood.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import type { Cell } from "./BloodPage.tsx";
import { useMoveUnit } from "./queries.ts";
import { groupText } from "./words.ts";

/** Bags that are drawn at once: the first expiring are those that matter. */
const SHOWN_MAX = 100;

interface Props {
  facility: FacilityId;
  units: UseQueryResult<BloodUnit[]>;
  /** Only those of one cell. */
  cell: Cell | undefined;
  onAll: () => void;
}

type Move = ReturnType<typeof useMoveUnit>;

/** The bags on the shelf, first expiring first, each to be issued or discarded. */
export function UnitList({ facility, units, cell, onAll }: Props) {
  const { i18n } = useLingui();
  const move = useMoveUnit(facility);
  const wanted = (units.data ?? []).filter(
    (one) => !cell || (one.group === cell.group && one.component === cell.component),
  );
  const what = cell && `${groupText(cell.group)} ${i18n._(BLOOD_COMPONENT_WORDS[cell.component])}`;
  return (
    <section className="blood-card" aria-labelledby="blood-bags">
      <h2 id="blood-bags">
        {cell ? (
          <Trans>Bags of {what}, first expiring first</Trans>
        ) : (
          <Trans>Bags, first expiring first</Trans>
        )}
      </h2>
      {cell && (
        <Button variant="default" size="sm" onClick={onAll}>
          <Trans>Show all bags</Trans>
        </Button>
      )}
      <LastMove move={move} />
      <p role="alert" className="blood-wrong">
        {move.isError && <Trans>It was not sent. Try again.</Trans>}
      </p>
      {units.isPending ? (
        <Skeleton width="100%" height="6rem" />
      ) : units.isError && !units.data ? (
        <Failure
          title={<Trans>The bags could not be read</Trans>}
          actions={
            <Button onClick={() => void units.refetch()}>
              <Trans>Try again</Trans>
            </Button>
          }
        />
      ) : wanted.length === 0 ? (
        <Empty title={<Trans>No bags are kept here</Trans>}>
          <Trans>Scan bags above, and counts and expiry keep themselves. Or type counts into the grid.</Trans>
        </Empty>
      ) : (
        <>
          <p className="blood-quiet">
            <Plural value={wanted.length} one="# bag" other="# bags" />
          </p>
          <ul className="blood-units">
            {wanted.slice(0, SHOWN_MAX).map((unit) => (
              <UnitRow key={unit.id} unit={unit} move={move} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** What was done with a bag last, and the way back. */
function LastMove({ move }: { move: Move }) {
  const { data } = move;
  if (!data) return null;
  const { id, donation, state } = data.unit;
  return (
    <div className="blood-undo">
      <p role="status" className="blood-quiet">
        {state === "issued" ? (
          <Trans>Issued: {donation}</Trans>
        ) : state === "discarded" ? (
          <Trans>Discarded: {donation}</Trans>
        ) : (
          <Trans>Back on the shelf: {donation}</Trans>
        )}
      </p>
      {state !== "available" && (
        <Button
          variant="default"
          size="sm"
          loading={move.isPending}
          onClick={() => move.mutate({ unit: id, state: "available" })}
        >
          <Trans>Undo</Trans>
        </Button>
      )}
    </div>
  );
}

function UnitRow({ unit, move }: { unit: BloodUnit; move: Move }) {
  const { i18n, t } = useLingui();
  const formats = useFormats();
  const now = useNow();
  const left = elapsedMs(now, unit.expiresAt);
  const isExpired = left <= 0;
  const until = formats.moment(unit.expiresAt, now);
  return (
    <li className="blood-unit" data-expiry={isExpired ? "over" : left <= EXPIRING_SOON_MS ? "soon" : "later"}>
      <span className="blood-donation">
        {unit.donation} {unit.product}
      </span>
      <span>
        {groupText(unit.group)} · {i18n._(BLOOD_COMPONENT_WORDS[unit.component])}
      </span>
      <span className="blood-until">
        {isExpired ? <Trans>Expired {until}: discard</Trans> : <Trans>Until {until}</Trans>}
      </span>
      <span className="blood-moves">
        {!isExpired && (
          <Button
            variant="default"
            size="sm"
            aria-label={t`Issued: ${unit.donation}`}
            disabled={move.isPending}
            onClick={() => move.mutate({ unit: unit.id, state: "issued" })}
          >
            <Trans>Issued</Trans>
          </Button>
        )}
        <Button
          variant="default"
          size="sm"
          aria-label={t`Discard: ${unit.donation}`}
          disabled={move.isPending}
          onClick={() => move.mutate({ unit: unit.id, state: "discarded" })}
        >
          <Trans>Discard</Trans>
        </Button>
      </span>
    </li>
  );
}
