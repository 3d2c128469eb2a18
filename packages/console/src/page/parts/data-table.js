/** @import { Component } from 'preact' */
/** @import { Children } from './markup/html.js' */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { html } from './markup/html.js'

/**
 * A column. `cell` gives what a row shows in it; `align: 'end'` is for numbers. A wide column takes the room that is left, and
 * its text is cut first.
 *
 * @template T
 * @typedef {{ name: string, label: string, cell: (row: T) => Children, align?: 'end', isWide?: boolean }} Column
 */

/**
 * A table in a region of its own that scrolls. With more than a hundred rows it draws only the rows in view, so it takes tens
 * of thousands. Rows have one line each. `rowKey` must be stable, so that a row keeps the focus while others come.
 *
 * @template T
 * @typedef {{ label: string, columns: Column<T>[], rows: T[], rowKey: (row: T) => string,
 *   isMarked?: (row: T) => boolean, empty?: Children }} DataTableProps
 */

const rowHeightPx = 40
const allDrawn = 100
/** Rows beyond each edge of the view. The window moves in steps of half of them, so that few scrolls draw. */
const spareRows = 20

/**
 * @template T
 * @param {DataTableProps<T>} props
 */
export function DataTable({ label, columns, rows, rowKey, isMarked = () => false, empty }) {
	const region = useRef(/** @type {HTMLDivElement | null} */ (null))
	const isWindowed = rows.length > allDrawn
	const [first, last] = useWindow(region, rows.length, isWindowed)
	if (rows.length === 0 && empty) return empty
	return html`
		<div ref=${region} class=${`table-region${isWindowed ? ' windowed' : ''}`} role="region" aria-label=${label} tabindex="0">
			<table aria-rowcount=${rows.length + 1}>
				<thead>
					<tr aria-rowindex="1">
						${columns.map(({ name, label: heading, align, isWide }) => html`<th key=${name} scope="col" class=${classOf(align, isWide)}>${heading}</th>`)}
					</tr>
				</thead>
				<tbody>
					<${Spacer} key="above" rows=${first} columns=${columns.length} />
					${rows
						.slice(first, last)
						.map(
							(row, index) =>
								html`<${Row} key=${rowKey(row)} row=${row} columns=${columns} position=${first + index + 2} isMarked=${isMarked(row)} />`,
						)}
					<${Spacer} key="below" rows=${rows.length - last} columns=${columns.length} />
				</tbody>
			</table>
		</div>
	`
}

/**
 * @param {'end' | undefined} align
 * @param {boolean | undefined} isWide
 */
function classOf(align, isWide) {
	return `${align ?? ''}${isWide ? ' wide' : ''}`
}

/**
 * One row.
 *
 * @template T
 * @param {{ row: T, columns: Column<T>[], position: number, isMarked: boolean }} props
 */
function Row({ row, columns, position, isMarked }) {
	return html`<tr aria-rowindex=${position} class=${isMarked ? 'marked' : undefined}><${Cells} row=${row} columns=${columns} /></tr>`
}

/**
 * The cells of a row. They are drawn again only for another row or other columns, so a list that others move is cheap. A memo
 * of their elements would do that too, but Preact keeps in an element the table that it was first drawn in: each table would
 * hold the one before it for ever.
 *
 * @template T
 * @param {{ row: T, columns: Column<T>[] }} props
 * @this {Component<{ row: T, columns: Column<T>[] }>}
 */
function Cells(props) {
	const { row, columns } = props
	this.shouldComponentUpdate = (next) => next.row !== row || next.columns !== columns
	return columns.map(
		({ name, cell, align, isWide }) => html`<td key=${name} class=${classOf(align, isWide)}>${cell(row)}</td>`,
	)
}

/** @param {{ rows: number, columns: number }} props */
function Spacer({ rows, columns }) {
	if (rows <= 0) return null
	return html`<tr class="spacer" aria-hidden="true"><td colspan=${columns} style=${{ height: `${rows * rowHeightPx}px` }}></td></tr>`
}

/**
 * The rows to draw: from the first up to, and without, the last.
 *
 * @param {{ current: HTMLDivElement | null }} region
 * @param {number} count
 * @param {boolean} isWindowed
 * @returns {[first: number, last: number]}
 */
function useWindow(region, count, isWindowed) {
	const [top, setTop] = useState(0)
	const [visible, setVisible] = useState(allDrawn)
	const measure = useCallback(() => {
		if (region.current === null) return
		const step = spareRows / 2
		setTop(Math.floor(region.current.scrollTop / rowHeightPx / step) * step)
		setVisible(Math.ceil(region.current.clientHeight / rowHeightPx))
	}, [])
	useEffect(() => {
		const { current } = region
		if (!isWindowed || current === null) return undefined
		measure()
		current.addEventListener('scroll', measure, { passive: true })
		const sizes = new ResizeObserver(measure)
		sizes.observe(current)
		return () => {
			current.removeEventListener('scroll', measure)
			sizes.disconnect()
		}
	}, [isWindowed, measure])
	if (!isWindowed) return [0, count]
	const first = Math.max(0, Math.min(top, count - visible) - spareRows)
	return [first, Math.min(count, first + visible + 3 * spareRows)]
}
