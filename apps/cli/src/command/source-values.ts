import { isSku, skuRule } from '@mercat/catalog-api/identifiers'
import { InvalidArgumentError } from 'commander'

/** Reads the name of a source, which is the name of its feed. */
export function toSource(text: string): string {
	if (!isSku(text)) throw new InvalidArgumentError(`It must be ${skuRule}`)
	return text
}

export function toSku(text: string): string {
	if (!isSku(text)) throw new InvalidArgumentError(`It must be ${skuRule}`)
	return text
}
