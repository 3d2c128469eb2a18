import { skuPattern } from '@mercat/catalog-api/identifiers'
import { Type } from '@sinclair/typebox'

export const Sku = Type.String({ pattern: skuPattern, examples: ['MUG-STONE-350'] })
