/** The trace id in a text that is one, or that is a whole `traceparent`. */
export function readTraceId(text: string): string {
	return text.length === 32 ? text : (text.split('-')[1] ?? '')
}
