/** Why something failed, in words. Connecting to several addresses fails with an error of each, and without a message. */
export function failureText(error: unknown): string {
	if (error instanceof AggregateError && error.errors.length > 0) return error.errors.map(failureText).join('; ')
	return error instanceof Error ? error.message || error.name : String(error)
}
