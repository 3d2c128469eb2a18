import type { OwnRecord } from '../mapping/own-record.ts'

/** Refuses the variants of one product whose sku an earlier variant has: each would overwrite the one before. */
export function findRepeatedSkus(variants: OwnRecord[]): OwnRecord[] {
	const lines = new Map<unknown, number>()
	return variants.map((variant) => {
		if (!('values' in variant)) return variant
		const sku = variant.values.get('sku')
		const before = lines.get(sku)
		if (before === undefined) {
			lines.set(sku, variant.line)
			return variant
		}
		const problem = `the variant on line ${before} has the same sku`
		return { line: variant.line, sku: String(sku), rule: 'SKU_REPEATED', problem }
	})
}
