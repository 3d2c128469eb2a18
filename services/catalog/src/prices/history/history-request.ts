import type { GetPriceHistoryRequest__Output as Request } from '@mercat/catalog-api/messages/GetPriceHistoryRequest'
import { invalidField } from '@mercat/grpc-service/invalid-request'
import { dayUs } from './bar-page.ts'
import type { Range } from './price-reads.ts'

const minuteUs = 60_000_000

const stepsUs: Record<string, number | undefined> = {
	PRICE_STEP_MINUTE: minuteUs,
	PRICE_STEP_HOUR: 60 * minuteUs,
	PRICE_STEP_DAY: dayUs,
}

/**
 * The length of the steps of a request, in microseconds; undefined when it asks for each price.
 *
 * @throws GeneralError INVALID_REQUEST for a step that does not exist
 */
export function readStep(step: Request['step']): number | undefined {
	if (step === 'PRICE_STEP_UNSPECIFIED') return undefined
	const stepUs = stepsUs[step]
	if (stepUs === undefined) throw invalidField('step', 'must be a minute, an hour, a day or missing')
	return stepUs
}

/**
 * The range of a request, in microseconds since 1970.
 *
 * @throws GeneralError INVALID_REQUEST unless both times are possible, and the range ends after it begins
 */
export function readRange({ from, to }: Pick<Request, 'from' | 'to'>): Range {
	const range = {
		from: from === null ? undefined : readTime('from', from, Math.floor),
		// A price that began within the last microsecond began before the end.
		to: to === null ? undefined : readTime('to', to, Math.ceil),
	}
	if (from !== null && to !== null && !isBefore(from, to)) throw invalidField('to', 'must be later than from')
	return range
}

type Time = NonNullable<Request['from']>

// The years 1 to 9999.
const firstSecond = -62_135_596_800
const lastSecond = 253_402_300_799

// Microseconds are exact up to the year 2255. No price is older than 1970.
const latestUs = 9_000_000_000_000_000

function readTime(field: string, { seconds, nanos }: Time, round: (us: number) => number): number {
	const isPossible = seconds >= firstSecond && seconds <= lastSecond && nanos >= 0 && nanos < 1e9
	if (!isPossible) throw invalidField(field, 'must be a time from the years 1 to 9999')
	return Math.min(Math.max(seconds * 1e6 + round(nanos / 1000), 0), latestUs)
}

function isBefore(one: Time, other: Time): boolean {
	return one.seconds < other.seconds || (one.seconds === other.seconds && one.nanos < other.nanos)
}
