
import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ApplyPricesRequest as _mercat_catalog_v1_ApplyPricesRequest, ApplyPricesRequest__Output as _mercat_catalog_v1_ApplyPricesRequest__Output } from '../../../mercat/catalog/v1/ApplyPricesRequest.ts';
import type { ApplyPricesResponse as _mercat_catalog_v1_ApplyPricesResponse, ApplyPricesResponse__Output as _mercat_catalog_v1_ApplyPricesResponse__Output } from '../../../mercat/catalog/v1/ApplyPricesResponse.ts';
import type { ArchiveProductRequest as _mercat_catalog_v1_ArchiveProductRequest, ArchiveProductRequest__Output as _mercat_catalog_v1_ArchiveProductRequest__Output } from '../../../mercat/catalog/v1/ArchiveProductRequest.ts';
import type { ArchiveProductResponse as _mercat_catalog_v1_ArchiveProductResponse, ArchiveProductResponse__Output as _mercat_catalog_v1_ArchiveProductResponse__Output } from '../../../mercat/catalog/v1/ArchiveProductResponse.ts';
import type { BatchGetProductsRequest as _mercat_catalog_v1_BatchGetProductsRequest, BatchGetProductsRequest__Output as _mercat_catalog_v1_BatchGetProductsRequest__Output } from '../../../mercat/catalog/v1/BatchGetProductsRequest.ts';
import type { BatchGetProductsResponse as _mercat_catalog_v1_BatchGetProductsResponse, BatchGetProductsResponse__Output as _mercat_catalog_v1_BatchGetProductsResponse__Output } from '../../../mercat/catalog/v1/BatchGetProductsResponse.ts';
import type { BeginFeedRunRequest as _mercat_catalog_v1_BeginFeedRunRequest, BeginFeedRunRequest__Output as _mercat_catalog_v1_BeginFeedRunRequest__Output } from '../../../mercat/catalog/v1/BeginFeedRunRequest.ts';
import type { BeginFeedRunResponse as _mercat_catalog_v1_BeginFeedRunResponse, BeginFeedRunResponse__Output as _mercat_catalog_v1_BeginFeedRunResponse__Output } from '../../../mercat/catalog/v1/BeginFeedRunResponse.ts';
import type { CreateProductRequest as _mercat_catalog_v1_CreateProductRequest, CreateProductRequest__Output as _mercat_catalog_v1_CreateProductRequest__Output } from '../../../mercat/catalog/v1/CreateProductRequest.ts';
import type { CreateProductResponse as _mercat_catalog_v1_CreateProductResponse, CreateProductResponse__Output as _mercat_catalog_v1_CreateProductResponse__Output } from '../../../mercat/catalog/v1/CreateProductResponse.ts';
import type { FinishFeedRunRequest as _mercat_catalog_v1_FinishFeedRunRequest, FinishFeedRunRequest__Output as _mercat_catalog_v1_FinishFeedRunRequest__Output } from '../../../mercat/catalog/v1/FinishFeedRunRequest.ts';
import type { FinishFeedRunResponse as _mercat_catalog_v1_FinishFeedRunResponse, FinishFeedRunResponse__Output as _mercat_catalog_v1_FinishFeedRunResponse__Output } from '../../../mercat/catalog/v1/FinishFeedRunResponse.ts';
import type { GetPriceHistoryRequest as _mercat_catalog_v1_GetPriceHistoryRequest, GetPriceHistoryRequest__Output as _mercat_catalog_v1_GetPriceHistoryRequest__Output } from '../../../mercat/catalog/v1/GetPriceHistoryRequest.ts';
import type { GetPriceHistoryResponse as _mercat_catalog_v1_GetPriceHistoryResponse, GetPriceHistoryResponse__Output as _mercat_catalog_v1_GetPriceHistoryResponse__Output } from '../../../mercat/catalog/v1/GetPriceHistoryResponse.ts';
import type { GetPriceLimitsRequest as _mercat_catalog_v1_GetPriceLimitsRequest, GetPriceLimitsRequest__Output as _mercat_catalog_v1_GetPriceLimitsRequest__Output } from '../../../mercat/catalog/v1/GetPriceLimitsRequest.ts';
import type { GetPriceLimitsResponse as _mercat_catalog_v1_GetPriceLimitsResponse, GetPriceLimitsResponse__Output as _mercat_catalog_v1_GetPriceLimitsResponse__Output } from '../../../mercat/catalog/v1/GetPriceLimitsResponse.ts';
import type { GetProductRequest as _mercat_catalog_v1_GetProductRequest, GetProductRequest__Output as _mercat_catalog_v1_GetProductRequest__Output } from '../../../mercat/catalog/v1/GetProductRequest.ts';
import type { GetProductResponse as _mercat_catalog_v1_GetProductResponse, GetProductResponse__Output as _mercat_catalog_v1_GetProductResponse__Output } from '../../../mercat/catalog/v1/GetProductResponse.ts';
import type { GetSearchIndexRequest as _mercat_catalog_v1_GetSearchIndexRequest, GetSearchIndexRequest__Output as _mercat_catalog_v1_GetSearchIndexRequest__Output } from '../../../mercat/catalog/v1/GetSearchIndexRequest.ts';
import type { GetSearchIndexResponse as _mercat_catalog_v1_GetSearchIndexResponse, GetSearchIndexResponse__Output as _mercat_catalog_v1_GetSearchIndexResponse__Output } from '../../../mercat/catalog/v1/GetSearchIndexResponse.ts';
import type { GiveProductsRequest as _mercat_catalog_v1_GiveProductsRequest, GiveProductsRequest__Output as _mercat_catalog_v1_GiveProductsRequest__Output } from '../../../mercat/catalog/v1/GiveProductsRequest.ts';
import type { GiveProductsResponse as _mercat_catalog_v1_GiveProductsResponse, GiveProductsResponse__Output as _mercat_catalog_v1_GiveProductsResponse__Output } from '../../../mercat/catalog/v1/GiveProductsResponse.ts';
import type { ImportProductsRequest as _mercat_catalog_v1_ImportProductsRequest, ImportProductsRequest__Output as _mercat_catalog_v1_ImportProductsRequest__Output } from '../../../mercat/catalog/v1/ImportProductsRequest.ts';
import type { ImportProductsResponse as _mercat_catalog_v1_ImportProductsResponse, ImportProductsResponse__Output as _mercat_catalog_v1_ImportProductsResponse__Output } from '../../../mercat/catalog/v1/ImportProductsResponse.ts';
import type { ImportSynonymsRequest as _mercat_catalog_v1_ImportSynonymsRequest, ImportSynonymsRequest__Output as _mercat_catalog_v1_ImportSynonymsRequest__Output } from '../../../mercat/catalog/v1/ImportSynonymsRequest.ts';
import type { ImportSynonymsResponse as _mercat_catalog_v1_ImportSynonymsResponse, ImportSynonymsResponse__Output as _mercat_catalog_v1_ImportSynonymsResponse__Output } from '../../../mercat/catalog/v1/ImportSynonymsResponse.ts';
import type { ListFeedRunsRequest as _mercat_catalog_v1_ListFeedRunsRequest, ListFeedRunsRequest__Output as _mercat_catalog_v1_ListFeedRunsRequest__Output } from '../../../mercat/catalog/v1/ListFeedRunsRequest.ts';
import type { ListFeedRunsResponse as _mercat_catalog_v1_ListFeedRunsResponse, ListFeedRunsResponse__Output as _mercat_catalog_v1_ListFeedRunsResponse__Output } from '../../../mercat/catalog/v1/ListFeedRunsResponse.ts';
import type { ListFeedsRequest as _mercat_catalog_v1_ListFeedsRequest, ListFeedsRequest__Output as _mercat_catalog_v1_ListFeedsRequest__Output } from '../../../mercat/catalog/v1/ListFeedsRequest.ts';
import type { ListFeedsResponse as _mercat_catalog_v1_ListFeedsResponse, ListFeedsResponse__Output as _mercat_catalog_v1_ListFeedsResponse__Output } from '../../../mercat/catalog/v1/ListFeedsResponse.ts';
import type { ListHeldPricesRequest as _mercat_catalog_v1_ListHeldPricesRequest, ListHeldPricesRequest__Output as _mercat_catalog_v1_ListHeldPricesRequest__Output } from '../../../mercat/catalog/v1/ListHeldPricesRequest.ts';
import type { ListHeldPricesResponse as _mercat_catalog_v1_ListHeldPricesResponse, ListHeldPricesResponse__Output as _mercat_catalog_v1_ListHeldPricesResponse__Output } from '../../../mercat/catalog/v1/ListHeldPricesResponse.ts';
import type { ListProductsRequest as _mercat_catalog_v1_ListProductsRequest, ListProductsRequest__Output as _mercat_catalog_v1_ListProductsRequest__Output } from '../../../mercat/catalog/v1/ListProductsRequest.ts';
import type { ListProductsResponse as _mercat_catalog_v1_ListProductsResponse, ListProductsResponse__Output as _mercat_catalog_v1_ListProductsResponse__Output } from '../../../mercat/catalog/v1/ListProductsResponse.ts';
import type { ListSourceSkusRequest as _mercat_catalog_v1_ListSourceSkusRequest, ListSourceSkusRequest__Output as _mercat_catalog_v1_ListSourceSkusRequest__Output } from '../../../mercat/catalog/v1/ListSourceSkusRequest.ts';
import type { ListSourceSkusResponse as _mercat_catalog_v1_ListSourceSkusResponse, ListSourceSkusResponse__Output as _mercat_catalog_v1_ListSourceSkusResponse__Output } from '../../../mercat/catalog/v1/ListSourceSkusResponse.ts';
import type { ListSynonymsRequest as _mercat_catalog_v1_ListSynonymsRequest, ListSynonymsRequest__Output as _mercat_catalog_v1_ListSynonymsRequest__Output } from '../../../mercat/catalog/v1/ListSynonymsRequest.ts';
import type { ListSynonymsResponse as _mercat_catalog_v1_ListSynonymsResponse, ListSynonymsResponse__Output as _mercat_catalog_v1_ListSynonymsResponse__Output } from '../../../mercat/catalog/v1/ListSynonymsResponse.ts';
import type { ReindexProductsRequest as _mercat_catalog_v1_ReindexProductsRequest, ReindexProductsRequest__Output as _mercat_catalog_v1_ReindexProductsRequest__Output } from '../../../mercat/catalog/v1/ReindexProductsRequest.ts';
import type { ReindexProductsResponse as _mercat_catalog_v1_ReindexProductsResponse, ReindexProductsResponse__Output as _mercat_catalog_v1_ReindexProductsResponse__Output } from '../../../mercat/catalog/v1/ReindexProductsResponse.ts';
import type { RenewFeedRunRequest as _mercat_catalog_v1_RenewFeedRunRequest, RenewFeedRunRequest__Output as _mercat_catalog_v1_RenewFeedRunRequest__Output } from '../../../mercat/catalog/v1/RenewFeedRunRequest.ts';
import type { RenewFeedRunResponse as _mercat_catalog_v1_RenewFeedRunResponse, RenewFeedRunResponse__Output as _mercat_catalog_v1_RenewFeedRunResponse__Output } from '../../../mercat/catalog/v1/RenewFeedRunResponse.ts';
import type { ResolveHeldPriceRequest as _mercat_catalog_v1_ResolveHeldPriceRequest, ResolveHeldPriceRequest__Output as _mercat_catalog_v1_ResolveHeldPriceRequest__Output } from '../../../mercat/catalog/v1/ResolveHeldPriceRequest.ts';
import type { ResolveHeldPriceResponse as _mercat_catalog_v1_ResolveHeldPriceResponse, ResolveHeldPriceResponse__Output as _mercat_catalog_v1_ResolveHeldPriceResponse__Output } from '../../../mercat/catalog/v1/ResolveHeldPriceResponse.ts';
import type { RetireProductsRequest as _mercat_catalog_v1_RetireProductsRequest, RetireProductsRequest__Output as _mercat_catalog_v1_RetireProductsRequest__Output } from '../../../mercat/catalog/v1/RetireProductsRequest.ts';
import type { RetireProductsResponse as _mercat_catalog_v1_RetireProductsResponse, RetireProductsResponse__Output as _mercat_catalog_v1_RetireProductsResponse__Output } from '../../../mercat/catalog/v1/RetireProductsResponse.ts';
import type { SearchProductsRequest as _mercat_catalog_v1_SearchProductsRequest, SearchProductsRequest__Output as _mercat_catalog_v1_SearchProductsRequest__Output } from '../../../mercat/catalog/v1/SearchProductsRequest.ts';
import type { SearchProductsResponse as _mercat_catalog_v1_SearchProductsResponse, SearchProductsResponse__Output as _mercat_catalog_v1_SearchProductsResponse__Output } from '../../../mercat/catalog/v1/SearchProductsResponse.ts';
import type { SetPriceLimitsRequest as _mercat_catalog_v1_SetPriceLimitsRequest, SetPriceLimitsRequest__Output as _mercat_catalog_v1_SetPriceLimitsRequest__Output } from '../../../mercat/catalog/v1/SetPriceLimitsRequest.ts';
import type { SetPriceLimitsResponse as _mercat_catalog_v1_SetPriceLimitsResponse, SetPriceLimitsResponse__Output as _mercat_catalog_v1_SetPriceLimitsResponse__Output } from '../../../mercat/catalog/v1/SetPriceLimitsResponse.ts';
import type { SuggestQueriesRequest as _mercat_catalog_v1_SuggestQueriesRequest, SuggestQueriesRequest__Output as _mercat_catalog_v1_SuggestQueriesRequest__Output } from '../../../mercat/catalog/v1/SuggestQueriesRequest.ts';
import type { SuggestQueriesResponse as _mercat_catalog_v1_SuggestQueriesResponse, SuggestQueriesResponse__Output as _mercat_catalog_v1_SuggestQueriesResponse__Output } from '../../../mercat/catalog/v1/SuggestQueriesResponse.ts';
import type { UnarchiveProductRequest as _mercat_catalog_v1_UnarchiveProductRequest, UnarchiveProductRequest__Output as _mercat_catalog_v1_UnarchiveProductRequest__Output } from '../../../mercat/catalog/v1/UnarchiveProductRequest.ts';
import type { UnarchiveProductResponse as _mercat_catalog_v1_UnarchiveProductResponse, UnarchiveProductResponse__Output as _mercat_catalog_v1_UnarchiveProductResponse__Output } from '../../../mercat/catalog/v1/UnarchiveProductResponse.ts';
import type { UpdateProductRequest as _mercat_catalog_v1_UpdateProductRequest, UpdateProductRequest__Output as _mercat_catalog_v1_UpdateProductRequest__Output } from '../../../mercat/catalog/v1/UpdateProductRequest.ts';
import type { UpdateProductResponse as _mercat_catalog_v1_UpdateProductResponse, UpdateProductResponse__Output as _mercat_catalog_v1_UpdateProductResponse__Output } from '../../../mercat/catalog/v1/UpdateProductResponse.ts';
import type { WatchProductsRequest as _mercat_catalog_v1_WatchProductsRequest, WatchProductsRequest__Output as _mercat_catalog_v1_WatchProductsRequest__Output } from '../../../mercat/catalog/v1/WatchProductsRequest.ts';
import type { WatchProductsResponse as _mercat_catalog_v1_WatchProductsResponse, WatchProductsResponse__Output as _mercat_catalog_v1_WatchProductsResponse__Output } from '../../../mercat/catalog/v1/WatchProductsResponse.ts';

