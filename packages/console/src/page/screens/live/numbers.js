const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const short = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

/**
 * A figure with as many digits as one reads at a glance, or a dash.
 *
 * @param {number | null | undefined} value
 */
export function formatFigure(value) {
	if (value === null || value === undefined) return '–'
	return (value < 10 ? short : whole).format(value)
}

/** @param {number | null | undefined} ms */
export function formatMs(ms) {
	return ms === null || ms === undefined ? '–' : `${formatFigure(ms)} ms`
}
