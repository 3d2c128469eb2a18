
import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { GetPriceHistoryRequest as _mercat_market_v1_GetPriceHistoryRequest, GetPriceHistoryRequest__Output as _mercat_market_v1_GetPriceHistoryRequest__Output } from '../../../mercat/market/v1/GetPriceHistoryRequest.ts';
import type { GetPriceHistoryResponse as _mercat_market_v1_GetPriceHistoryResponse, GetPriceHistoryResponse__Output as _mercat_market_v1_GetPriceHistoryResponse__Output } from '../../../mercat/market/v1/GetPriceHistoryResponse.ts';
import type { WatchPricesRequest as _mercat_market_v1_WatchPricesRequest, WatchPricesRequest__Output as _mercat_market_v1_WatchPricesRequest__Output } from '../../../mercat/market/v1/WatchPricesRequest.ts';
import type { WatchPricesResponse as _mercat_market_v1_WatchPricesResponse, WatchPricesResponse__Output as _mercat_market_v1_WatchPricesResponse__Output } from '../../../mercat/market/v1/WatchPricesResponse.ts';
import type { WatchSalesRequest as _mercat_market_v1_WatchSalesRequest, WatchSalesRequest__Output as _mercat_market_v1_WatchSalesRequest__Output } from '../../../mercat/market/v1/WatchSalesRequest.ts';
import type { WatchSalesResponse as _mercat_market_v1_WatchSalesResponse, WatchSalesResponse__Output as _mercat_market_v1_WatchSalesResponse__Output } from '../../../mercat/market/v1/WatchSalesResponse.ts';

export interface MarketServiceClient extends grpc.Client {
  GetPriceHistory(argument: _mercat_market_v1_GetPriceHistoryRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_market_v1_GetPriceHistoryResponse__Output>): grpc.ClientUnaryCall;
  GetPriceHistory(argument: _mercat_market_v1_GetPriceHistoryRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_market_v1_GetPriceHistoryResponse__Output>): grpc.ClientUnaryCall;
  GetPriceHistory(argument: _mercat_market_v1_GetPriceHistoryRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_market_v1_GetPriceHistoryResponse__Output>): grpc.ClientUnaryCall;
  GetPriceHistory(argument: _mercat_market_v1_GetPriceHistoryRequest, callback: grpc.requestCallback<_mercat_market_v1_GetPriceHistoryResponse__Output>): grpc.ClientUnaryCall;
  getPriceHistory(argument: _mercat_market_v1_GetPriceHistoryRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_market_v1_GetPriceHistoryResponse__Output>): grpc.ClientUnaryCall;
  getPriceHistory(argument: _mercat_market_v1_GetPriceHistoryRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_market_v1_GetPriceHistoryResponse__Output>): grpc.ClientUnaryCall;
  getPriceHistory(argument: _mercat_market_v1_GetPriceHistoryRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_market_v1_GetPriceHistoryResponse__Output>): grpc.ClientUnaryCall;
  getPriceHistory(argument: _mercat_market_v1_GetPriceHistoryRequest, callback: grpc.requestCallback<_mercat_market_v1_GetPriceHistoryResponse__Output>): grpc.ClientUnaryCall;
  
  WatchPrices(argument: _mercat_market_v1_WatchPricesRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_mercat_market_v1_WatchPricesResponse__Output>;
  WatchPrices(argument: _mercat_market_v1_WatchPricesRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_mercat_market_v1_WatchPricesResponse__Output>;
  watchPrices(argument: _mercat_market_v1_WatchPricesRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_mercat_market_v1_WatchPricesResponse__Output>;
  watchPrices(argument: _mercat_market_v1_WatchPricesRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_mercat_market_v1_WatchPricesResponse__Output>;
  
  WatchSales(argument: _mercat_market_v1_WatchSalesRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_mercat_market_v1_WatchSalesResponse__Output>;
  WatchSales(argument: _mercat_market_v1_WatchSalesRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_mercat_market_v1_WatchSalesResponse__Output>;
  watchSales(argument: _mercat_market_v1_WatchSalesRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_mercat_market_v1_WatchSalesResponse__Output>;
  watchSales(argument: _mercat_market_v1_WatchSalesRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_mercat_market_v1_WatchSalesResponse__Output>;
  
}

export interface MarketServiceHandlers extends grpc.UntypedServiceImplementation {
  GetPriceHistory: grpc.handleUnaryCall<_mercat_market_v1_GetPriceHistoryRequest__Output, _mercat_market_v1_GetPriceHistoryResponse>;
  
  WatchPrices: grpc.handleServerStreamingCall<_mercat_market_v1_WatchPricesRequest__Output, _mercat_market_v1_WatchPricesResponse>;
  
  WatchSales: grpc.handleServerStreamingCall<_mercat_market_v1_WatchSalesRequest__Output, _mercat_market_v1_WatchSalesResponse>;
  
}

export interface MarketServiceDefinition extends grpc.ServiceDefinition {
  GetPriceHistory: MethodDefinition<_mercat_market_v1_GetPriceHistoryRequest, _mercat_market_v1_GetPriceHistoryResponse, _mercat_market_v1_GetPriceHistoryRequest__Output, _mercat_market_v1_GetPriceHistoryResponse__Output>
  WatchPrices: MethodDefinition<_mercat_market_v1_WatchPricesRequest, _mercat_market_v1_WatchPricesResponse, _mercat_market_v1_WatchPricesRequest__Output, _mercat_market_v1_WatchPricesResponse__Output>
  WatchSales: MethodDefinition<_mercat_market_v1_WatchSalesRequest, _mercat_market_v1_WatchSalesResponse, _mercat_market_v1_WatchSalesRequest__Output, _mercat_market_v1_WatchSalesResponse__Output>
}
