import { type Logger, pino } from 'pino'

export type { Logger } from 'pino'

/** A log of JSON lines on stdout. Credentials and shipping addresses are redacted. */
export function createLog(service: string, level: string): Logger {
	return pino({
		level,
		base: { service },
		timestamp: pino.stdTimeFunctions.isoTime,
		formatters: { level: (label) => ({ level: label }) },
		redact: {
			paths: ['req.headers.authorization', 'req.headers.cookie', 'shippingAddress', '*.shippingAddress'],
			censor: '[redacted]',
		},
	})
}
