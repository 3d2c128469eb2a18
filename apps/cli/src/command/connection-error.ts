import { oneLine } from './one-line.ts'

/** Why `fetch` got no answer, in one line. It wraps the error of the connection; a name with several addresses gives several. */
export function connectionError(error: unknown): string {
	const { cause = error } = error as { cause?: unknown }
	const [first = cause] = (cause as AggregateError).errors ?? []
	return oneLine((first as Error).message)
}
