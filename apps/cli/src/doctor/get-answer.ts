import { connectionError } from '../command/connection-error.ts'

export type Answer = { status: number; text: string; date: string | null }

const timeoutMs = 5_000

/** The answer to a GET, or why there was none. */
export async function getAnswer(url: string, token?: string): Promise<Answer | { trouble: string }> {
	try {
		const response = await fetch(url, {
			// Another server must not get the token.
			redirect: 'manual',
			signal: AbortSignal.timeout(timeoutMs),
			headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
		})
		return { status: response.status, text: await response.text(), date: response.headers.get('date') }
	} catch (error) {
		return { trouble: connectionError(error) }
	}
}