export interface CatalogServiceClient extends grpc.Client {
  ApplyPrices(argument: _mercat_catalog_v1_ApplyPricesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ApplyPricesResponse__Output>): grpc.ClientUnaryCall;
  ApplyPrices(argument: _mercat_catalog_v1_ApplyPricesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ApplyPricesResponse__Output>): grpc.ClientUnaryCall;
  ApplyPrices(argument: _mercat_catalog_v1_ApplyPricesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ApplyPricesResponse__Output>): grpc.ClientUnaryCall;
  ApplyPrices(argument: _mercat_catalog_v1_ApplyPricesRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ApplyPricesResponse__Output>): grpc.ClientUnaryCall;
  applyPrices(argument: _mercat_catalog_v1_ApplyPricesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ApplyPricesResponse__Output>): grpc.ClientUnaryCall;
  applyPrices(argument: _mercat_catalog_v1_ApplyPricesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ApplyPricesResponse__Output>): grpc.ClientUnaryCall;
  applyPrices(argument: _mercat_catalog_v1_ApplyPricesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ApplyPricesResponse__Output>): grpc.ClientUnaryCall;
  applyPrices(argument: _mercat_catalog_v1_ApplyPricesRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ApplyPricesResponse__Output>): grpc.ClientUnaryCall;
  
