import { type ChannelCredentials, credentials } from '@grpc/grpc-js'
import { channelOptions } from '@mercat/catalog-api/channel-options'
import type { MarketServiceClient } from './generated/mercat/market/v1/MarketService.ts'
import { marketPackage } from './load-proto.ts'

/**
 * A client of the market.
 *
 * @param address a gRPC target, such as `dns:///market:50052`
 */
export function createMarketClient(
	address: string,
	channelCredentials: ChannelCredentials = credentials.createInsecure(),
): MarketServiceClient {
	return new marketPackage.MarketService(address, channelCredentials, channelOptions)
}
