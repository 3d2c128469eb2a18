import type { DiagLogger } from '@opentelemetry/api'
import type { Logger } from '../logging/log.ts'

const mostMessages = 100

/**
 * Writes what the SDK says about itself to the log: each message once, whatever numbers it has, and once more after
 * `writeAnew`.
 */
export function createDiagLogger(log: Pick<Logger, 'warn'>): DiagLogger & { writeAnew(): void } {
	const written = new Set<string>()

	function write(...parts: unknown[]): void {
		const message = parts.map(String).join(' ')
		const form = message.replaceAll(/\d+/g, '0')
		if (written.has(form) || written.size >= mostMessages) return
		written.add(form)
		log.warn({ telemetry: message }, 'the SDK of OpenTelemetry has a remark')
	}

	const ignore = () => {}
	const writeAnew = () => written.clear()
	return { error: write, warn: write, info: ignore, debug: ignore, verbose: ignore, writeAnew }
}
