import type { StockLevel as StockLevelMessage } from '@mercat/catalog-api/messages/StockLevel'

export type StockLevel = { sku: string; onHand: number; held: number }

export function toLevelMessage({ sku, onHand, held }: StockLevel): StockLevelMessage {
	return { sku, onHand, held, available: onHand - held }
}
