import fc from "fast-check";
import { expect, test } from "vitest";
import { planPrescription, type Offer, type Shop } from "./match.ts";

/** Shops as `name 10s: 100 - 50e`: seconds away, then of each line its price, `e` for an equivalent, `-` for nothing. */
function shops(...texts: string[]): Shop<string>[] {
  return texts.map((text) => {
    const [, place = "", seconds = "0", rest = ""] = /^(\w+) (\d+)s: (.*)$/.exec(text) ?? [];
    const offers = rest.split(" ").map((one): Offer | null => {
      if (one === "-") return null;
      const price = one.replace("e", "");
      return { option: one.endsWith("e") ? 1 : 0, priceMinor: price === "?" ? null : Number(price) };
    });
    return { place, seconds: Number(seconds), offers };
  });
}

function plan(given: Shop<string>[], between = 60) {
  const { one, two, most } = planPrescription(given, given[0]?.offers.length ?? 0, () => between, 3);
  const text = (plans: typeof one) =>
    plans.map(
      ({ visits, priceMinor, missing, seconds }) =>
        `${visits.map(({ place, lines }) => `${place}[${lines.map(({ line }) => line).join("")}]`).join("+")} ${priceMinor} ${seconds}s${missing.length > 0 ? ` without ${missing.join("")}` : ""}`,
    );
  return { one: text(one), two: text(two), most: text(most) };
}

test("a shop that has everything comes first, the nearer before the cheaper", () => {
  expect(plan(shops("far 900s: 10 10", "near 100s: 50 50", "half 10s: 5 -")).one).toEqual([
    "near[01] 100 100s",
    "far[01] 20 900s",
  ]);
});

test("of shops as far as each other the cheaper comes first, and one that says no price last", () => {
  expect(plan(shops("a 10s: ? 10", "b 20s: 50 50", "c 30s: 40 40")).one).toEqual([
    "c[01] 80 30s",
    "b[01] 100 20s",
    "a[01] null 10s",
  ]);
});

test("two shops that have it together, each line bought where it is as asked for and cheaper", () => {
  expect(plan(shops("a 100s: 10 - 30", "b 50s: 20 5 20e"))).toEqual({
    one: ["b[012] 45 50s"],
    two: [],
    most: [],
  });
  expect(plan(shops("a 100s: 10 - 30", "b 50s: 20 5 -"))).toEqual({
    one: [],
    two: ["b[1]+a[02] 45 110s"],
    most: [],
  });
});

test("where nobody has all, those who have most, and what is missing is said", () => {
  expect(plan(shops("a 10s: 10 - -", "b 50s: 20 5 -")).most).toEqual([
    "b[01] 25 50s without 2",
    "a[0] 10 10s without 12",
  ]);
});

test("a plan never has what its shops do not have, and no single shop is passed over", () => {
  const offer = fc.option(fc.record({ option: fc.nat(1), priceMinor: fc.option(fc.nat(500)) }));
  const some = fc
    .integer({ min: 1, max: 5 })
    .chain((lines) =>
      fc.array(
        fc.record({ seconds: fc.nat(2000), offers: fc.array(offer, { minLength: lines, maxLength: lines }) }),
        { maxLength: 8 },
      ),
    );
  fc.assert(
    fc.property(some, (given) => {
      const all = given.map((shop, at) => ({ ...shop, place: at }));
      const lines = all[0]?.offers.length ?? 1;
      const { one, two, most } = planPrescription(all, lines, () => 100, 100);
      expect(one).toHaveLength(
        all.filter(({ offers }) => offers.every((offered) => offered !== null)).length,
      );
      for (const { visits, missing } of [...one, ...two, ...most]) {
        const bought = visits.flatMap(({ place, lines: some }) =>
          some.map(({ line, offer: taken }) => {
            expect(all[place]?.offers[line]).toEqual(taken);
            return line;
          }),
        );
        expect([...bought, ...missing].sort((a, b) => a - b)).toEqual(
          Array.from({ length: lines }, (_, line) => line),
        );
      }
      for (const { missing } of [...one, ...two]) expect(missing).toEqual([]);
    }),
  );
});
