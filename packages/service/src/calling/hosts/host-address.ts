export type HostAddress = { address: string; family: number }

/** The addresses of a host by its name. Rejects when there are none. */
export type ResolveHost = (host: string) => Promise<HostAddress[]>
