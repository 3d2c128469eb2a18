import { CommandError } from '../command/command-error.ts'
import { connectionError } from '../command/connection-error.ts'

/** The order service, and the token that a command shows it. */
export type OrderService = { url: string; token: string }

// Longer than the service waits for the receiver of a test event.
const timeoutMs = 30_000

/**
 * Calls a route of the order service with a body of JSON, or without a body. Resolves to the answer's body, or to
 * undefined for an answer without one.
 *
 * @throws CommandError when the service refuses the request, or does not answer
 */
export async function callOrders<T>(
	{ url, token }: OrderService,
	method: string,
	path: string,
	body?: unknown,
): Promise<T> {
	const { status, text } = await fetchText(`${url}${path}`, {
		method,
		// Another server must not get the token.
		redirect: 'manual',
		signal: AbortSignal.timeout(timeoutMs),
		headers: {
			authorization: `Bearer ${token}`,
			...(body !== undefined && { 'content-type': 'application/json' }),
		},
		...(body !== undefined && { body: JSON.stringify(body) }),
	}).catch((error: unknown) => {
		throw new CommandError(`the order service at ${url} does not answer: ${connectionError(error)}`, { cause: error })
	})
	const answer = parseJson(text)
	if (status >= 200 && status < 300 && (text === '' || answer !== undefined)) return answer as T
	throw new CommandError(describeProblem(answer) ?? `${url} answered ${status}, and not as the order service does`)
}

async function fetchText(url: string, request: RequestInit): Promise<{ status: number; text: string }> {
	const response = await fetch(url, request)
	return { status: response.status, text: await response.text() }
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text)
	} catch {
		return undefined
	}
}

type ProblemBody = { code?: unknown; detail?: unknown; errors?: { pointer: string; detail: string }[] }

/** A problem (RFC 9457) in one line; undefined for a body of another form. */
function describeProblem(body: unknown): string | undefined {
	const { code, detail, errors = [] } = (body ?? {}) as ProblemBody
	if (code === undefined || detail === undefined) return undefined
	const places = errors.map((error) => `${error.pointer} ${error.detail}`).join('; ')
	// The places tell what to do, and the detail is the same for all of them.
	return places === '' ? `${code}: ${detail}` : `${code}: ${places}. ${detail}`
}
