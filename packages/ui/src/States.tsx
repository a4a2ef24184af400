import { Trans } from "@lingui/react/macro";
import type { CSSProperties, ReactNode } from "react";

/** A grey shape where something will stand, as wide and high as that will be. Hidden from who hears the page. */
export function Skeleton({ width, height }: { width: string; height: string }) {
  const style: CSSProperties = { inlineSize: width, blockSize: height };
  return <span className="ui-skeleton" style={style} aria-hidden="true" />;
}

/** Says once, to who hears the page, that something is on its way. Its children are the skeletons. */
export function Loading({ children }: { children: ReactNode }) {
  return (
    <div aria-busy="true">
      <span className="ui-visually-hidden" role="status">
        <Trans>Loading</Trans>
      </span>
      {children}
    </div>
  );
}

interface StateProps {
  title: ReactNode;
  /** What to do next. */
  children?: ReactNode;
  actions?: ReactNode;
  /** It is all there is of the page, so its title is the page's heading. */
  isPage?: boolean;
}

/** Nothing to show, and what to do next. */
export function Empty({ title, children, actions, isPage = false }: StateProps) {
  return (
    <div className="ui-state" role="status">
      <StateTitle isPage={isPage}>{title}</StateTitle>
      {children && <p className="ui-state-what">{children}</p>}
      {actions && <div className="ui-state-actions">{actions}</div>}
    </div>
  );
}

/** Something could not be read: what happened, and the button to try again. */
export function Failure({ title, children, actions, isPage = false }: StateProps) {
  return (
    <div className="ui-state" role="alert">
      <StateTitle isPage={isPage}>{title}</StateTitle>
      {children && <p className="ui-state-what">{children}</p>}
      {actions && <div className="ui-state-actions">{actions}</div>}
    </div>
  );
}

function StateTitle({ isPage, children }: { isPage: boolean; children: ReactNode }) {
  const Title = isPage ? "h1" : "p";
  return <Title className="ui-state-title">{children}</Title>;
}
