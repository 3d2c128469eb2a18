import { majorUnits } from '@mercat/catalog-api/currencies'
import type { HeldRow__Output as HeldRow } from '@mercat/catalog-api/messages/HeldRow'
import type { ImportFailure__Output as ImportFailure } from '@mercat/catalog-api/messages/ImportFailure'
import type { Money__Output as Money } from '@mercat/catalog-api/messages/Money'
import { visibleText } from '../output/visible-text.ts'
import type { RowProblem } from '../parsing/parse-messages.ts'

/** A row that is neither created, updated nor unchanged, as reports list it. */
export type ReportedRow = {
	line: number
	sku: string
	outcome: 'failed' | 'held'
	rule: string
	/** The price of the product, such as `12.90 EUR`, where the rule compares it with a new one. */
	old?: string
	new?: string
	detail: string
}

export type RowMode = { isDryRun?: boolean }

/** A row that the catalog did not get. */
export function refusedRow({ line, sku = '', rule, problem }: RowProblem): ReportedRow {
	return { line, sku, outcome: 'failed', rule, detail: problem }
}

/** A row that the catalog did not take, or not all of it. */
export function failedRow(failure: ImportFailure, mode: RowMode = {}): ReportedRow {
	const { rowNumber, sku, reason, message, changedParts } = failure
	return { line: rowNumber, sku, outcome: 'failed', rule: reason, detail: `${changed(changedParts, mode)}${message}` }
}

/** A row whose price is held. In a dry run nothing is held, and the id of the answer is that of no hold. */
export function heldRow(held: HeldRow, mode: RowMode = {}): ReportedRow {
	const { rowNumber, sku, holdId, rule, oldPrice, newPrice, changedParts } = held
	const waits = mode.isDryRun ? 'would wait for an approval' : `waits for an approval as ${holdId}`
	const detail = `${changed(changedParts, mode)}the new price ${waits}`
	return { line: rowNumber, sku, outcome: 'held', rule, old: text(oldPrice), new: text(newPrice), detail }
}

/** The row as one line for a person, such as `line 7: MUG: title is required`. */
export function describeRow({ line, sku, rule, old, new: next, detail }: ReportedRow, lineName = 'line'): string {
	const change = old === undefined ? '' : `${rule}, ${old} to ${next}: `
	return visibleText(`${lineName} ${line}: ${sku === '' ? '' : `${sku}: `}${change}${detail}`)
}

function changed(parts: readonly string[], { isDryRun }: RowMode): string {
	if (parts.length === 0) return ''
	const verb = isDryRun ? 'would be' : parts.length === 1 ? 'was' : 'were'
	return `${parts.join(' and ')} ${verb} changed; `
}

function text(price: Money | null): string {
	return price === null ? '' : `${majorUnits(price.amountMinor, price.currencyCode)} ${price.currencyCode}`
}
