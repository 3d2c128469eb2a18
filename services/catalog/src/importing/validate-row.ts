import type { Product__Output as ProductMessage } from '@mercat/catalog-api/messages/Product'
import type { ProductUpsert__Output as Upsert } from '@mercat/catalog-api/messages/ProductUpsert'
import { amountProblem, textProblem } from '../errors/field-problems.ts'
import { tidyAttributes } from '../products/tidy-attributes.ts'
import { attributesOf, type FieldChoice, productFields, productViolations } from '../products/validate-product.ts'
import type { Content, ImportRow } from './import-row.ts'
import { createMaskReader } from './row-mask.ts'
import type { FailedRow } from './row-outcome.ts'

const mostViolations = 5
const longestSourceSku = 500

/** Makes rows of upserts, and failures of those that are not valid. */
export function createRowReader({ runNumber }: { runNumber: number }): (upsert: Upsert) => ImportRow | FailedRow {
	const readMask = createMaskReader()
	return (upsert) => {
		const { rowNumber, product, onHand, updateMask, sourceSku } = upsert
		const mask = readMask(updateMask?.paths ?? [])
		if ('problem' in mask) return failedRow(upsert, 'INVALID_REQUEST', mask.problem)
		const { chosen } = mask
		const violations = productViolations(product, chosen)
		const check = (field: string, problem: string | undefined) => {
			if (problem !== undefined) violations.push({ field, description: problem })
		}
		if (onHand !== undefined) check('on_hand', amountProblem(onHand))
		if (sourceSku !== '') check('source_sku', textProblem(sourceSku, { min: 1, max: longestSourceSku }))
		if (product === null || violations.length > 0) {
			const message = violations.slice(0, mostViolations).map(({ field, description }) => `${field} ${description}`)
			const others = violations.length - message.length
			if (others > 0) message.push(`${others} more`)
			return failedRow(upsert, 'INVALID_REQUEST', message.join('; '))
		}
		const fields = fieldsOf(product, chosen)
		if (runNumber > 0 && fields.price?.amountMinor === 0) {
			return failedRow(upsert, 'PRICE_NOT_POSITIVE', 'the price in a feed must be above 0')
		}
		return { rowNumber, sku: product.sku, ...fields, onHand, sourceSku: sourceSku || undefined }
	}
}

function fieldsOf(
	message: ProductMessage,
	chosen: FieldChoice | undefined,
): Pick<ImportRow, 'content' | 'attributes' | 'price'> {
	const { sku: _, currency, amountMinor, ...content } = productFields(message)
	const price = { currency, amountMinor }
	if (chosen === undefined) return { content, attributes: {}, price }
	const { paths, attributeNames } = chosen
	const named: Partial<Content> = {}
	if (paths.has('title')) named.title = content.title
	if (paths.has('description')) named.description = content.description
	if (paths.has('brand')) named.brand = content.brand
	if (paths.has('category')) named.category = content.category
	if (paths.has('attributes')) named.attributes = content.attributes
	if (paths.has('image_urls')) named.imageUrls = content.imageUrls
	if (paths.has('group')) named.group = content.group
	return {
		content: named,
		attributes: paths.has('attributes') ? {} : tidyAttributes(attributesOf(message, attributeNames)),
		price: paths.has('price') ? price : undefined,
	}
}

function failedRow({ rowNumber, product }: Upsert, reason: string, message: string): FailedRow {
	return { result: 'failed', rowNumber, sku: printableSku(product?.sku ?? ''), reason, message, changedParts: [] }
}

// An invalid sku may be any text of any length.
function printableSku(sku: string): string {
	return sku.slice(0, 64).toWellFormed()
}