  ArchiveProduct(argument: _mercat_catalog_v1_ArchiveProductRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ArchiveProductResponse__Output>): grpc.ClientUnaryCall;
  ArchiveProduct(argument: _mercat_catalog_v1_ArchiveProductRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ArchiveProductResponse__Output>): grpc.ClientUnaryCall;
  ArchiveProduct(argument: _mercat_catalog_v1_ArchiveProductRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ArchiveProductResponse__Output>): grpc.ClientUnaryCall;
  ArchiveProduct(argument: _mercat_catalog_v1_ArchiveProductRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ArchiveProductResponse__Output>): grpc.ClientUnaryCall;
  archiveProduct(argument: _mercat_catalog_v1_ArchiveProductRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ArchiveProductResponse__Output>): grpc.ClientUnaryCall;
  archiveProduct(argument: _mercat_catalog_v1_ArchiveProductRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ArchiveProductResponse__Output>): grpc.ClientUnaryCall;
  archiveProduct(argument: _mercat_catalog_v1_ArchiveProductRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ArchiveProductResponse__Output>): grpc.ClientUnaryCall;
  archiveProduct(argument: _mercat_catalog_v1_ArchiveProductRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ArchiveProductResponse__Output>): grpc.ClientUnaryCall;
  
  BatchGetProducts(argument: _mercat_catalog_v1_BatchGetProductsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_BatchGetProductsResponse__Output>): grpc.ClientUnaryCall;
  BatchGetProducts(argument: _mercat_catalog_v1_BatchGetProductsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_BatchGetProductsResponse__Output>): grpc.ClientUnaryCall;
  BatchGetProducts(argument: _mercat_catalog_v1_BatchGetProductsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_BatchGetProductsResponse__Output>): grpc.ClientUnaryCall;
  BatchGetProducts(argument: _mercat_catalog_v1_BatchGetProductsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_BatchGetProductsResponse__Output>): grpc.ClientUnaryCall;
  batchGetProducts(argument: _mercat_catalog_v1_BatchGetProductsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_BatchGetProductsResponse__Output>): grpc.ClientUnaryCall;
  batchGetProducts(argument: _mercat_catalog_v1_BatchGetProductsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_BatchGetProductsResponse__Output>): grpc.ClientUnaryCall;
  batchGetProducts(argument: _mercat_catalog_v1_BatchGetProductsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_BatchGetProductsResponse__Output>): grpc.ClientUnaryCall;
  batchGetProducts(argument: _mercat_catalog_v1_BatchGetProductsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_BatchGetProductsResponse__Output>): grpc.ClientUnaryCall;
  
  BeginFeedRun(argument: _mercat_catalog_v1_BeginFeedRunRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_BeginFeedRunResponse__Output>): grpc.ClientUnaryCall;
  BeginFeedRun(argument: _mercat_catalog_v1_BeginFeedRunRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_BeginFeedRunResponse__Output>): grpc.ClientUnaryCall;
  BeginFeedRun(argument: _mercat_catalog_v1_BeginFeedRunRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_BeginFeedRunResponse__Output>): grpc.ClientUnaryCall;
  BeginFeedRun(argument: _mercat_catalog_v1_BeginFeedRunRequest, callback: grpc.requestCallback<_mercat_catalog_v1_BeginFeedRunResponse__Output>): grpc.ClientUnaryCall;
  beginFeedRun(argument: _mercat_catalog_v1_BeginFeedRunRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_BeginFeedRunResponse__Output>): grpc.ClientUnaryCall;
  beginFeedRun(argument: _mercat_catalog_v1_BeginFeedRunRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_BeginFeedRunResponse__Output>): grpc.ClientUnaryCall;
  beginFeedRun(argument: _mercat_catalog_v1_BeginFeedRunRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_BeginFeedRunResponse__Output>): grpc.ClientUnaryCall;
  beginFeedRun(argument: _mercat_catalog_v1_BeginFeedRunRequest, callback: grpc.requestCallback<_mercat_catalog_v1_BeginFeedRunResponse__Output>): grpc.ClientUnaryCall;
  
  CreateProduct(argument: _mercat_catalog_v1_CreateProductRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_CreateProductResponse__Output>): grpc.ClientUnaryCall;
  CreateProduct(argument: _mercat_catalog_v1_CreateProductRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_CreateProductResponse__Output>): grpc.ClientUnaryCall;
  CreateProduct(argument: _mercat_catalog_v1_CreateProductRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_CreateProductResponse__Output>): grpc.ClientUnaryCall;
  CreateProduct(argument: _mercat_catalog_v1_CreateProductRequest, callback: grpc.requestCallback<_mercat_catalog_v1_CreateProductResponse__Output>): grpc.ClientUnaryCall;
  createProduct(argument: _mercat_catalog_v1_CreateProductRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_CreateProductResponse__Output>): grpc.ClientUnaryCall;
  createProduct(argument: _mercat_catalog_v1_CreateProductRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_CreateProductResponse__Output>): grpc.ClientUnaryCall;
  createProduct(argument: _mercat_catalog_v1_CreateProductRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_CreateProductResponse__Output>): grpc.ClientUnaryCall;
  createProduct(argument: _mercat_catalog_v1_CreateProductRequest, callback: grpc.requestCallback<_mercat_catalog_v1_CreateProductResponse__Output>): grpc.ClientUnaryCall;
  
  FinishFeedRun(argument: _mercat_catalog_v1_FinishFeedRunRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_FinishFeedRunResponse__Output>): grpc.ClientUnaryCall;
  FinishFeedRun(argument: _mercat_catalog_v1_FinishFeedRunRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_FinishFeedRunResponse__Output>): grpc.ClientUnaryCall;
  FinishFeedRun(argument: _mercat_catalog_v1_FinishFeedRunRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_FinishFeedRunResponse__Output>): grpc.ClientUnaryCall;
  FinishFeedRun(argument: _mercat_catalog_v1_FinishFeedRunRequest, callback: grpc.requestCallback<_mercat_catalog_v1_FinishFeedRunResponse__Output>): grpc.ClientUnaryCall;
  finishFeedRun(argument: _mercat_catalog_v1_FinishFeedRunRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_FinishFeedRunResponse__Output>): grpc.ClientUnaryCall;
  finishFeedRun(argument: _mercat_catalog_v1_FinishFeedRunRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_FinishFeedRunResponse__Output>): grpc.ClientUnaryCall;
  finishFeedRun(argument: _mercat_catalog_v1_FinishFeedRunRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_FinishFeedRunResponse__Output>): grpc.ClientUnaryCall;
  finishFeedRun(argument: _mercat_catalog_v1_FinishFeedRunRequest, callback: grpc.requestCallback<_mercat_catalog_v1_FinishFeedRunResponse__Output>): grpc.ClientUnaryCall;
  
  GetPriceHistory(argument: _mercat_catalog_v1_GetPriceHistoryRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetPriceHistoryResponse__Output>): grpc.ClientUnaryCall;
  GetPriceHistory(argument: _mercat_catalog_v1_GetPriceHistoryRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_GetPriceHistoryResponse__Output>): grpc.ClientUnaryCall;
  GetPriceHistory(argument: _mercat_catalog_v1_GetPriceHistoryRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetPriceHistoryResponse__Output>): grpc.ClientUnaryCall;
  GetPriceHistory(argument: _mercat_catalog_v1_GetPriceHistoryRequest, callback: grpc.requestCallback<_mercat_catalog_v1_GetPriceHistoryResponse__Output>): grpc.ClientUnaryCall;
  getPriceHistory(argument: _mercat_catalog_v1_GetPriceHistoryRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetPriceHistoryResponse__Output>): grpc.ClientUnaryCall;
  getPriceHistory(argument: _mercat_catalog_v1_GetPriceHistoryRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_GetPriceHistoryResponse__Output>): grpc.ClientUnaryCall;
  getPriceHistory(argument: _mercat_catalog_v1_GetPriceHistoryRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetPriceHistoryResponse__Output>): grpc.ClientUnaryCall;
  getPriceHistory(argument: _mercat_catalog_v1_GetPriceHistoryRequest, callback: grpc.requestCallback<_mercat_catalog_v1_GetPriceHistoryResponse__Output>): grpc.ClientUnaryCall;
  
