import { type Finding, fine, wrong } from './finding.ts'
import { type Answer, getAnswer, type NoAnswer } from './get-answer.ts'
import { type AskedService, askLiveness, readinessFault, tokenFault } from './service-answers.ts'

const subject = 'market service'
const asked: AskedService = {
	name: 'market',
	option: '--market',
	remedy: 'start it, name its URL with --market, or set MARKET=false if there is none',
}

/** What the market says of a source. */
type ToldSource = { name: string; configured: boolean; followed: boolean; stale: boolean }

/**
 * Whether the market at a URL can apply prices, which needs its database and the catalog, whether it accepts a token, and whether
 * its sources send prices.
 */
export async function checkMarket(url: string, token: string): Promise<Finding> {
	const alive = await askLiveness(url, asked)
	if ('fault' in alive) return wrong(subject, alive.fault)
	const sources = await getAnswer(`${url}/v1/sources`, { token })
	const notReady = await readinessFault(url, 'apply prices')
	const refusal = tokenFault(sources, 'its sources', 'here and in the market')
	const faults = [notReady, refusal, sourcesFault(sources)].filter((fault) => fault !== undefined)
	if (faults.length > 0) return wrong(subject, `${url} answers, but ${faults.join('; ')}`)
	const all = `${url} can write its database, reaches the catalog, and accepts tokens of this command`
	return fine(subject, `${all}; ${noteOf(sources)}`)
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
