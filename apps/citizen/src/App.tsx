import { Trans, useLingui } from "@lingui/react/macro";
import { IconHome, IconMap, IconMoon, IconSun, IconUser } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useRef, type ReactNode } from "react";
import { Link, Route, Switch, useLocation, useSearch } from "wouter";
import type { Language } from "@ihims/core/languages.ts";
import { LanguageSwitch } from "@ihims/ui/LanguageSwitch.tsx";
import { Empty } from "@ihims/ui/States.tsx";
import { activate, keepLanguage } from "@ihims/ui/words/activate.ts";
import { CityTime, useFormats } from "@ihims/ui/words/use-formats.tsx";
import { nameIn, useCity, useNear } from "./features/city/city.ts";
import { DemonstrationBanner } from "./features/city/DemonstrationBanner.tsx";
import { EmergencyButton } from "./features/emergencies/EmergencyButton.tsx";
import { EmergencyAtOnce } from "./features/emergencies/EmergencyNumbers.tsx";
import { CouldNotRead, SkeletonRows } from "./features/facilities/FacilityList.tsx";
import { Home } from "./features/facilities/Home.tsx";
import { useHref } from "./platform/address.ts";
import { Boundary } from "./platform/Boundary.tsx";
import { AgeOfPage } from "./platform/page-age.tsx";
import { chooseTheme, useTheme } from "./platform/theme.ts";
import { CITIZEN_WORDS } from "./words/words.ts";

/** Everything but the first screen: fetched when it is opened, or as soon as the first screen has nothing to do. */
const loadPlaces = () => import("./features/facilities/Places.tsx");
const loadSearchPage = () => import("./features/search/SearchPage.tsx");
const loadEmergencyPage = () => import("./features/emergencies/EmergencyPage.tsx");
const loadDirectoryCopy = () => import("./features/facilities/directory-copy.ts");
const PREFETCH_AFTER_MS = 2000;
const Places = lazy(async () => ({ default: (await loadPlaces()).Places }));
const SearchPage = lazy(async () => ({ default: (await loadSearchPage()).SearchPage }));
const EmergencyPage = lazy(async () => ({ default: (await loadEmergencyPage()).EmergencyPage }));
const DoctorsPage = lazy(async () => ({
  default: (await import("./features/doctors/DoctorsPage.tsx")).DoctorsPage,
}));
const MedicinesPage = lazy(async () => ({
  default: (await import("./features/medicines/MedicinesPage.tsx")).MedicinesPage,
}));
const MedicinePage = lazy(async () => ({
  default: (await import("./features/medicines/MedicinePage.tsx")).MedicinePage,
}));
const PrescriptionPage = lazy(async () => ({
  default: (await import("./features/pharmacies/PrescriptionPage.tsx")).PrescriptionPage,
}));
const BloodPage = lazy(async () => ({
  default: (await import("./features/blood/BloodPage.tsx")).BloodPage,
}));
const DonorsPage = lazy(async () => ({
  default: (await import("./features/donors/DonorsPage.tsx")).DonorsPage,
}));
const DoctorPage = lazy(async () => ({
  default: (await import("./features/doctors/DoctorPage.tsx")).DoctorPage,
}));

const AlertPage = lazy(async () => ({
  default: (await import("./features/alerts/AlertPage.tsx")).AlertPage,
}));
const SchemesPage = lazy(async () => ({
  default: (await import("./features/schemes/SchemesPage.tsx")).SchemesPage,
}));
const SchemePage = lazy(async () => ({
  default: (await import("./features/schemes/SchemePage.tsx")).SchemePage,
}));
const MePage = lazy(async () => ({ default: (await import("./features/people/MePage.tsx")).MePage }));

