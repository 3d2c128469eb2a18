const form =
	/^(\d{4}-\d\d-\d\d)[Tt ]([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(\.\d{1,9})?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))$/

/** Reads moments: RFC 3339 text, or a number of milliseconds since 1970. */
export type ReadTime = (value: unknown) => number | undefined

// The year 10000, where the text form ends.
const endMs = Date.UTC(10_000, 0, 1)

/** The ticks of a source are nearly all of one day, whose beginning is found once. */
export function createReadTime(): ReadTime {
	let knownDay = ''
	let knownDayMs = 0

	function dayMsOf(day: string): number | undefined {
		if (day === knownDay) return knownDayMs
		const ms = Date.parse(`${day}T00:00:00Z`)
		// Date.parse takes some days that are not there, such as 30 February.
		if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== day) return undefined
		knownDay = day
		knownDayMs = ms
		return ms
	}

	function textMs(text: string): number | undefined {
		const parts = form.exec(text)
		if (parts === null) return undefined
		const [, day = '', hours, minutes, seconds, fraction, sign, offsetHours, offsetMinutes] = parts
		const dayMs = dayMsOf(day)
		if (dayMs === undefined) return undefined
		const fractionMs = fraction === undefined ? 0 : Number(fraction.slice(1, 4).padEnd(3, '0'))
		const localMs = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000 + fractionMs
		if (sign === undefined) return dayMs + localMs
		const offsetMs = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000
		return dayMs + localMs + (sign === '+' ? -offsetMs : offsetMs)
	}

	return (value) => {
		const ms = typeof value === 'number' ? Math.floor(value) : typeof value === 'string' ? textMs(value) : undefined
		return ms !== undefined && ms >= 0 && ms < endMs ? ms : undefined
	}
}