  GetPriceLimits(argument: _mercat_catalog_v1_GetPriceLimitsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetPriceLimitsResponse__Output>): grpc.ClientUnaryCall;
  GetPriceLimits(argument: _mercat_catalog_v1_GetPriceLimitsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_GetPriceLimitsResponse__Output>): grpc.ClientUnaryCall;
  GetPriceLimits(argument: _mercat_catalog_v1_GetPriceLimitsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetPriceLimitsResponse__Output>): grpc.ClientUnaryCall;
  GetPriceLimits(argument: _mercat_catalog_v1_GetPriceLimitsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_GetPriceLimitsResponse__Output>): grpc.ClientUnaryCall;
  getPriceLimits(argument: _mercat_catalog_v1_GetPriceLimitsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetPriceLimitsResponse__Output>): grpc.ClientUnaryCall;
  getPriceLimits(argument: _mercat_catalog_v1_GetPriceLimitsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_GetPriceLimitsResponse__Output>): grpc.ClientUnaryCall;
  getPriceLimits(argument: _mercat_catalog_v1_GetPriceLimitsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetPriceLimitsResponse__Output>): grpc.ClientUnaryCall;
  getPriceLimits(argument: _mercat_catalog_v1_GetPriceLimitsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_GetPriceLimitsResponse__Output>): grpc.ClientUnaryCall;
  
  GetProduct(argument: _mercat_catalog_v1_GetProductRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetProductResponse__Output>): grpc.ClientUnaryCall;
  GetProduct(argument: _mercat_catalog_v1_GetProductRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_GetProductResponse__Output>): grpc.ClientUnaryCall;
  GetProduct(argument: _mercat_catalog_v1_GetProductRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetProductResponse__Output>): grpc.ClientUnaryCall;
  GetProduct(argument: _mercat_catalog_v1_GetProductRequest, callback: grpc.requestCallback<_mercat_catalog_v1_GetProductResponse__Output>): grpc.ClientUnaryCall;
  getProduct(argument: _mercat_catalog_v1_GetProductRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetProductResponse__Output>): grpc.ClientUnaryCall;
  getProduct(argument: _mercat_catalog_v1_GetProductRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_GetProductResponse__Output>): grpc.ClientUnaryCall;
  getProduct(argument: _mercat_catalog_v1_GetProductRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetProductResponse__Output>): grpc.ClientUnaryCall;
  getProduct(argument: _mercat_catalog_v1_GetProductRequest, callback: grpc.requestCallback<_mercat_catalog_v1_GetProductResponse__Output>): grpc.ClientUnaryCall;
  
  GetSearchIndex(argument: _mercat_catalog_v1_GetSearchIndexRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetSearchIndexResponse__Output>): grpc.ClientUnaryCall;
  GetSearchIndex(argument: _mercat_catalog_v1_GetSearchIndexRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_GetSearchIndexResponse__Output>): grpc.ClientUnaryCall;
  GetSearchIndex(argument: _mercat_catalog_v1_GetSearchIndexRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetSearchIndexResponse__Output>): grpc.ClientUnaryCall;
  GetSearchIndex(argument: _mercat_catalog_v1_GetSearchIndexRequest, callback: grpc.requestCallback<_mercat_catalog_v1_GetSearchIndexResponse__Output>): grpc.ClientUnaryCall;
  getSearchIndex(argument: _mercat_catalog_v1_GetSearchIndexRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetSearchIndexResponse__Output>): grpc.ClientUnaryCall;
  getSearchIndex(argument: _mercat_catalog_v1_GetSearchIndexRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_GetSearchIndexResponse__Output>): grpc.ClientUnaryCall;
  getSearchIndex(argument: _mercat_catalog_v1_GetSearchIndexRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetSearchIndexResponse__Output>): grpc.ClientUnaryCall;
  getSearchIndex(argument: _mercat_catalog_v1_GetSearchIndexRequest, callback: grpc.requestCallback<_mercat_catalog_v1_GetSearchIndexResponse__Output>): grpc.ClientUnaryCall;
  
  GiveProducts(argument: _mercat_catalog_v1_GiveProductsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GiveProductsResponse__Output>): grpc.ClientUnaryCall;
  GiveProducts(argument: _mercat_catalog_v1_GiveProductsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_GiveProductsResponse__Output>): grpc.ClientUnaryCall;
  GiveProducts(argument: _mercat_catalog_v1_GiveProductsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GiveProductsResponse__Output>): grpc.ClientUnaryCall;
  GiveProducts(argument: _mercat_catalog_v1_GiveProductsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_GiveProductsResponse__Output>): grpc.ClientUnaryCall;
  giveProducts(argument: _mercat_catalog_v1_GiveProductsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GiveProductsResponse__Output>): grpc.ClientUnaryCall;
  giveProducts(argument: _mercat_catalog_v1_GiveProductsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_GiveProductsResponse__Output>): grpc.ClientUnaryCall;
  giveProducts(argument: _mercat_catalog_v1_GiveProductsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GiveProductsResponse__Output>): grpc.ClientUnaryCall;
  giveProducts(argument: _mercat_catalog_v1_GiveProductsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_GiveProductsResponse__Output>): grpc.ClientUnaryCall;
  