/** The citizen's app: the frame that every page has, and which page stands in it. */
export function App() {
  const city = useCity();
  const timeZone = city.data?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  useArrival();
  useEffect(() => {
    const loadNext = () => Promise.allSettled([loadEmergencyPage(), loadPlaces(), loadSearchPage()]);
    const timer = setTimeout(() => void loadNext(), PREFETCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  useCityOnPhone();
  return (
    <CityTime timeZone={timeZone}>
      <a className="skip" href="#main">
        <Trans>Skip to the content</Trans>
      </a>
      <Head />
      <Pages />
      <MainNavigation />
    </CityTime>
  );
}

/** Keep the whole city on the phone, when what is on the screen has come: it takes the same network. */
function useCityOnPhone(): void {
  const { near } = useNear();
  const queries = useQueryClient();
  const place = useRef(near);
  const isKnown = near !== undefined;
  useEffect(() => {
    place.current = near;
  }, [near]);
  useEffect(() => {
    if (!isKnown) return undefined;
    const keepCity = async () => {
      await (await loadDirectoryCopy()).keepDirectory(place.current);
      const { ambulancesQuery } = await import("./features/ambulances/queries.ts");
      await queries.prefetchQuery(ambulancesQuery(place.current, null));
    };
    const timer = setTimeout(() => void keepCity().catch(() => undefined), PREFETCH_AFTER_MS);
    return () => clearTimeout(timer);
    // Not again with every step: somebody who walks on needs no other copy.
  }, [isKnown, queries]);
}

/** Pages whose address says no more than which page it is. */
const PLAIN_PAGES = [
  ["/doctors", DoctorsPage],
  ["/medicines", MedicinesPage],
  ["/blood", BloodPage],
  ["/donors", DonorsPage],
  ["/prescription", PrescriptionPage],
  ["/schemes", SchemesPage],
  ["/me", MePage],
] as const;

/** Which page stands at which address. */
function Pages() {
  return (
    <Switch>
      <Route path="/">
        <Home />
      </Route>
      <Route path="/search">
        <WhenLoaded>
          <SearchPage />
        </WhenLoaded>
      </Route>
      <Route path="/facilities/:id?">
        {({ id }) => (
          <WhenLoaded>
            <Places id={id} />
          </WhenLoaded>
        )}
      </Route>
      <Route path="/emergency">
        <Boundary fallback={() => <EmergencyAtOnce />}>
          <Suspense fallback={<EmergencyAtOnce />}>
            <EmergencyPage />
          </Suspense>
        </Boundary>
      </Route>
      <Route path="/medicines/:id">
        {({ id }) => (
          <WhenLoaded>
            <MedicinePage key={id} id={id} />
          </WhenLoaded>
        )}
      </Route>
      <Route path="/doctors/:id">
        {({ id }) => (
          <WhenLoaded>
            <DoctorPage key={id} id={id} />
          </WhenLoaded>
        )}
      </Route>
      <Route path="/alerts/:id">
        {({ id }) => (
          <WhenLoaded>
            <AlertPage key={id} id={id} />
          </WhenLoaded>
        )}
      </Route>
      <Route path="/schemes/:id">
        {({ id }) => (
          <WhenLoaded>
            <SchemePage key={id} id={id} />
          </WhenLoaded>
        )}
      </Route>
      {PLAIN_PAGES.map(([path, Page]) => (
        <Route key={path} path={path}>
          <WhenLoaded>
            <Page />
          </WhenLoaded>
        </Route>
      ))}
      <Route>
        <NoSuchPage />
      </Route>
    </Switch>
  );
}

/** A page that is fetched when it is opened. */
function WhenLoaded({ children }: { children: ReactNode }) {
  return (
    // A part that could not be fetched is fetched with the page anew: the browser remembers a failed one.
    <Boundary
      fallback={() => (
        <main id="main" className="page">
          <CouldNotRead onRetry={() => location.reload()} />
        </main>
      )}
    >
      <Suspense
        fallback={
          <main id="main" className="page">
            <SkeletonRows />
          </main>
        }
      >
        {children}
      </Suspense>
    </Boundary>
  );
}

function Head() {
  const href = useHref();
  const formats = useFormats();
  const city = useCity();
  return (
    <header className="head">
      <div className="head-bar">
        <Link className="brand" href={href("/")}>
          <img src="/icon.svg" alt="" width="28" height="28" />
          <span>{city.data ? nameIn(formats.language, city.data).name : <Trans>Healthcare</Trans>}</span>
        </Link>
        <LanguageSwitch onChange={(language) => void speak(language)} />
        <ThemeSwitch />
      </div>
      <DemonstrationBanner />
      <AgeOfPage />
    </header>
  );
}

/** A language that cannot be loaded leaves the one that is spoken, and the reader can try again. */
async function speak(language: Language): Promise<void> {
  await activate(language, CITIZEN_WORDS).then(
    () => keepLanguage(language),
    () => undefined,
  );
}

function ThemeSwitch() {
  const { t } = useLingui();
  const theme = useTheme();
  const isDark = theme === "dark";
  return (
    <button
      type="button"
      className="icon-button"
      aria-pressed={isDark}
      aria-label={t`Dark colours`}
      onClick={() => chooseTheme(isDark ? "light" : "dark")}
    >
      {isDark ? <IconSun stroke={1.75} aria-hidden="true" /> : <IconMoon stroke={1.75} aria-hidden="true" />}
    </button>
  );
}

/** Always there: home, the emergency numbers, the map. */
function MainNavigation() {
  const { t } = useLingui();
  const href = useHref();
  const [path] = useLocation();
  const view = new URLSearchParams(useSearch()).get("view");
  return (
    <nav className="main-navigation" aria-label={t`Main`}>
      <NavigationLink
        href={href("/")}
        isCurrent={path === "/"}
        icon={<IconHome stroke={1.75} aria-hidden="true" />}
      >{t`Home`}</NavigationLink>
      <EmergencyButton />
      <NavigationLink
        href={href("/facilities", new URLSearchParams({ kind: "hospital", view: "map" }))}
        isCurrent={path === "/facilities" && view === "map"}
        icon={<IconMap stroke={1.75} aria-hidden="true" />}
      >{t`Map`}</NavigationLink>
      <NavigationLink
        href={href("/me")}
        isCurrent={path === "/me"}
        icon={<IconUser stroke={1.75} aria-hidden="true" />}
      >{t`Mine`}</NavigationLink>
    </nav>
  );
}

interface NavigationLinkProps {
  href: string;
  isCurrent: boolean;
  icon: ReactNode;
  children: string;
}

function NavigationLink({ href, isCurrent, icon, children }: NavigationLinkProps) {
  return (
    <Link className="navigation-link" href={href} aria-current={isCurrent ? "page" : undefined}>
      {icon}
      <span>{children}</span>
    </Link>
  );
}

function NoSuchPage() {
  const href = useHref();
  return (
    <main id="main" className="page">
      <Empty
        isPage
        title={<Trans>There is no such page</Trans>}
        actions={
          <Link className="button" href={href("/")}>
            <Trans>Go to the first page</Trans>
          </Link>
        }
      />
    </main>
  );
}

/** On a new page the reader begins at its top, and who hears it at its heading; going back returns to where it was. */
function useArrival(): void {
  const [path] = useLocation();
  const last = useRef({ path, isBack: false });
  useEffect(() => {
    const goBack = () => {
      last.current.isBack = true;
    };
    addEventListener("popstate", goBack);
    return () => removeEventListener("popstate", goBack);
  }, []);
  useEffect(() => {
    const { path: before, isBack } = last.current;
    last.current = { path, isBack: false };
    if (before === path || isBack) return;
    scrollTo(0, 0);
    // The heading where it is drawn already, otherwise what it will be drawn in.
    const arrival = ["#facility-name", "#doctor-name", "#medicine-name", ".panel", "#main h1", "#main"]
      .map((selector) => document.querySelector<HTMLElement>(selector))
      .find((element) => element !== null);
    arrival?.setAttribute("tabindex", "-1");
    arrival?.focus({ preventScroll: true });
  }, [path]);
}
