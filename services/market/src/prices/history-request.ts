import { millisecondsOf } from '@mercat/catalog-api/timestamps'
import { invalidField } from '@mercat/grpc-service/invalid-request'
import type { GetPriceHistoryRequest__Output as Request } from '@mercat/market-api/messages/GetPriceHistoryRequest'
import { type Step, stepMs } from '../folding/bars/bar.ts'
import type { Span } from '../folding/bars/bar-span.ts'

type Time = NonNullable<Request['from']>

// The years 1 to 9999.
const firstSecond = -62_135_596_800
const lastSecond = 253_402_300_799
const usualSteps = 500

/**
 * The span of the steps of a request. Without times it ends now.
 *
 * @throws GeneralError INVALID_REQUEST unless both times are possible, and the span ends after it begins
 */
export function readSpan({ from, to }: Pick<Request, 'from' | 'to'>, step: Step, nowMs: number): Span {
	const length = stepMs[step]
	const toMs = to === null ? nowMs : readTime('to', to)
	const fromMs = from === null ? toMs - usualSteps * length : readTime('from', from)
	if (fromMs >= toMs) throw invalidField('to', 'must be later than from')
	return { fromMs: Math.floor(fromMs / length) * length, toMs }
}

function readTime(field: string, time: Time): number {
	const { seconds, nanos } = time
	const isPossible = seconds >= firstSecond && seconds <= lastSecond && nanos >= 0 && nanos < 1e9
	if (!isPossible) throw invalidField(field, 'must be a time from the years 1 to 9999')
	// No price is older than 1970.
	return Math.max(millisecondsOf(time), 0)
}
