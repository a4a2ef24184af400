import { lookup as dnsLookup } from "node:dns/promises";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { FetchFailed } from "./delivery.ts";

/** What the operator allows feeds, beyond what anybody may. */
export interface FeedSettings {
  /** Hosts and networks that feeds may read though they are not of the public internet: `10.0.0.0/8`, `his.lan`. */
  allow: readonly string[];
  /** Folders that are watched are below it; undefined: none are. */
  folder: string | undefined;
}

export const NO_FEED_SETTINGS: FeedSettings = { allow: [], folder: undefined };

/**
 * Addresses that are not of the public internet: this machine, its neighbours, the cloud's own
 * (IANA special-purpose registries for IPv4 and IPv6, RFC 6890 and its updates, read 2026-11).
 */
const NOT_PUBLIC_IPV4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
];
/** 64:ff9b::/96 and 2002::/16 carry IPv4 addresses inside. */
const NOT_PUBLIC_IPV6 = [
  "::/128",
  "::1/128",
  "64:ff9b::/96",
  "64:ff9b:1::/48",
  "100::/64",
  "2001::/23",
  "2001:db8::/32",
  "2002::/16",
  "fc00::/7",
  "fe80::/10",
  "fec0::/10",
  "ff00::/8",
];

const NOT_PUBLIC = blockListOf([...NOT_PUBLIC_IPV4, ...NOT_PUBLIC_IPV6]);

function blockListOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits] = network.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    list.addSubnet(address, bits === undefined ? (family === "ipv6" ? 128 : 32) : Number(bits), family);
  }
  return list;
}

/** An entry of the allow-list that is a network. */
function isNetwork(entry: string): boolean {
  const [address = "", bits, ...more] = entry.split("/");
  const most = isIP(address) === 6 ? 128 : 32;
  return (
    isIP(address) !== 0 &&
    more.length === 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  );
}

/** Decides which machines feeds may speak to. */
export class Guard {
  readonly #hosts: ReadonlySet<string>;
  readonly #networks: BlockList;

  constructor({ allow }: Pick<FeedSettings, "allow">) {
    this.#hosts = new Set(allow.filter((entry) => !isNetwork(entry)).map((entry) => entry.toLowerCase()));
    this.#networks = blockListOf(allow.filter(isNetwork));
  }

  /** Whether an address may be spoken to, under the name by which it was found. */
  isAllowed(address: string, host: string): boolean {
    if (this.#hosts.has(host.toLowerCase())) return true;
    // An IPv4 address in IPv6 dress is what it carries.
    const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
    const family = isIP(plain) === 6 ? "ipv6" : "ipv4";
    return this.#networks.check(plain, family) || !NOT_PUBLIC.check(plain, family);
  }

  /**
   * The address of a host, looked up once: what is asked about is what is connected to.
   *
   * @throws FetchFailed when there is none, or when any is not of the public internet and not allowed
   */
  async addressOf(given: string): Promise<{ address: string; family: 4 | 6 }> {
    const host = given.replace(/^\[(.*)\]$/, "$1");
    const found = isIP(host)
      ? [{ address: host, family: isIP(host) }]
      : await dnsLookup(host, { all: true }).catch((error: unknown) => {
          throw new FetchFailed(`there is no host ${host}`, { cause: error });
        });
    const [first] = found;
    if (!first) throw new FetchFailed(`there is no host ${host}`);
    const refused = found.find(({ address }) => !this.isAllowed(address, host));
    if (refused)
      throw new FetchFailed(
        `${host} is not of the public internet (${refused.address}): the operator can allow it with FEEDS_ALLOW`,
        { isFinal: true },
      );
    return { address: first.address, family: first.family === 6 ? 6 : 4 };
  }

  /** As `net.connect` and `http.request` take it. */
  readonly lookup: LookupFunction = (host, options, callback) => {
    void this.#answer(host, options.all === true, callback);
  };

  async #answer(host: string, isAll: boolean, callback: Parameters<LookupFunction>[2]): Promise<void> {
    try {
      const { address, family } = await this.addressOf(host);
      if (isAll) callback(null, [{ address, family }]);
      else callback(null, address, family);
    } catch (error) {
      callback(error instanceof Error ? error : new Error("there is no such host"), "", 4);
    }
  }
}
