import { useLingui } from "@lingui/react";
import { Trans, useLingui as useWords } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { FacilityId } from "@ihims/core/ids.ts";
import { useNow } from "@ihims/ui/clock.ts";
import { useFormats } from "@ihims/ui/words/use-formats.tsx";
import { noticesQuery } from "./queries.ts";
import { NOTICE_WORDS } from "./words.ts";

/** What an owner has to know of feeds; nothing when there is nothing. */
export function Notices({ facility }: { facility: FacilityId }) {
  const { i18n } = useLingui();
  const { t } = useWords();
  const formats = useFormats();
  const now = useNow();
  const notices = useQuery(noticesQuery(facility));
  if (!notices.data || notices.data.length === 0) return null;
  return (
    <section aria-label={t`Notices`} className="feeds-notices">
      <ul>
        {notices.data.map((notice) => (
          <li key={notice.id}>
            <p>
              <Link
                to="/facilities/$facility/connections/$feed"
                params={{ facility, feed: notice.feed }}
                className="feeds-row-name"
              >
                {notice.feedName}
              </Link>
              {": "}
              {i18n._(NOTICE_WORDS[notice.kind])}
            </p>
            <p className="feeds-quiet">
              <span lang="en">{notice.detail}</span>
              {" · "}
              <Trans>since {formats.moment(notice.notedAt, now)}</Trans>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
