const mostErrorCharacters = 500

/** An error as one line for the outbox. */
export function errorText(error: unknown): string {
	return String(error instanceof Error ? error.message : error).slice(0, mostErrorCharacters)
}
