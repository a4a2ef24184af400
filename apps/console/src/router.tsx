import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import type { QueryClient } from "@tanstack/react-query";
import { z } from "zod";
import type { FacilityRole } from "@ihims/core/people/schema.ts";
import { Subject, SubjectKind } from "@ihims/core/observations/schema.ts";
import { sessionQuery } from "./features/people/people.ts";
import { LostPage } from "./features/frame/LostPage.tsx";
import { BrokenPage } from "./features/frame/BrokenPage.tsx";

interface Surroundings {
  client: QueryClient;
}

const root = createRootRouteWithContext<Surroundings>()({ component: Outlet, notFoundComponent: LostPage });

const signInRoute = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  // Where to go after it: a path of ours, never another site.
  validateSearch: z.object({
    to: z
      .string()
      .regex(/^\/(?!\/)/)
      .max(500)
      .optional()
      .catch(undefined),
  }),
  component: lazyRouteComponent(() => import("./features/people/SignInPage.tsx"), "SignInPage"),
});

/** Everything for which somebody has to be signed in hangs in the frame. */
const frameRoute = createRoute({
  getParentRoute: () => root,
  id: "frame",
  beforeLoad: async ({ context, location }) => {
    const session = await context.client.ensureQueryData(sessionQuery);
    if (!session) {
      const to = location.pathname === "/" ? undefined : location.pathname;
      throw redirect({ to: "/sign-in", search: { to } });
    }
    return { session };
  },
  component: lazyRouteComponent(() => import("./SignedIn.tsx"), "SignedIn"),
});

/** The page that a role's day begins with: who keeps a shelf or a blood bank with that, others with Today. */
function firstPageOf(role: FacilityRole) {
  if (role === "pharmacist") return "/facilities/$facility/stock";
  return role === "blood-bank-officer" ? "/facilities/$facility/blood" : "/today";
}

const startRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/",
  beforeLoad: ({ context }) => {
    const first = context.session.memberships[0];
    if (!first) return;
    throw redirect({ to: firstPageOf(first.role), params: { facility: first.facility }, replace: true });
  },
  component: lazyRouteComponent(() => import("./features/frame/NoInstitution.tsx"), "NoInstitution"),
});

const todayRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/today",
  component: lazyRouteComponent(() => import("./features/today/TodayPage.tsx"), "TodayPage"),
});

const historyRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/facilities/$facility/history",
  validateSearch: z.object({
    subject: Subject.optional().catch(undefined),
    kind: SubjectKind.exclude(["medicine"]).optional().catch(undefined),
    all: z.boolean().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import("./features/history/HistoryPage.tsx"), "HistoryPage"),
});

const joinRoute = createRoute({
  getParentRoute: () => root,
  path: "/join",
  component: lazyRouteComponent(() => import("./features/people/JoinPage.tsx"), "JoinPage"),
});

const membersRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/facilities/$facility/people",
  component: lazyRouteComponent(() => import("./features/people/MembersPage.tsx"), "MembersPage"),
});

const accountRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/account",
  component: lazyRouteComponent(() => import("./features/people/AccountPage.tsx"), "AccountPage"),
});

const bedsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/facilities/$facility/beds",
  component: lazyRouteComponent(() => import("./features/beds/BedsPage.tsx"), "BedsPage"),
});

const stockRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/facilities/$facility/stock",
  component: lazyRouteComponent(() => import("./features/stock/ShelfPage.tsx"), "ShelfPage"),
});

const bloodRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/facilities/$facility/blood",
  component: lazyRouteComponent(() => import("./features/blood/BloodPage.tsx"), "BloodPage"),
});

const connectionsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/facilities/$facility/connections",
  component: lazyRouteComponent(() => import("./features/feeds/ConnectionsPage.tsx"), "ConnectionsPage"),
});

const newFeedRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/facilities/$facility/connections/new",
  component: lazyRouteComponent(() => import("./features/feeds/NewFeedPage.tsx"), "NewFeedPage"),
});

const hl7Route = createRoute({
  getParentRoute: () => frameRoute,
  path: "/facilities/$facility/connections/hl7",
  component: lazyRouteComponent(() => import("./features/feeds/Hl7Page.tsx"), "Hl7Page"),
});

const feedRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/facilities/$facility/connections/$feed",
  component: lazyRouteComponent(() => import("./features/feeds/FeedPage.tsx"), "FeedPage"),
});

const schemesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/facilities/$facility/schemes",
  component: lazyRouteComponent(() => import("./features/schemes/SchemesPage.tsx"), "SchemesPage"),
});

const incomingRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/facilities/$facility/incoming",
  component: lazyRouteComponent(() => import("./features/holds/IncomingPage.tsx"), "IncomingPage"),
});

const anomaliesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/city/holds",
  component: lazyRouteComponent(() => import("./features/holds/AnomaliesPage.tsx"), "AnomaliesPage"),
});

const gapsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/city/stock",
  component: lazyRouteComponent(() => import("./features/stock/GapsPage.tsx"), "GapsPage"),
});

const routes = root.addChildren([
  signInRoute,
  joinRoute,
  frameRoute.addChildren([
    startRoute,
    todayRoute,
    historyRoute,
    membersRoute,
    accountRoute,
    bedsRoute,
    stockRoute,
    bloodRoute,
    schemesRoute,
    incomingRoute,
    anomaliesRoute,
    gapsRoute,
    connectionsRoute,
    newFeedRoute,
    hl7Route,
    feedRoute,
  ]),
]);

/** The table of contents of the console: one route for each screen. */
export function createConsoleRouter(client: QueryClient) {
  return createRouter({
    routeTree: routes,
    basepath: "/console",
    context: { client },
    defaultPreload: "intent",
    defaultErrorComponent: BrokenPage,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
