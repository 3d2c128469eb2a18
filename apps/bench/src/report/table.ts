/** A Markdown table whose columns are padded to equal width. */
export function table(head: string[], rows: string[][]): string {
	const widths = head.map((_, column) => Math.max(...[head, ...rows].map((cells) => cells[column]?.length ?? 0)))
	const line = (cells: string[], fill = ' ') =>
		`| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(' | ')} |`
	return [line(head), line(Array(head.length).fill(''), '-'), ...rows.map((cells) => line(cells))].join('\n')
}
