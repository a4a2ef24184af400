import type { Ground } from "@ihims/core/city/schema.ts";
import type { Position } from "@ihims/core/geo.ts";
import type { DoctorId, FacilityId } from "@ihims/core/ids.ts";
import type { Names } from "@ihims/core/languages.ts";
import type { CityNames } from "@ihims/core/search/interpret.ts";
import { NameIndex } from "@ihims/core/search/names.ts";
import type { Board } from "../board/board.ts";
import type { DoctorBoard } from "../doctors/doctors.ts";
import { MedicineNames, type MedicineBoard } from "../medicines/medicines.ts";

/** A ward or a neighbourhood that people search near to. */
export interface Place {
  name: string;
  names: Names;
  position: Position;
}

/** Everything in the city that has a name, findable, and kept as the city's pages are. */
export class NameKeeper implements CityNames {
  readonly facilities = new NameIndex<FacilityId>();
  readonly doctors: NameIndex<DoctorId>;
  readonly places = new NameIndex<string>();
  readonly medicines: MedicineNames;
  readonly #board: Board;
  readonly #placeOf = new Map<string, Place>();
  /** Wards as the ground draws them; they outrank what facilities call their neighbourhood. */
  readonly #wards = new Set<string>();
  /** The version of each page whose names are in. */
  readonly #facilityVersions = new Map<FacilityId, number>();
  #seenPages = -1;

  constructor(
    { board, doctors, medicines }: { board: Board; doctors: DoctorBoard; medicines: MedicineBoard },
    ground: Ground,
  ) {
    this.#board = board;
    this.doctors = doctors.names;
    this.medicines = new MedicineNames(medicines);
    this.useGround(ground);
  }

  /** Take in the wards of a ground. */
  useGround(ground: Ground): void {
    for (const { properties, geometry } of ground.features) {
      if (properties.kind !== "ward" || properties.name === undefined || geometry.type !== "Polygon")
        continue;
      const position = middleOf(geometry.coordinates[0] ?? []);
      this.#wards.add(properties.name);
      this.#putPlace({ name: properties.name, names: properties.names ?? {}, position });
    }
  }

  /** The place of a key of `places`. */
  place(name: string): Place | undefined {
    return this.#placeOf.get(name);
  }

  /** Take in the pages that changed since the last time; cheap when none did. Doctors' names come with their board. */
  bringUpToDate(): void {
    if (this.#seenPages !== this.#board.pagesVersion) this.#takeFacilities();
    this.#seenPages = this.#board.pagesVersion;
  }

  #takeFacilities(): void {
    const localities = new Map<string, { names: Names; positions: Position[] }>();
    for (const { facility } of this.#board.facilities()) {
      const { id, version, name, names, locality, localityNames, position } = facility;
      if (this.#facilityVersions.get(id) !== version) {
        if (facility.isActive) this.facilities.put(id, [name, ...Object.values(names)]);
        else this.facilities.remove(id);
        this.#facilityVersions.set(id, version);
      }
      if (locality === null || this.#wards.has(locality)) continue;
      const known = localities.get(locality) ?? { names: localityNames, positions: [] };
      known.positions.push(position);
      localities.set(locality, known);
    }
    for (const [name, { names, positions }] of localities)
      this.#putPlace({
        name,
        names,
        position: middleOf(positions.map(({ lat, lon }) => [lon, lat] as const)),
      });
  }

  #putPlace(place: Place): void {
    if (!this.#placeOf.has(place.name))
      this.places.put(place.name, [place.name, ...Object.values(place.names)]);
    this.#placeOf.set(place.name, place);
  }
}

/** The middle of some points, longitude before latitude; of a ward it is near enough to where its people are. */
function middleOf(points: readonly (readonly [lon: number, lat: number])[]): Position {
  const sum = points.reduce(([lon, lat], [x, y]) => [lon + x, lat + y] as const, [0, 0] as const);
  const count = Math.max(1, points.length);
  return { lon: sum[0] / count, lat: sum[1] / count };
}
