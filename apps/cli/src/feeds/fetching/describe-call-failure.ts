import { failureText } from '@mercat/service/failure-text'
import { TargetRefusedError } from '@mercat/service/target-agent'

/** Why a call to a source failed, as a sentence. The codes are those of undici and of Node. */
export function describeCallFailure(error: unknown): string {
	if (error instanceof TargetRefusedError) return `${error.message}, unless the feed has the setting allowPrivate`
	switch ((error as NodeJS.ErrnoException).code) {
		case 'UND_ERR_CONNECT_TIMEOUT':
			return 'the source did not take the connection in time'
		case 'UND_ERR_HEADERS_TIMEOUT':
			return 'the source did not answer in time'
		case 'UND_ERR_BODY_TIMEOUT':
			return 'the source fell silent in the middle of the feed'
		case 'UND_ERR_SOCKET':
		case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
		case 'ECONNRESET':
			return `the connection broke off: ${failureText(error)}`
		default:
			return failureText(error)
	}
}
