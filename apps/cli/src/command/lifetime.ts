const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** What a text must be for {@link parseLifetimeMs}. */
export const lifetimeRule = 'It must be a whole number from 1 to 999999 and s, m, h or d, such as 15m or 7d.'

/** The milliseconds of a text such as `30s`, `15m`, `1h` or `7d`; undefined for any other text. */
export function parseLifetimeMs(text: string): number | undefined {
	const [, count, unit] = /^([1-9]\d{0,5})([smhd])$/.exec(text) ?? []
	return count === undefined ? undefined : Number(count) * unitMs[unit as keyof typeof unitMs]
}
