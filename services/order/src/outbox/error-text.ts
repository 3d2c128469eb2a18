import { printableUrl } from './printable-url.ts'

const mostErrorCharacters = 500

/** An error as one line for the outbox. The errors of `fetch` may name the URL, whose password and query are left out. */
export function errorText(error: unknown): string {
	const text = String(error instanceof Error ? error.message : error)
	return text.replaceAll(/https?:\/\/\S+/gi, printableUrl).slice(0, mostErrorCharacters)
}
