import { subscribe } from 'node:diagnostics_channel'

// Less than 2^31 ms, beyond which a timer of Node fires at once. Nothing that a service does takes as long.
const longestDays = 24
const perDay: { [unit: string]: number | undefined } = { H: 24, M: 24 * 60, S: 24 * 60 * 60 }

/**
 * Shortens the `grpc-timeout` of calls to 24 days, for all servers of this process. grpc-js counts a timeout in 32 bits, so
 * that a call with 25 days or more would fail at once. Node tells of each stream, with its headers, before grpc-js sees
 * it; an interceptor of grpc-js comes too late.
 */
export function shortenLongTimeouts(): void {
	subscribe('http2.server.stream.created', shorten)
}

function shorten(message: unknown): void {
	const { headers } = message as { headers: Record<string, unknown> }
	const [, count, unit = ''] = /^(\d{1,8})([HMS])$/.exec(String(headers['grpc-timeout'] ?? '')) ?? []
	const most = longestDays * (perDay[unit] ?? Number.POSITIVE_INFINITY)
	if (Number(count) > most) headers['grpc-timeout'] = `${most}${unit}`
}
