import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino'
import { chunkedStdout } from './chunked-stdout.ts'

export type { DestinationStream, Logger } from 'pino'

/**
 * A log of JSON lines, on stdout unless told otherwise. Credentials and shipping addresses are redacted. Lines on stdout go
 * out in chunks; a line at the level warn or above goes out at once, with all lines before it.
 *
 * An error with `isReported` belongs to an outage that has lines of its own. It is logged at the level debug, so that an
 * outage does not fill the log with an error for each request and each run in the background. `fatal` is logged in any case.
 */
export function createLog(
	service: string,
	level: string,
	destination: DestinationStream & { flush?(): void } = chunkedStdout(),
): Logger {
	const options: LoggerOptions = {
		level,
		base: { service },
		timestamp: pino.stdTimeFunctions.isoTime,
		formatters: { level: (label) => ({ level: label }) },
		redact: {
			paths: ['req.headers.authorization', 'req.headers.cookie', 'shippingAddress', '*.shippingAddress'],
			censor: '[redacted]',
		},
		hooks: {
			logMethod(line, write, level) {
				const isLoud = level > debugLevel && level < fatalLevel
				if (isLoud && isReported(line[0])) this.debug(...line)
				else write.apply(this, line)
				if (level >= warnLevel) destination.flush?.()
			},
		},
	}
	return pino(options, destination)
}

/**
 * A log for lines whose members are known and hold nothing secret: for speed, nothing is redacted. Undefined when the level
 * of `log` leaves these lines out, so that nobody builds them.
 */
export function plainInfoLog(log: Logger): Logger | undefined {
	return log.isLevelEnabled('info') ? log.child({}, { redact: [] }) : undefined
}

// The numbers of these levels in pino.
const debugLevel = 20
const warnLevel = 40
const fatalLevel = 60
const mostCauses = 5

/** Whether the error of a line, or a cause of it, belongs to an outage that is reported elsewhere. */
function isReported(facts: unknown): boolean {
	let error = (facts as { err?: unknown } | undefined)?.err
	for (let depth = 0; depth < mostCauses && error instanceof Error; depth++) {
		if ((error as { isReported?: unknown }).isReported === true) return true
		error = error.cause
	}
	return false
}
