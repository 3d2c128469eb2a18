import { connectionError } from '../command/connection-error.ts'

export type Answer = { status: number; text: string; date: string | null }
export type NoAnswer = { trouble: string }

type Question = { token?: string; post?: { headers: Record<string, string>; body: unknown } }

const timeoutMs = 5_000

/** The answer to a GET, or to a POST of JSON, or why there was none. */
export async function getAnswer(url: string, { token, post }: Question = {}): Promise<Answer | NoAnswer> {
	try {
		const response = await fetch(url, {
			// Another server must not get the token.
			redirect: 'manual',
			signal: AbortSignal.timeout(timeoutMs),
			headers: {
				...(token !== undefined && { authorization: `Bearer ${token}` }),
				...(post !== undefined && { 'content-type': 'application/json', ...post.headers }),
			},
			...(post !== undefined && { method: 'POST', body: JSON.stringify(post.body) }),
		})
		return { status: response.status, text: await response.text(), date: response.headers.get('date') }
	} catch (error) {
		return { trouble: connectionError(error) }
	}
}
