/** What other features need of places: their rows, what they are filtered by, and how they are kept current. */
export { EmergencyDepartments } from "./EmergencyDepartments.tsx";
export { CouldNotRead, SkeletonRows } from "./FacilityList.tsx";
export { FacilityRow } from "./FacilityRow.tsx";
export { NO_FILTERS, writeFilters, type Filters } from "./filters.ts";
export { applyLiveEvent, readAgain, STOCK_KEY, type FacilityEvent } from "./live-facilities.ts";
export { NearMe } from "./NearMe.tsx";
export { PlaceActions } from "./PlaceActions.tsx";
export { PlaceRow } from "./PlaceRow.tsx";
export { SEARCH_KEY, useAgeOf, useNearestPlace, usePlacesOfName, useFacilities } from "./queries.ts";
