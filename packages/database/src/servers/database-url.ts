export type ServerAddress = { host: string; port: number }

const wantedSessions = ['any', 'read-write', 'primary', 'standby'] as const

/** Which sessions will do: `target_session_attrs` of libpq. */
export type WantedSession = (typeof wantedSessions)[number]

export type DatabaseServers = {
	addresses: ServerAddress[]
	wanted: WantedSession
	/** The URL of the database on one server, as `pg` takes it. */
	urlOn(address: ServerAddress): string
}

const urlForm = /^(postgres(?:ql)?:\/\/(?:[^@/?]*@)?)([^@/?]*)(\/[^?]*)?(\?.*)?$/
const hostForm = /^(\[[^\]]+\]|[^:[\]]+)(?::(\d{1,5}))?$/
const usualPort = 5432

/**
 * Reads the servers of a URL with several hosts, or with `target_session_attrs`
 * (`postgres://u@h1,h2:5433/db?target_session_attrs=read-write`). Gives undefined for any other URL, which `pg` reads itself.
 *
 * @throws when a host or `target_session_attrs` has another form
 */
export function readDatabaseServers(url: string): DatabaseServers | undefined {
	const [, start, hosts = '', path = '', query = ''] = urlForm.exec(url) ?? []
	const parameters = new URLSearchParams(query)
	const wanted = parameters.get('target_session_attrs') ?? 'any'
	if (start === undefined || (!hosts.includes(',') && !parameters.has('target_session_attrs'))) return undefined
	if (!isWantedSession(wanted)) {
		throw new Error(`target_session_attrs must be one of ${wantedSessions.join(', ')}, and is ${wanted}`)
	}
	parameters.delete('target_session_attrs')
	const rest = parameters.size === 0 ? path : `${path}?${parameters}`
	return {
		addresses: hosts.split(',').map(readAddress),
		wanted,
		urlOn: (address) => `${start}${nameOf(address)}${rest}`,
	}
}

/** Such as `db1:5432`. */
export const nameOf = ({ host, port }: ServerAddress) => `${host}:${port}`

function isWantedSession(text: string): text is WantedSession {
	return wantedSessions.some((known) => known === text)
}

function readAddress(text: string): ServerAddress {
	if (text === '') throw new Error('the URL of the database has an empty host')
	const [, host, port = usualPort] = hostForm.exec(text) ?? []
	if (host === undefined || Number(port) > 65_535) {
		throw new Error(`the URL of the database has ${text} where HOST or HOST:PORT is expected`)
	}
	return { host, port: Number(port) }
}
