import { type Finding, fine, wrong } from './finding.ts'
import { type Answer, getAnswer, type NoAnswer } from './get-answer.ts'

const subject = 'market service'

/** What the market says of a source. */
type ToldSource = { name: string; configured: boolean; followed: boolean; stale: boolean }

/**
 * Whether the market at a URL can apply prices, which needs its database and the catalog, whether it accepts a token, and whether
 * its sources send prices.
 */
export async function checkMarket(url: string, token: string): Promise<Finding> {
	const alive = await getAnswer(`${url}/livez`)
	if ('trouble' in alive)
		return wrong(
			subject,
			`${url} does not answer (${alive.trouble}): start it, name its URL with --market, or set MARKET=false if there is none`,
		)
	if (alive.status !== 200 || !alive.text.includes('"ok"'))
		return wrong(subject, `something else than the market answers at ${url}: name its URL with --market`)
	const sources = await getAnswer(`${url}/v1/sources`, { token })
	const faults = [readinessFault(await getAnswer(`${url}/readyz`)), tokenFault(sources), sourcesFault(sources)].filter(
		(fault) => fault !== undefined,
	)
	if (faults.length > 0) return wrong(subject, `${url} answers, but ${faults.join('; ')}`)
	const all = `${url} can write its database, reaches the catalog, and accepts tokens of this command`
	return fine(subject, `${all}; ${noteOf(sources)}`)
}

function readinessFault(answer: Answer | NoAnswer): string | undefined {
	if ('status' in answer && answer.status === 200) return undefined
	return 'it cannot apply prices: it does not reach the catalog, or cannot write its database. The other lines tell which of them works from here; compare its CATALOG_ADDRESS and DATABASE_URL, and read its log'
}

function tokenFault(answer: Answer | NoAnswer): string | undefined {
	if ('trouble' in answer) return `it did not answer a request for its sources (${answer.trouble}): read its log`
	// Without the scope the token is accepted, and permits less.
	if (answer.status === 200 || answer.status === 403) return undefined
	if (answer.status !== 401) return `it answered a request for its sources with ${answer.status}: read its log`
	return 'it refuses tokens of this command: JWT_SECRET, JWT_ISSUER and JWT_AUDIENCE must be the same here and in the market; with JWT_JWKS_URL, set MERCAT_TOKEN'
}

function sourcesFault(answer: Answer | NoAnswer): string | undefined {
	const still = sourcesOf(answer)?.filter(({ followed, stale }) => !followed || stale) ?? []
	if (still.length === 0) return undefined
	const named = still.map(({ name, followed }) => `${name} (${followed ? 'it sends nothing' : 'nobody follows it'})`)
	return `prices stand still of the source ${named.join(' and of ')}: read the log of the market, which says why a connection has ended`
}

function noteOf(answer: Answer | NoAnswer): string {
	const sources = sourcesOf(answer)
	if (sources === undefined) return 'its sources were not looked at, as MERCAT_TOKEN lacks the scope market:read'
	return sources.length === 0
		? 'it has no sources'
		: `its ${sources.length === 1 ? 'source sends' : 'sources send'} prices`
}

/** The sources without those that are in the settings no more. Undefined when the market did not tell them. */
function sourcesOf(answer: Answer | NoAnswer): ToldSource[] | undefined {
	if (!('status' in answer) || answer.status !== 200) return undefined
	const told: ToldSource[] = JSON.parse(answer.text).sources
	return told.filter(({ configured, followed }) => configured || followed)
}
