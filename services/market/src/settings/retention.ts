/** How long ticks and bars are kept, in milliseconds, by the name of what is kept. */
export type Retention = { ticks: number; '1s': number; '1m': number; '1h': number; '1d': number }

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const yearMs = 365 * dayMs
const units: Record<string, number> = { m: minuteMs, h: hourMs, d: dayMs, w: 7 * dayMs, y: yearMs }

export const defaultRetention: Retention = {
	ticks: hourMs,
	'1s': dayMs,
	'1m': 30 * dayMs,
	'1h': 2 * yearMs,
	'1d': 10 * yearMs,
}

// Prices that wait for the catalog are restored from ticks, and larger bars are made from smaller ones.
const least: Retention = { ticks: hourMs / 2, '1s': 2 * hourMs, '1m': 2 * dayMs, '1h': 2 * dayMs, '1d': 2 * dayMs }
const mostMs = 100 * yearMs

const form = /^(\w+)=(\d{1,9})([mhdwy])$/

/** Reads a text such as `1s=1d,1m=30d`. What it leaves out keeps its default. A fault completes "MARKET_RETENTION …". */
export function readRetention(text: string | undefined): { retention: Retention } | { fault: string } {
	const retention = { ...defaultRetention }
	const given = new Set<string>()
	for (const part of (text ?? '').split(',').map((part) => part.trim())) {
		if (part === '') continue
		const [, name = '', count, unit = ''] = form.exec(part) ?? []
		if (!isKept(name)) {
			return { fault: 'must be a list such as ticks=1h,1s=1d,1m=30d,1h=2y,1d=10y with times in m, h, d, w or y' }
		}
		if (given.has(name)) return { fault: `must not have ${name} twice` }
		given.add(name)
		const ms = Number(count) * (units[unit] as number)
		if (ms < least[name]) return { fault: `must keep ${name} for at least ${inWords(least[name])}` }
		if (ms > mostMs) return { fault: `must not keep ${name} for longer than 100y` }
		retention[name] = ms
	}
	return { retention }
}

function isKept(name: string): name is keyof Retention {
	return Object.hasOwn(defaultRetention, name)
}

function inWords(ms: number): string {
	if (ms % dayMs === 0) return `${ms / dayMs}d`
	return ms % hourMs === 0 ? `${ms / hourMs}h` : `${ms / minuteMs}m`
}
