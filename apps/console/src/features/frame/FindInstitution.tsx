import { Button, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Trans, useLingui as useWords } from "@lingui/react/macro";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useDeferredValue, useState } from "react";
import { listFacilities } from "@ihims/core/facilities/endpoints.ts";
import { Empty, Failure, Loading, Skeleton } from "@ihims/ui/States.tsx";
import { KIND_WORDS } from "@ihims/ui/words/facilities.ts";
import { call } from "../../platform/api.ts";

const SHOWN_MAX = 20;

/** Who administers the platform looks after every institution, so has to find one first. */
export function FindInstitution() {
  const { t } = useWords();
  const { i18n } = useLingui();
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed.trim());
  const found = useQuery({
    queryKey: ["institutions", q],
    queryFn: async ({ signal }) =>
      (
        await call(
          listFacilities,
          { query: { sort: "name", limit: SHOWN_MAX, ...(q !== "" && { q }) } },
          { signal },
        )
      ).items,
    placeholderData: keepPreviousData,
  });
  return (
    <div className="find-institution">
      <h1>
        <Trans>Institutions</Trans>
      </h1>
      <TextInput
        type="search"
        label={t`Find one by its name`}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {found.data?.length === 0 && (
        <Empty title={<Trans>None is called so</Trans>}>
          <Trans>Try a part of the name.</Trans>
        </Empty>
      )}
      <ul>
        {found.data?.map(({ id, name, kind, locality }) => (
          <li key={id}>
            <Link to="/facilities/$facility/beds" params={{ facility: id }}>
              {name}
            </Link>
            <span>{[i18n._(KIND_WORDS[kind]), locality].filter(Boolean).join(" · ")}</span>
          </li>
        ))}
      </ul>
      {found.status === "pending" && (
        <Loading>
          <Skeleton width="100%" height="20rem" />
        </Loading>
      )}
      {found.isError && (
        <Failure
          title={<Trans>The institutions could not be read</Trans>}
          actions={
            <Button onClick={() => void found.refetch()} loading={found.isFetching}>
              <Trans>Try again</Trans>
            </Button>
          }
        >
          <Trans>We could not reach the server. Nothing is lost; try again in a moment.</Trans>
        </Failure>
      )}
    </div>
  );
}