  ImportProducts(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_mercat_catalog_v1_ImportProductsRequest, _mercat_catalog_v1_ImportProductsResponse__Output>;
  ImportProducts(options?: grpc.CallOptions): grpc.ClientDuplexStream<_mercat_catalog_v1_ImportProductsRequest, _mercat_catalog_v1_ImportProductsResponse__Output>;
  importProducts(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_mercat_catalog_v1_ImportProductsRequest, _mercat_catalog_v1_ImportProductsResponse__Output>;
  importProducts(options?: grpc.CallOptions): grpc.ClientDuplexStream<_mercat_catalog_v1_ImportProductsRequest, _mercat_catalog_v1_ImportProductsResponse__Output>;
  
  ImportSynonyms(argument: _mercat_catalog_v1_ImportSynonymsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ImportSynonymsResponse__Output>): grpc.ClientUnaryCall;
  ImportSynonyms(argument: _mercat_catalog_v1_ImportSynonymsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ImportSynonymsResponse__Output>): grpc.ClientUnaryCall;
  ImportSynonyms(argument: _mercat_catalog_v1_ImportSynonymsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ImportSynonymsResponse__Output>): grpc.ClientUnaryCall;
  ImportSynonyms(argument: _mercat_catalog_v1_ImportSynonymsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ImportSynonymsResponse__Output>): grpc.ClientUnaryCall;
  importSynonyms(argument: _mercat_catalog_v1_ImportSynonymsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ImportSynonymsResponse__Output>): grpc.ClientUnaryCall;
  importSynonyms(argument: _mercat_catalog_v1_ImportSynonymsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ImportSynonymsResponse__Output>): grpc.ClientUnaryCall;
  importSynonyms(argument: _mercat_catalog_v1_ImportSynonymsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ImportSynonymsResponse__Output>): grpc.ClientUnaryCall;
  importSynonyms(argument: _mercat_catalog_v1_ImportSynonymsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ImportSynonymsResponse__Output>): grpc.ClientUnaryCall;
  
  ListFeedRuns(argument: _mercat_catalog_v1_ListFeedRunsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListFeedRunsResponse__Output>): grpc.ClientUnaryCall;
  ListFeedRuns(argument: _mercat_catalog_v1_ListFeedRunsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ListFeedRunsResponse__Output>): grpc.ClientUnaryCall;
  ListFeedRuns(argument: _mercat_catalog_v1_ListFeedRunsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListFeedRunsResponse__Output>): grpc.ClientUnaryCall;
  ListFeedRuns(argument: _mercat_catalog_v1_ListFeedRunsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ListFeedRunsResponse__Output>): grpc.ClientUnaryCall;
  listFeedRuns(argument: _mercat_catalog_v1_ListFeedRunsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListFeedRunsResponse__Output>): grpc.ClientUnaryCall;
  listFeedRuns(argument: _mercat_catalog_v1_ListFeedRunsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ListFeedRunsResponse__Output>): grpc.ClientUnaryCall;
  listFeedRuns(argument: _mercat_catalog_v1_ListFeedRunsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListFeedRunsResponse__Output>): grpc.ClientUnaryCall;
  listFeedRuns(argument: _mercat_catalog_v1_ListFeedRunsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ListFeedRunsResponse__Output>): grpc.ClientUnaryCall;
  
  ListFeeds(argument: _mercat_catalog_v1_ListFeedsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListFeedsResponse__Output>): grpc.ClientUnaryCall;
  ListFeeds(argument: _mercat_catalog_v1_ListFeedsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ListFeedsResponse__Output>): grpc.ClientUnaryCall;
  ListFeeds(argument: _mercat_catalog_v1_ListFeedsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListFeedsResponse__Output>): grpc.ClientUnaryCall;
  ListFeeds(argument: _mercat_catalog_v1_ListFeedsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ListFeedsResponse__Output>): grpc.ClientUnaryCall;
  listFeeds(argument: _mercat_catalog_v1_ListFeedsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListFeedsResponse__Output>): grpc.ClientUnaryCall;
  listFeeds(argument: _mercat_catalog_v1_ListFeedsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ListFeedsResponse__Output>): grpc.ClientUnaryCall;
  listFeeds(argument: _mercat_catalog_v1_ListFeedsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListFeedsResponse__Output>): grpc.ClientUnaryCall;
  listFeeds(argument: _mercat_catalog_v1_ListFeedsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ListFeedsResponse__Output>): grpc.ClientUnaryCall;
  
  ListHeldPrices(argument: _mercat_catalog_v1_ListHeldPricesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListHeldPricesResponse__Output>): grpc.ClientUnaryCall;
  ListHeldPrices(argument: _mercat_catalog_v1_ListHeldPricesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ListHeldPricesResponse__Output>): grpc.ClientUnaryCall;
  ListHeldPrices(argument: _mercat_catalog_v1_ListHeldPricesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListHeldPricesResponse__Output>): grpc.ClientUnaryCall;
  ListHeldPrices(argument: _mercat_catalog_v1_ListHeldPricesRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ListHeldPricesResponse__Output>): grpc.ClientUnaryCall;
  listHeldPrices(argument: _mercat_catalog_v1_ListHeldPricesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListHeldPricesResponse__Output>): grpc.ClientUnaryCall;
  listHeldPrices(argument: _mercat_catalog_v1_ListHeldPricesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ListHeldPricesResponse__Output>): grpc.ClientUnaryCall;
  listHeldPrices(argument: _mercat_catalog_v1_ListHeldPricesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListHeldPricesResponse__Output>): grpc.ClientUnaryCall;
  listHeldPrices(argument: _mercat_catalog_v1_ListHeldPricesRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ListHeldPricesResponse__Output>): grpc.ClientUnaryCall;
  
  ListProducts(argument: _mercat_catalog_v1_ListProductsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListProductsResponse__Output>): grpc.ClientUnaryCall;
  ListProducts(argument: _mercat_catalog_v1_ListProductsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ListProductsResponse__Output>): grpc.ClientUnaryCall;
  ListProducts(argument: _mercat_catalog_v1_ListProductsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListProductsResponse__Output>): grpc.ClientUnaryCall;
  ListProducts(argument: _mercat_catalog_v1_ListProductsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ListProductsResponse__Output>): grpc.ClientUnaryCall;
  listProducts(argument: _mercat_catalog_v1_ListProductsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListProductsResponse__Output>): grpc.ClientUnaryCall;
  listProducts(argument: _mercat_catalog_v1_ListProductsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ListProductsResponse__Output>): grpc.ClientUnaryCall;
  listProducts(argument: _mercat_catalog_v1_ListProductsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListProductsResponse__Output>): grpc.ClientUnaryCall;
  listProducts(argument: _mercat_catalog_v1_ListProductsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ListProductsResponse__Output>): grpc.ClientUnaryCall;
  
  ListSourceSkus(argument: _mercat_catalog_v1_ListSourceSkusRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListSourceSkusResponse__Output>): grpc.ClientUnaryCall;
  ListSourceSkus(argument: _mercat_catalog_v1_ListSourceSkusRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ListSourceSkusResponse__Output>): grpc.ClientUnaryCall;
  ListSourceSkus(argument: _mercat_catalog_v1_ListSourceSkusRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListSourceSkusResponse__Output>): grpc.ClientUnaryCall;
  ListSourceSkus(argument: _mercat_catalog_v1_ListSourceSkusRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ListSourceSkusResponse__Output>): grpc.ClientUnaryCall;
  listSourceSkus(argument: _mercat_catalog_v1_ListSourceSkusRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListSourceSkusResponse__Output>): grpc.ClientUnaryCall;
  listSourceSkus(argument: _mercat_catalog_v1_ListSourceSkusRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ListSourceSkusResponse__Output>): grpc.ClientUnaryCall;
  listSourceSkus(argument: _mercat_catalog_v1_ListSourceSkusRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListSourceSkusResponse__Output>): grpc.ClientUnaryCall;
  listSourceSkus(argument: _mercat_catalog_v1_ListSourceSkusRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ListSourceSkusResponse__Output>): grpc.ClientUnaryCall;
  
  ListSynonyms(argument: _mercat_catalog_v1_ListSynonymsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListSynonymsResponse__Output>): grpc.ClientUnaryCall;
  ListSynonyms(argument: _mercat_catalog_v1_ListSynonymsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ListSynonymsResponse__Output>): grpc.ClientUnaryCall;
  ListSynonyms(argument: _mercat_catalog_v1_ListSynonymsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListSynonymsResponse__Output>): grpc.ClientUnaryCall;
  ListSynonyms(argument: _mercat_catalog_v1_ListSynonymsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ListSynonymsResponse__Output>): grpc.ClientUnaryCall;
  listSynonyms(argument: _mercat_catalog_v1_ListSynonymsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListSynonymsResponse__Output>): grpc.ClientUnaryCall;
  listSynonyms(argument: _mercat_catalog_v1_ListSynonymsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ListSynonymsResponse__Output>): grpc.ClientUnaryCall;
  listSynonyms(argument: _mercat_catalog_v1_ListSynonymsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListSynonymsResponse__Output>): grpc.ClientUnaryCall;
  listSynonyms(argument: _mercat_catalog_v1_ListSynonymsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ListSynonymsResponse__Output>): grpc.ClientUnaryCall;
  
  ReindexProducts(argument: _mercat_catalog_v1_ReindexProductsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ReindexProductsResponse__Output>): grpc.ClientUnaryCall;
  ReindexProducts(argument: _mercat_catalog_v1_ReindexProductsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ReindexProductsResponse__Output>): grpc.ClientUnaryCall;
  ReindexProducts(argument: _mercat_catalog_v1_ReindexProductsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ReindexProductsResponse__Output>): grpc.ClientUnaryCall;
  ReindexProducts(argument: _mercat_catalog_v1_ReindexProductsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ReindexProductsResponse__Output>): grpc.ClientUnaryCall;
  reindexProducts(argument: _mercat_catalog_v1_ReindexProductsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ReindexProductsResponse__Output>): grpc.ClientUnaryCall;
  reindexProducts(argument: _mercat_catalog_v1_ReindexProductsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ReindexProductsResponse__Output>): grpc.ClientUnaryCall;
  reindexProducts(argument: _mercat_catalog_v1_ReindexProductsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ReindexProductsResponse__Output>): grpc.ClientUnaryCall;
  reindexProducts(argument: _mercat_catalog_v1_ReindexProductsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ReindexProductsResponse__Output>): grpc.ClientUnaryCall;
  
  RenewFeedRun(argument: _mercat_catalog_v1_RenewFeedRunRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_RenewFeedRunResponse__Output>): grpc.ClientUnaryCall;
  RenewFeedRun(argument: _mercat_catalog_v1_RenewFeedRunRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_RenewFeedRunResponse__Output>): grpc.ClientUnaryCall;
  RenewFeedRun(argument: _mercat_catalog_v1_RenewFeedRunRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_RenewFeedRunResponse__Output>): grpc.ClientUnaryCall;
  RenewFeedRun(argument: _mercat_catalog_v1_RenewFeedRunRequest, callback: grpc.requestCallback<_mercat_catalog_v1_RenewFeedRunResponse__Output>): grpc.ClientUnaryCall;
  renewFeedRun(argument: _mercat_catalog_v1_RenewFeedRunRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_RenewFeedRunResponse__Output>): grpc.ClientUnaryCall;
  renewFeedRun(argument: _mercat_catalog_v1_RenewFeedRunRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_RenewFeedRunResponse__Output>): grpc.ClientUnaryCall;
  renewFeedRun(argument: _mercat_catalog_v1_RenewFeedRunRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_RenewFeedRunResponse__Output>): grpc.ClientUnaryCall;
  renewFeedRun(argument: _mercat_catalog_v1_RenewFeedRunRequest, callback: grpc.requestCallback<_mercat_catalog_v1_RenewFeedRunResponse__Output>): grpc.ClientUnaryCall;
  
  ResolveHeldPrice(argument: _mercat_catalog_v1_ResolveHeldPriceRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ResolveHeldPriceResponse__Output>): grpc.ClientUnaryCall;
  ResolveHeldPrice(argument: _mercat_catalog_v1_ResolveHeldPriceRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ResolveHeldPriceResponse__Output>): grpc.ClientUnaryCall;
  ResolveHeldPrice(argument: _mercat_catalog_v1_ResolveHeldPriceRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ResolveHeldPriceResponse__Output>): grpc.ClientUnaryCall;
  ResolveHeldPrice(argument: _mercat_catalog_v1_ResolveHeldPriceRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ResolveHeldPriceResponse__Output>): grpc.ClientUnaryCall;
  resolveHeldPrice(argument: _mercat_catalog_v1_ResolveHeldPriceRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ResolveHeldPriceResponse__Output>): grpc.ClientUnaryCall;
  resolveHeldPrice(argument: _mercat_catalog_v1_ResolveHeldPriceRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ResolveHeldPriceResponse__Output>): grpc.ClientUnaryCall;
  resolveHeldPrice(argument: _mercat_catalog_v1_ResolveHeldPriceRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ResolveHeldPriceResponse__Output>): grpc.ClientUnaryCall;
  resolveHeldPrice(argument: _mercat_catalog_v1_ResolveHeldPriceRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ResolveHeldPriceResponse__Output>): grpc.ClientUnaryCall;
  
  RetireProducts(argument: _mercat_catalog_v1_RetireProductsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_RetireProductsResponse__Output>): grpc.ClientUnaryCall;
  RetireProducts(argument: _mercat_catalog_v1_RetireProductsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_RetireProductsResponse__Output>): grpc.ClientUnaryCall;
  RetireProducts(argument: _mercat_catalog_v1_RetireProductsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_RetireProductsResponse__Output>): grpc.ClientUnaryCall;
  RetireProducts(argument: _mercat_catalog_v1_RetireProductsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_RetireProductsResponse__Output>): grpc.ClientUnaryCall;
  retireProducts(argument: _mercat_catalog_v1_RetireProductsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_RetireProductsResponse__Output>): grpc.ClientUnaryCall;
  retireProducts(argument: _mercat_catalog_v1_RetireProductsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_RetireProductsResponse__Output>): grpc.ClientUnaryCall;
  retireProducts(argument: _mercat_catalog_v1_RetireProductsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_RetireProductsResponse__Output>): grpc.ClientUnaryCall;
  retireProducts(argument: _mercat_catalog_v1_RetireProductsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_RetireProductsResponse__Output>): grpc.ClientUnaryCall;
  
  SearchProducts(argument: _mercat_catalog_v1_SearchProductsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_SearchProductsResponse__Output>): grpc.ClientUnaryCall;
  SearchProducts(argument: _mercat_catalog_v1_SearchProductsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_SearchProductsResponse__Output>): grpc.ClientUnaryCall;
  SearchProducts(argument: _mercat_catalog_v1_SearchProductsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_SearchProductsResponse__Output>): grpc.ClientUnaryCall;
  SearchProducts(argument: _mercat_catalog_v1_SearchProductsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_SearchProductsResponse__Output>): grpc.ClientUnaryCall;
  searchProducts(argument: _mercat_catalog_v1_SearchProductsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_SearchProductsResponse__Output>): grpc.ClientUnaryCall;
  searchProducts(argument: _mercat_catalog_v1_SearchProductsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_SearchProductsResponse__Output>): grpc.ClientUnaryCall;
  searchProducts(argument: _mercat_catalog_v1_SearchProductsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_SearchProductsResponse__Output>): grpc.ClientUnaryCall;
  searchProducts(argument: _mercat_catalog_v1_SearchProductsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_SearchProductsResponse__Output>): grpc.ClientUnaryCall;
  
  SetPriceLimits(argument: _mercat_catalog_v1_SetPriceLimitsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_SetPriceLimitsResponse__Output>): grpc.ClientUnaryCall;
  SetPriceLimits(argument: _mercat_catalog_v1_SetPriceLimitsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_SetPriceLimitsResponse__Output>): grpc.ClientUnaryCall;
  SetPriceLimits(argument: _mercat_catalog_v1_SetPriceLimitsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_SetPriceLimitsResponse__Output>): grpc.ClientUnaryCall;
  SetPriceLimits(argument: _mercat_catalog_v1_SetPriceLimitsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_SetPriceLimitsResponse__Output>): grpc.ClientUnaryCall;
  setPriceLimits(argument: _mercat_catalog_v1_SetPriceLimitsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_SetPriceLimitsResponse__Output>): grpc.ClientUnaryCall;
  setPriceLimits(argument: _mercat_catalog_v1_SetPriceLimitsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_SetPriceLimitsResponse__Output>): grpc.ClientUnaryCall;
  setPriceLimits(argument: _mercat_catalog_v1_SetPriceLimitsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_SetPriceLimitsResponse__Output>): grpc.ClientUnaryCall;
  setPriceLimits(argument: _mercat_catalog_v1_SetPriceLimitsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_SetPriceLimitsResponse__Output>): grpc.ClientUnaryCall;
  
  SuggestQueries(argument: _mercat_catalog_v1_SuggestQueriesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_SuggestQueriesResponse__Output>): grpc.ClientUnaryCall;
  SuggestQueries(argument: _mercat_catalog_v1_SuggestQueriesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_SuggestQueriesResponse__Output>): grpc.ClientUnaryCall;
  SuggestQueries(argument: _mercat_catalog_v1_SuggestQueriesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_SuggestQueriesResponse__Output>): grpc.ClientUnaryCall;
  SuggestQueries(argument: _mercat_catalog_v1_SuggestQueriesRequest, callback: grpc.requestCallback<_mercat_catalog_v1_SuggestQueriesResponse__Output>): grpc.ClientUnaryCall;
  suggestQueries(argument: _mercat_catalog_v1_SuggestQueriesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_SuggestQueriesResponse__Output>): grpc.ClientUnaryCall;
  suggestQueries(argument: _mercat_catalog_v1_SuggestQueriesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_SuggestQueriesResponse__Output>): grpc.ClientUnaryCall;
  suggestQueries(argument: _mercat_catalog_v1_SuggestQueriesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_SuggestQueriesResponse__Output>): grpc.ClientUnaryCall;
  suggestQueries(argument: _mercat_catalog_v1_SuggestQueriesRequest, callback: grpc.requestCallback<_mercat_catalog_v1_SuggestQueriesResponse__Output>): grpc.ClientUnaryCall;
  
  UnarchiveProduct(argument: _mercat_catalog_v1_UnarchiveProductRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_UnarchiveProductResponse__Output>): grpc.ClientUnaryCall;
  UnarchiveProduct(argument: _mercat_catalog_v1_UnarchiveProductRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_UnarchiveProductResponse__Output>): grpc.ClientUnaryCall;
  UnarchiveProduct(argument: _mercat_catalog_v1_UnarchiveProductRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_UnarchiveProductResponse__Output>): grpc.ClientUnaryCall;
  UnarchiveProduct(argument: _mercat_catalog_v1_UnarchiveProductRequest, callback: grpc.requestCallback<_mercat_catalog_v1_UnarchiveProductResponse__Output>): grpc.ClientUnaryCall;
  unarchiveProduct(argument: _mercat_catalog_v1_UnarchiveProductRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_UnarchiveProductResponse__Output>): grpc.ClientUnaryCall;
  unarchiveProduct(argument: _mercat_catalog_v1_UnarchiveProductRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_UnarchiveProductResponse__Output>): grpc.ClientUnaryCall;
  unarchiveProduct(argument: _mercat_catalog_v1_UnarchiveProductRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_UnarchiveProductResponse__Output>): grpc.ClientUnaryCall;
  unarchiveProduct(argument: _mercat_catalog_v1_UnarchiveProductRequest, callback: grpc.requestCallback<_mercat_catalog_v1_UnarchiveProductResponse__Output>): grpc.ClientUnaryCall;
  
  UpdateProduct(argument: _mercat_catalog_v1_UpdateProductRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_UpdateProductResponse__Output>): grpc.ClientUnaryCall;
  UpdateProduct(argument: _mercat_catalog_v1_UpdateProductRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_UpdateProductResponse__Output>): grpc.ClientUnaryCall;
  UpdateProduct(argument: _mercat_catalog_v1_UpdateProductRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_UpdateProductResponse__Output>): grpc.ClientUnaryCall;
  UpdateProduct(argument: _mercat_catalog_v1_UpdateProductRequest, callback: grpc.requestCallback<_mercat_catalog_v1_UpdateProductResponse__Output>): grpc.ClientUnaryCall;
  updateProduct(argument: _mercat_catalog_v1_UpdateProductRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_UpdateProductResponse__Output>): grpc.ClientUnaryCall;
  updateProduct(argument: _mercat_catalog_v1_UpdateProductRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_UpdateProductResponse__Output>): grpc.ClientUnaryCall;
  updateProduct(argument: _mercat_catalog_v1_UpdateProductRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_UpdateProductResponse__Output>): grpc.ClientUnaryCall;
  updateProduct(argument: _mercat_catalog_v1_UpdateProductRequest, callback: grpc.requestCallback<_mercat_catalog_v1_UpdateProductResponse__Output>): grpc.ClientUnaryCall;
  
  WatchProducts(argument: _mercat_catalog_v1_WatchProductsRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_mercat_catalog_v1_WatchProductsResponse__Output>;
  WatchProducts(argument: _mercat_catalog_v1_WatchProductsRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_mercat_catalog_v1_WatchProductsResponse__Output>;
  watchProducts(argument: _mercat_catalog_v1_WatchProductsRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_mercat_catalog_v1_WatchProductsResponse__Output>;
  watchProducts(argument: _mercat_catalog_v1_WatchProductsRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_mercat_catalog_v1_WatchProductsResponse__Output>;
  
}

export interface CatalogServiceHandlers extends grpc.UntypedServiceImplementation {
  ApplyPrices: grpc.handleUnaryCall<_mercat_catalog_v1_ApplyPricesRequest__Output, _mercat_catalog_v1_ApplyPricesResponse>;
  
  ArchiveProduct: grpc.handleUnaryCall<_mercat_catalog_v1_ArchiveProductRequest__Output, _mercat_catalog_v1_ArchiveProductResponse>;
  
  BatchGetProducts: grpc.handleUnaryCall<_mercat_catalog_v1_BatchGetProductsRequest__Output, _mercat_catalog_v1_BatchGetProductsResponse>;
  
  BeginFeedRun: grpc.handleUnaryCall<_mercat_catalog_v1_BeginFeedRunRequest__Output, _mercat_catalog_v1_BeginFeedRunResponse>;
  
  CreateProduct: grpc.handleUnaryCall<_mercat_catalog_v1_CreateProductRequest__Output, _mercat_catalog_v1_CreateProductResponse>;
  
  FinishFeedRun: grpc.handleUnaryCall<_mercat_catalog_v1_FinishFeedRunRequest__Output, _mercat_catalog_v1_FinishFeedRunResponse>;
  
  GetPriceHistory: grpc.handleUnaryCall<_mercat_catalog_v1_GetPriceHistoryRequest__Output, _mercat_catalog_v1_GetPriceHistoryResponse>;
  
  GetPriceLimits: grpc.handleUnaryCall<_mercat_catalog_v1_GetPriceLimitsRequest__Output, _mercat_catalog_v1_GetPriceLimitsResponse>;
  
  GetProduct: grpc.handleUnaryCall<_mercat_catalog_v1_GetProductRequest__Output, _mercat_catalog_v1_GetProductResponse>;
  
  GetSearchIndex: grpc.handleUnaryCall<_mercat_catalog_v1_GetSearchIndexRequest__Output, _mercat_catalog_v1_GetSearchIndexResponse>;
  
  GiveProducts: grpc.handleUnaryCall<_mercat_catalog_v1_GiveProductsRequest__Output, _mercat_catalog_v1_GiveProductsResponse>;
  
  ImportProducts: grpc.handleBidiStreamingCall<_mercat_catalog_v1_ImportProductsRequest__Output, _mercat_catalog_v1_ImportProductsResponse>;
  
  ImportSynonyms: grpc.handleUnaryCall<_mercat_catalog_v1_ImportSynonymsRequest__Output, _mercat_catalog_v1_ImportSynonymsResponse>;
  
  ListFeedRuns: grpc.handleUnaryCall<_mercat_catalog_v1_ListFeedRunsRequest__Output, _mercat_catalog_v1_ListFeedRunsResponse>;
  
  ListFeeds: grpc.handleUnaryCall<_mercat_catalog_v1_ListFeedsRequest__Output, _mercat_catalog_v1_ListFeedsResponse>;
  
  ListHeldPrices: grpc.handleUnaryCall<_mercat_catalog_v1_ListHeldPricesRequest__Output, _mercat_catalog_v1_ListHeldPricesResponse>;
  
  ListProducts: grpc.handleUnaryCall<_mercat_catalog_v1_ListProductsRequest__Output, _mercat_catalog_v1_ListProductsResponse>;
  
  ListSourceSkus: grpc.handleUnaryCall<_mercat_catalog_v1_ListSourceSkusRequest__Output, _mercat_catalog_v1_ListSourceSkusResponse>;
  
  ListSynonyms: grpc.handleUnaryCall<_mercat_catalog_v1_ListSynonymsRequest__Output, _mercat_catalog_v1_ListSynonymsResponse>;
  
  ReindexProducts: grpc.handleUnaryCall<_mercat_catalog_v1_ReindexProductsRequest__Output, _mercat_catalog_v1_ReindexProductsResponse>;
  
  RenewFeedRun: grpc.handleUnaryCall<_mercat_catalog_v1_RenewFeedRunRequest__Output, _mercat_catalog_v1_RenewFeedRunResponse>;
  
  ResolveHeldPrice: grpc.handleUnaryCall<_mercat_catalog_v1_ResolveHeldPriceRequest__Output, _mercat_catalog_v1_ResolveHeldPriceResponse>;
  
  RetireProducts: grpc.handleUnaryCall<_mercat_catalog_v1_RetireProductsRequest__Output, _mercat_catalog_v1_RetireProductsResponse>;
  
  SearchProducts: grpc.handleUnaryCall<_mercat_catalog_v1_SearchProductsRequest__Output, _mercat_catalog_v1_SearchProductsResponse>;
  
  SetPriceLimits: grpc.handleUnaryCall<_mercat_catalog_v1_SetPriceLimitsRequest__Output, _mercat_catalog_v1_SetPriceLimitsResponse>;
  
  SuggestQueries: grpc.handleUnaryCall<_mercat_catalog_v1_SuggestQueriesRequest__Output, _mercat_catalog_v1_SuggestQueriesResponse>;
  
  UnarchiveProduct: grpc.handleUnaryCall<_mercat_catalog_v1_UnarchiveProductRequest__Output, _mercat_catalog_v1_UnarchiveProductResponse>;
  
  UpdateProduct: grpc.handleUnaryCall<_mercat_catalog_v1_UpdateProductRequest__Output, _mercat_catalog_v1_UpdateProductResponse>;
  
  WatchProducts: grpc.handleServerStreamingCall<_mercat_catalog_v1_WatchProductsRequest__Output, _mercat_catalog_v1_WatchProductsResponse>;
  
}

export interface CatalogServiceDefinition extends grpc.ServiceDefinition {
  ApplyPrices: MethodDefinition<_mercat_catalog_v1_ApplyPricesRequest, _mercat_catalog_v1_ApplyPricesResponse, _mercat_catalog_v1_ApplyPricesRequest__Output, _mercat_catalog_v1_ApplyPricesResponse__Output>
  ArchiveProduct: MethodDefinition<_mercat_catalog_v1_ArchiveProductRequest, _mercat_catalog_v1_ArchiveProductResponse, _mercat_catalog_v1_ArchiveProductRequest__Output, _mercat_catalog_v1_ArchiveProductResponse__Output>
  BatchGetProducts: MethodDefinition<_mercat_catalog_v1_BatchGetProductsRequest, _mercat_catalog_v1_BatchGetProductsResponse, _mercat_catalog_v1_BatchGetProductsRequest__Output, _mercat_catalog_v1_BatchGetProductsResponse__Output>
  BeginFeedRun: MethodDefinition<_mercat_catalog_v1_BeginFeedRunRequest, _mercat_catalog_v1_BeginFeedRunResponse, _mercat_catalog_v1_BeginFeedRunRequest__Output, _mercat_catalog_v1_BeginFeedRunResponse__Output>
  CreateProduct: MethodDefinition<_mercat_catalog_v1_CreateProductRequest, _mercat_catalog_v1_CreateProductResponse, _mercat_catalog_v1_CreateProductRequest__Output, _mercat_catalog_v1_CreateProductResponse__Output>
  FinishFeedRun: MethodDefinition<_mercat_catalog_v1_FinishFeedRunRequest, _mercat_catalog_v1_FinishFeedRunResponse, _mercat_catalog_v1_FinishFeedRunRequest__Output, _mercat_catalog_v1_FinishFeedRunResponse__Output>
  GetPriceHistory: MethodDefinition<_mercat_catalog_v1_GetPriceHistoryRequest, _mercat_catalog_v1_GetPriceHistoryResponse, _mercat_catalog_v1_GetPriceHistoryRequest__Output, _mercat_catalog_v1_GetPriceHistoryResponse__Output>
  GetPriceLimits: MethodDefinition<_mercat_catalog_v1_GetPriceLimitsRequest, _mercat_catalog_v1_GetPriceLimitsResponse, _mercat_catalog_v1_GetPriceLimitsRequest__Output, _mercat_catalog_v1_GetPriceLimitsResponse__Output>
  GetProduct: MethodDefinition<_mercat_catalog_v1_GetProductRequest, _mercat_catalog_v1_GetProductResponse, _mercat_catalog_v1_GetProductRequest__Output, _mercat_catalog_v1_GetProductResponse__Output>
  GetSearchIndex: MethodDefinition<_mercat_catalog_v1_GetSearchIndexRequest, _mercat_catalog_v1_GetSearchIndexResponse, _mercat_catalog_v1_GetSearchIndexRequest__Output, _mercat_catalog_v1_GetSearchIndexResponse__Output>
  GiveProducts: MethodDefinition<_mercat_catalog_v1_GiveProductsRequest, _mercat_catalog_v1_GiveProductsResponse, _mercat_catalog_v1_GiveProductsRequest__Output, _mercat_catalog_v1_GiveProductsResponse__Output>
  ImportProducts: MethodDefinition<_mercat_catalog_v1_ImportProductsRequest, _mercat_catalog_v1_ImportProductsResponse, _mercat_catalog_v1_ImportProductsRequest__Output, _mercat_catalog_v1_ImportProductsResponse__Output>
  ImportSynonyms: MethodDefinition<_mercat_catalog_v1_ImportSynonymsRequest, _mercat_catalog_v1_ImportSynonymsResponse, _mercat_catalog_v1_ImportSynonymsRequest__Output, _mercat_catalog_v1_ImportSynonymsResponse__Output>
  ListFeedRuns: MethodDefinition<_mercat_catalog_v1_ListFeedRunsRequest, _mercat_catalog_v1_ListFeedRunsResponse, _mercat_catalog_v1_ListFeedRunsRequest__Output, _mercat_catalog_v1_ListFeedRunsResponse__Output>
  ListFeeds: MethodDefinition<_mercat_catalog_v1_ListFeedsRequest, _mercat_catalog_v1_ListFeedsResponse, _mercat_catalog_v1_ListFeedsRequest__Output, _mercat_catalog_v1_ListFeedsResponse__Output>
  ListHeldPrices: MethodDefinition<_mercat_catalog_v1_ListHeldPricesRequest, _mercat_catalog_v1_ListHeldPricesResponse, _mercat_catalog_v1_ListHeldPricesRequest__Output, _mercat_catalog_v1_ListHeldPricesResponse__Output>
  ListProducts: MethodDefinition<_mercat_catalog_v1_ListProductsRequest, _mercat_catalog_v1_ListProductsResponse, _mercat_catalog_v1_ListProductsRequest__Output, _mercat_catalog_v1_ListProductsResponse__Output>
  ListSourceSkus: MethodDefinition<_mercat_catalog_v1_ListSourceSkusRequest, _mercat_catalog_v1_ListSourceSkusResponse, _mercat_catalog_v1_ListSourceSkusRequest__Output, _mercat_catalog_v1_ListSourceSkusResponse__Output>
  ListSynonyms: MethodDefinition<_mercat_catalog_v1_ListSynonymsRequest, _mercat_catalog_v1_ListSynonymsResponse, _mercat_catalog_v1_ListSynonymsRequest__Output, _mercat_catalog_v1_ListSynonymsResponse__Output>
  ReindexProducts: MethodDefinition<_mercat_catalog_v1_ReindexProductsRequest, _mercat_catalog_v1_ReindexProductsResponse, _mercat_catalog_v1_ReindexProductsRequest__Output, _mercat_catalog_v1_ReindexProductsResponse__Output>
  RenewFeedRun: MethodDefinition<_mercat_catalog_v1_RenewFeedRunRequest, _mercat_catalog_v1_RenewFeedRunResponse, _mercat_catalog_v1_RenewFeedRunRequest__Output, _mercat_catalog_v1_RenewFeedRunResponse__Output>
  ResolveHeldPrice: MethodDefinition<_mercat_catalog_v1_ResolveHeldPriceRequest, _mercat_catalog_v1_ResolveHeldPriceResponse, _mercat_catalog_v1_ResolveHeldPriceRequest__Output, _mercat_catalog_v1_ResolveHeldPriceResponse__Output>
  RetireProducts: MethodDefinition<_mercat_catalog_v1_RetireProductsRequest, _mercat_catalog_v1_RetireProductsResponse, _mercat_catalog_v1_RetireProductsRequest__Output, _mercat_catalog_v1_RetireProductsResponse__Output>
  SearchProducts: MethodDefinition<_mercat_catalog_v1_SearchProductsRequest, _mercat_catalog_v1_SearchProductsResponse, _mercat_catalog_v1_SearchProductsRequest__Output, _mercat_catalog_v1_SearchProductsResponse__Output>
  SetPriceLimits: MethodDefinition<_mercat_catalog_v1_SetPriceLimitsRequest, _mercat_catalog_v1_SetPriceLimitsResponse, _mercat_catalog_v1_SetPriceLimitsRequest__Output, _mercat_catalog_v1_SetPriceLimitsResponse__Output>
  SuggestQueries: MethodDefinition<_mercat_catalog_v1_SuggestQueriesRequest, _mercat_catalog_v1_SuggestQueriesResponse, _mercat_catalog_v1_SuggestQueriesRequest__Output, _mercat_catalog_v1_SuggestQueriesResponse__Output>
  UnarchiveProduct: MethodDefinition<_mercat_catalog_v1_UnarchiveProductRequest, _mercat_catalog_v1_UnarchiveProductResponse, _mercat_catalog_v1_UnarchiveProductRequest__Output, _mercat_catalog_v1_UnarchiveProductResponse__Output>
  UpdateProduct: MethodDefinition<_mercat_catalog_v1_UpdateProductRequest, _mercat_catalog_v1_UpdateProductResponse, _mercat_catalog_v1_UpdateProductRequest__Output, _mercat_catalog_v1_UpdateProductResponse__Output>
  WatchProducts: MethodDefinition<_mercat_catalog_v1_WatchProductsRequest, _mercat_catalog_v1_WatchProductsResponse, _mercat_catalog_v1_WatchProductsRequest__Output, _mercat_catalog_v1_WatchProductsResponse__Output>
}
