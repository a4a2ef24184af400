import { Component, type ReactNode } from "react";

interface Props {
  /** What is shown in place of what failed; `again` draws it anew. */
  fallback: (again: () => void) => ReactNode;
  children: ReactNode;
}

/** Holds back what fails while it is drawn (a part of the app that could not be fetched), so that the rest stays. */
export class Boundary extends Component<Props, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return this.props.fallback(() => this.setState({ hasFailed: false }));
  }
}
