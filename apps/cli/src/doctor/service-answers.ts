import { type Answer, getAnswer, type NoAnswer } from './get-answer.ts'

/** How the doctor speaks of a service. */
export type AskedService = {
	/** Such as `order service`. */
	name: string
	/** The option that names its URL. */
	option: string
	/** What to do when it does not answer. */
	remedy: string
}

/** Asks the service at a URL whether it lives. */
export async function askLiveness(
	url: string,
	{ name, option, remedy }: AskedService,
): Promise<Answer | { fault: string }> {
	const answer = await getAnswer(`${url}/livez`)
	if ('trouble' in answer) return { fault: `${url} does not answer (${answer.trouble}): ${remedy}` }
	if (answer.status === 200 && answer.text.includes('"ok"')) return answer
	return { fault: `something else than the ${name} answers at ${url}: name its URL with ${option}` }
}

/** @param work what the service needs its database and the catalog for, such as `place orders` */
export async function readinessFault(url: string, work: string): Promise<string | undefined> {
	const answer = await getAnswer(`${url}/readyz`)
	if ('status' in answer && answer.status === 200) return undefined
	return `it cannot ${work}: it does not reach the catalog, or cannot write its database. The other lines tell which of them works from here; compare its CATALOG_ADDRESS and DATABASE_URL, and read its log`
}

/**
 * @param asked what was asked for with the token, such as `orders`
 * @param where its settings must be the same, such as `here and in the market`
 */
export function tokenFault(answer: Answer | NoAnswer, asked: string, where: string): string | undefined {
	if ('trouble' in answer) return `it did not answer a request for ${asked} (${answer.trouble}): read its log`
	// Without the scope the token is accepted, and permits less.
	if (answer.status === 200 || answer.status === 403) return undefined
	if (answer.status !== 401) return `it answered a request for ${asked} with ${answer.status}: read its log`
	return `it refuses tokens of this command: JWT_SECRET, JWT_ISSUER and JWT_AUDIENCE must be the same ${where}; with JWT_JWKS_URL, set MERCAT_TOKEN`
}
