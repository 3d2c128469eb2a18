import { failureText } from '@mercat/service/failure-text'
import { TargetRefusedError } from '@mercat/service/target-agent'

/** The time that the parts of a call may take. */
export type CallLimits = { connectTimeoutMs: number; headersTimeoutMs: number; silenceTimeoutMs: number }

/** Why a call to a source failed, as a sentence. The codes are those of undici and of Node. */
export function describeCallFailure(
	error: unknown,
	{ connectTimeoutMs, headersTimeoutMs, silenceTimeoutMs }: CallLimits,
): string {
	if (error instanceof TargetRefusedError) return `${error.message}, unless the feed has the setting allowPrivate`
	switch ((error as NodeJS.ErrnoException).code) {
		case 'UND_ERR_CONNECT_TIMEOUT':
			return `the source did not take the connection within ${seconds(connectTimeoutMs)}`
		case 'UND_ERR_HEADERS_TIMEOUT':
			return `the source did not begin its answer within ${seconds(headersTimeoutMs)}`
		case 'UND_ERR_BODY_TIMEOUT':
			return `the source was silent for ${seconds(silenceTimeoutMs)} in the middle of the feed`
		case 'UND_ERR_SOCKET':
		case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
		case 'ECONNRESET':
			return `the connection broke off: ${failureText(error)}`
		default:
			return failureText(error)
	}
}

function seconds(ms: number): string {
	return `${ms / 1_000} s`
}
