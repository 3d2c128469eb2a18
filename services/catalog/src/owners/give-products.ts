import type { GiveProductsRequest__Output as Request } from '@mercat/catalog-api/messages/GiveProductsRequest'
import type { GiveProductsResponse as Response } from '@mercat/catalog-api/messages/GiveProductsResponse'
import { invalidField } from '@mercat/grpc-service/invalid-request'
import { checkSkus } from '@mercat/grpc-service/skus'
import type { Budget } from '@mercat/service/budget'
import { productNotFound } from '../errors/catalog-error.ts'
import { checkSourceOrShop } from '../errors/identifiers.ts'

export const givenParts = ['content', 'price', 'quantity'] as const

export type GivenPart = (typeof givenParts)[number]

/** The skus that no product has, or else the number of products that had another owner of one of the parts. */
export type Given = { missingSkus: string[]; changedCount: number }

export type GiveProductsNeeds = {
	/** Gives parts to a source, all or none. Each sku comes once. */
	giveProducts(
		skus: readonly string[],
		to: { source: string; parts: readonly GivenPart[] },
		budget: Budget,
	): Promise<Given>
}

const mostSkus = 500

const partByName: Partial<Record<string, GivenPart>> = {
	PRODUCT_PART_CONTENT: 'content',
	PRODUCT_PART_PRICE: 'price',
	PRODUCT_PART_QUANTITY: 'quantity',
}

/** Gives parts of products to another source, or back to the shop. */
export function giveProducts({ giveProducts }: GiveProductsNeeds) {
	return async ({ skus, source, parts }: Request, budget: Budget): Promise<Response> => {
		checkSkus(skus, mostSkus)
		checkSourceOrShop('source', source)
		const named = parts.map((part, index) => {
			const name = partByName[part]
			if (name === undefined) {
				throw invalidField(`parts[${index}]`, `must be one of ${Object.keys(partByName).join(', ')}`)
			}
			return name
		})
		const to = { source, parts: named.length === 0 ? givenParts : named }
		const { missingSkus, changedCount } = await giveProducts([...new Set(skus)], to, budget)
		if (missingSkus.length > 0) throw productNotFound(missingSkus)
		return { changedCount }
	}
}
