import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from './google/protobuf/Timestamp.ts';
import type { GetPriceHistoryRequest as _mercat_market_v1_GetPriceHistoryRequest, GetPriceHistoryRequest__Output as _mercat_market_v1_GetPriceHistoryRequest__Output } from './mercat/market/v1/GetPriceHistoryRequest.ts';
import type { GetPriceHistoryResponse as _mercat_market_v1_GetPriceHistoryResponse, GetPriceHistoryResponse__Output as _mercat_market_v1_GetPriceHistoryResponse__Output } from './mercat/market/v1/GetPriceHistoryResponse.ts';
import type { MarketServiceClient as _mercat_market_v1_MarketServiceClient, MarketServiceDefinition as _mercat_market_v1_MarketServiceDefinition } from './mercat/market/v1/MarketService.ts';
import type { PriceBar as _mercat_market_v1_PriceBar, PriceBar__Output as _mercat_market_v1_PriceBar__Output } from './mercat/market/v1/PriceBar.ts';
import type { ProductBar as _mercat_market_v1_ProductBar, ProductBar__Output as _mercat_market_v1_ProductBar__Output } from './mercat/market/v1/ProductBar.ts';
import type { SalesRow as _mercat_market_v1_SalesRow, SalesRow__Output as _mercat_market_v1_SalesRow__Output } from './mercat/market/v1/SalesRow.ts';
import type { WatchPricesRequest as _mercat_market_v1_WatchPricesRequest, WatchPricesRequest__Output as _mercat_market_v1_WatchPricesRequest__Output } from './mercat/market/v1/WatchPricesRequest.ts';
import type { WatchPricesResponse as _mercat_market_v1_WatchPricesResponse, WatchPricesResponse__Output as _mercat_market_v1_WatchPricesResponse__Output } from './mercat/market/v1/WatchPricesResponse.ts';
import type { WatchSalesRequest as _mercat_market_v1_WatchSalesRequest, WatchSalesRequest__Output as _mercat_market_v1_WatchSalesRequest__Output } from './mercat/market/v1/WatchSalesRequest.ts';
import type { WatchSalesResponse as _mercat_market_v1_WatchSalesResponse, WatchSalesResponse__Output as _mercat_market_v1_WatchSalesResponse__Output } from './mercat/market/v1/WatchSalesResponse.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  google: {
    protobuf: {
      Timestamp: MessageTypeDefinition<_google_protobuf_Timestamp, _google_protobuf_Timestamp__Output>
    }
  }
  mercat: {
    market: {
      v1: {
        GetPriceHistoryRequest: MessageTypeDefinition<_mercat_market_v1_GetPriceHistoryRequest, _mercat_market_v1_GetPriceHistoryRequest__Output>
        GetPriceHistoryResponse: MessageTypeDefinition<_mercat_market_v1_GetPriceHistoryResponse, _mercat_market_v1_GetPriceHistoryResponse__Output>
        MarketService: SubtypeConstructor<typeof grpc.Client, _mercat_market_v1_MarketServiceClient> & { service: _mercat_market_v1_MarketServiceDefinition }
        PriceBar: MessageTypeDefinition<_mercat_market_v1_PriceBar, _mercat_market_v1_PriceBar__Output>
        ProductBar: MessageTypeDefinition<_mercat_market_v1_ProductBar, _mercat_market_v1_ProductBar__Output>
        SalesKey: EnumTypeDefinition
        SalesRow: MessageTypeDefinition<_mercat_market_v1_SalesRow, _mercat_market_v1_SalesRow__Output>
        Step: EnumTypeDefinition
        WatchPricesRequest: MessageTypeDefinition<_mercat_market_v1_WatchPricesRequest, _mercat_market_v1_WatchPricesRequest__Output>
        WatchPricesResponse: MessageTypeDefinition<_mercat_market_v1_WatchPricesResponse, _mercat_market_v1_WatchPricesResponse__Output>
        WatchSalesRequest: MessageTypeDefinition<_mercat_market_v1_WatchSalesRequest, _mercat_market_v1_WatchSalesRequest__Output>
        WatchSalesResponse: MessageTypeDefinition<_mercat_market_v1_WatchSalesResponse, _mercat_market_v1_WatchSalesResponse__Output>
      }
    }
  }
}

