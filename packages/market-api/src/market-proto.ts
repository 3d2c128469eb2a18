import type { ProtoPart } from '@mercat/catalog-api/proto-files'

export const marketProto: ProtoPart = {
	folder: 'mercat/market',
	files: ['mercat/market/v1/market_service.proto'],
}
