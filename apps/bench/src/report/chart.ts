import { type Measurement, median, quartiles } from '../running/measurement.ts'
import { formatValue } from './format.ts'

const width = 720
const labelWidth = 170
const valueWidth = 80
const titleHeight = 40
const barHeight = 22
const rowHeight = 34
const barSpace = width - labelWidth - valueWidth

/** An SVG bar chart of the medians of the contestants. A line on each bar shows the quartiles. */
export function toChart({ title, unit, results }: Measurement): string {
	const height = titleHeight + results.length * rowHeight + 6
	const most = Math.max(...results.map(({ values }) => quartiles(values)[1]))
	const x = (value: number) => (labelWidth + (barSpace * value) / most).toFixed(1)
	const bars = results.map(({ contestant, values }, index) => {
		const top = titleHeight + index * rowHeight
		const middle = top + barHeight / 2
		const value = median(values)
		const [low, high] = quartiles(values)
		const [from, to] = [x(low), x(high)]
		return `<text class="label" x="${labelWidth - 10}" y="${middle + 5}">${escapeXml(contestant)}</text>
<rect class="${contestant.startsWith('mercat') ? 'own' : 'other'}" x="${labelWidth}" y="${top}" width="${((barSpace * value) / most).toFixed(1)}" height="${barHeight}" rx="3"/>
<path class="spread" d="M${from} ${middle}H${to}M${from} ${middle - 4}v8M${to} ${middle - 4}v8"/>
<text x="${Number(to) + 8}" y="${middle + 5}">${formatValue(value, unit)}</text>`
	})
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escapeXml(title)}</title>
<style>
text { font: 14px system-ui, sans-serif; fill: #1f2328 }
.heading { font-weight: 600 }
.label { text-anchor: end }
.own { fill: #1a7f64 }
.other { fill: #9aa4b0 }
.spread { stroke: #1f2328; stroke-width: 1.5; fill: none }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 }
.own { fill: #2ea98a }
.other { fill: #6e7781 }
.spread { stroke: #e6edf3 }
}
</style>
<text class="heading" x="0" y="20">${escapeXml(title)}: ${escapeXml(unit)}, median and quartiles</text>
${bars.join('\n')}
</svg>
`
}

function escapeXml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
