import { randomUUID } from 'node:crypto'
import { valuesOf } from './header-values.ts'

const traceparent = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/

/** The trace that the caller is part of (W3C Trace Context), or else a new one. */
export function traceIdOf({ rawHeaders }: { rawHeaders: string[] }): string {
	const [header] = valuesOf('traceparent', rawHeaders)
	return (header !== undefined && traceparent.exec(header)?.[1]) || newTraceId()
}

export function newTraceId(): string {
	const id = randomUUID()
	return id.slice(0, 8) + id.slice(9, 13) + id.slice(14, 18) + id.slice(19, 23) + id.slice(24)
}
