import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { Duration as _google_protobuf_Duration, Duration__Output as _google_protobuf_Duration__Output } from './google/protobuf/Duration.ts';
import type { FieldMask as _google_protobuf_FieldMask, FieldMask__Output as _google_protobuf_FieldMask__Output } from './google/protobuf/FieldMask.ts';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from './google/protobuf/Timestamp.ts';
import type { ApplyPricesRequest as _mercat_catalog_v1_ApplyPricesRequest, ApplyPricesRequest__Output as _mercat_catalog_v1_ApplyPricesRequest__Output } from './mercat/catalog/v1/ApplyPricesRequest.ts';
import type { ApplyPricesResponse as _mercat_catalog_v1_ApplyPricesResponse, ApplyPricesResponse__Output as _mercat_catalog_v1_ApplyPricesResponse__Output } from './mercat/catalog/v1/ApplyPricesResponse.ts';
import type { ArchiveProductRequest as _mercat_catalog_v1_ArchiveProductRequest, ArchiveProductRequest__Output as _mercat_catalog_v1_ArchiveProductRequest__Output } from './mercat/catalog/v1/ArchiveProductRequest.ts';
import type { ArchiveProductResponse as _mercat_catalog_v1_ArchiveProductResponse, ArchiveProductResponse__Output as _mercat_catalog_v1_ArchiveProductResponse__Output } from './mercat/catalog/v1/ArchiveProductResponse.ts';
import type { BatchGetProductsRequest as _mercat_catalog_v1_BatchGetProductsRequest, BatchGetProductsRequest__Output as _mercat_catalog_v1_BatchGetProductsRequest__Output } from './mercat/catalog/v1/BatchGetProductsRequest.ts';
import type { BatchGetProductsResponse as _mercat_catalog_v1_BatchGetProductsResponse, BatchGetProductsResponse__Output as _mercat_catalog_v1_BatchGetProductsResponse__Output } from './mercat/catalog/v1/BatchGetProductsResponse.ts';
import type { BeginFeedRunRequest as _mercat_catalog_v1_BeginFeedRunRequest, BeginFeedRunRequest__Output as _mercat_catalog_v1_BeginFeedRunRequest__Output } from './mercat/catalog/v1/BeginFeedRunRequest.ts';
import type { BeginFeedRunResponse as _mercat_catalog_v1_BeginFeedRunResponse, BeginFeedRunResponse__Output as _mercat_catalog_v1_BeginFeedRunResponse__Output } from './mercat/catalog/v1/BeginFeedRunResponse.ts';
import type { CatalogServiceClient as _mercat_catalog_v1_CatalogServiceClient, CatalogServiceDefinition as _mercat_catalog_v1_CatalogServiceDefinition } from './mercat/catalog/v1/CatalogService.ts';
import type { CreateProductRequest as _mercat_catalog_v1_CreateProductRequest, CreateProductRequest__Output as _mercat_catalog_v1_CreateProductRequest__Output } from './mercat/catalog/v1/CreateProductRequest.ts';
import type { CreateProductResponse as _mercat_catalog_v1_CreateProductResponse, CreateProductResponse__Output as _mercat_catalog_v1_CreateProductResponse__Output } from './mercat/catalog/v1/CreateProductResponse.ts';
import type { Facet as _mercat_catalog_v1_Facet, Facet__Output as _mercat_catalog_v1_Facet__Output } from './mercat/catalog/v1/Facet.ts';
import type { FacetValue as _mercat_catalog_v1_FacetValue, FacetValue__Output as _mercat_catalog_v1_FacetValue__Output } from './mercat/catalog/v1/FacetValue.ts';
import type { Feed as _mercat_catalog_v1_Feed, Feed__Output as _mercat_catalog_v1_Feed__Output } from './mercat/catalog/v1/Feed.ts';
import type { FeedRun as _mercat_catalog_v1_FeedRun, FeedRun__Output as _mercat_catalog_v1_FeedRun__Output } from './mercat/catalog/v1/FeedRun.ts';
import type { FeedRunCounts as _mercat_catalog_v1_FeedRunCounts, FeedRunCounts__Output as _mercat_catalog_v1_FeedRunCounts__Output } from './mercat/catalog/v1/FeedRunCounts.ts';
import type { FeedValidators as _mercat_catalog_v1_FeedValidators, FeedValidators__Output as _mercat_catalog_v1_FeedValidators__Output } from './mercat/catalog/v1/FeedValidators.ts';
import type { FinishFeedRunRequest as _mercat_catalog_v1_FinishFeedRunRequest, FinishFeedRunRequest__Output as _mercat_catalog_v1_FinishFeedRunRequest__Output } from './mercat/catalog/v1/FinishFeedRunRequest.ts';
import type { FinishFeedRunResponse as _mercat_catalog_v1_FinishFeedRunResponse, FinishFeedRunResponse__Output as _mercat_catalog_v1_FinishFeedRunResponse__Output } from './mercat/catalog/v1/FinishFeedRunResponse.ts';
import type { GetPriceHistoryRequest as _mercat_catalog_v1_GetPriceHistoryRequest, GetPriceHistoryRequest__Output as _mercat_catalog_v1_GetPriceHistoryRequest__Output } from './mercat/catalog/v1/GetPriceHistoryRequest.ts';
import type { GetPriceHistoryResponse as _mercat_catalog_v1_GetPriceHistoryResponse, GetPriceHistoryResponse__Output as _mercat_catalog_v1_GetPriceHistoryResponse__Output } from './mercat/catalog/v1/GetPriceHistoryResponse.ts';
import type { GetPriceLimitsRequest as _mercat_catalog_v1_GetPriceLimitsRequest, GetPriceLimitsRequest__Output as _mercat_catalog_v1_GetPriceLimitsRequest__Output } from './mercat/catalog/v1/GetPriceLimitsRequest.ts';
import type { GetPriceLimitsResponse as _mercat_catalog_v1_GetPriceLimitsResponse, GetPriceLimitsResponse__Output as _mercat_catalog_v1_GetPriceLimitsResponse__Output } from './mercat/catalog/v1/GetPriceLimitsResponse.ts';
import type { GetProductRequest as _mercat_catalog_v1_GetProductRequest, GetProductRequest__Output as _mercat_catalog_v1_GetProductRequest__Output } from './mercat/catalog/v1/GetProductRequest.ts';
import type { GetProductResponse as _mercat_catalog_v1_GetProductResponse, GetProductResponse__Output as _mercat_catalog_v1_GetProductResponse__Output } from './mercat/catalog/v1/GetProductResponse.ts';
import type { GetSearchIndexRequest as _mercat_catalog_v1_GetSearchIndexRequest, GetSearchIndexRequest__Output as _mercat_catalog_v1_GetSearchIndexRequest__Output } from './mercat/catalog/v1/GetSearchIndexRequest.ts';
import type { GetSearchIndexResponse as _mercat_catalog_v1_GetSearchIndexResponse, GetSearchIndexResponse__Output as _mercat_catalog_v1_GetSearchIndexResponse__Output } from './mercat/catalog/v1/GetSearchIndexResponse.ts';
import type { GiveProductsRequest as _mercat_catalog_v1_GiveProductsRequest, GiveProductsRequest__Output as _mercat_catalog_v1_GiveProductsRequest__Output } from './mercat/catalog/v1/GiveProductsRequest.ts';
import type { GiveProductsResponse as _mercat_catalog_v1_GiveProductsResponse, GiveProductsResponse__Output as _mercat_catalog_v1_GiveProductsResponse__Output } from './mercat/catalog/v1/GiveProductsResponse.ts';
import type { HeldPrice as _mercat_catalog_v1_HeldPrice, HeldPrice__Output as _mercat_catalog_v1_HeldPrice__Output } from './mercat/catalog/v1/HeldPrice.ts';
import type { HeldRow as _mercat_catalog_v1_HeldRow, HeldRow__Output as _mercat_catalog_v1_HeldRow__Output } from './mercat/catalog/v1/HeldRow.ts';
import type { ImportFailure as _mercat_catalog_v1_ImportFailure, ImportFailure__Output as _mercat_catalog_v1_ImportFailure__Output } from './mercat/catalog/v1/ImportFailure.ts';
import type { ImportProductsRequest as _mercat_catalog_v1_ImportProductsRequest, ImportProductsRequest__Output as _mercat_catalog_v1_ImportProductsRequest__Output } from './mercat/catalog/v1/ImportProductsRequest.ts';
import type { ImportProductsResponse as _mercat_catalog_v1_ImportProductsResponse, ImportProductsResponse__Output as _mercat_catalog_v1_ImportProductsResponse__Output } from './mercat/catalog/v1/ImportProductsResponse.ts';
import type { ImportSynonymsRequest as _mercat_catalog_v1_ImportSynonymsRequest, ImportSynonymsRequest__Output as _mercat_catalog_v1_ImportSynonymsRequest__Output } from './mercat/catalog/v1/ImportSynonymsRequest.ts';
import type { ImportSynonymsResponse as _mercat_catalog_v1_ImportSynonymsResponse, ImportSynonymsResponse__Output as _mercat_catalog_v1_ImportSynonymsResponse__Output } from './mercat/catalog/v1/ImportSynonymsResponse.ts';
import type { ListFeedRunsRequest as _mercat_catalog_v1_ListFeedRunsRequest, ListFeedRunsRequest__Output as _mercat_catalog_v1_ListFeedRunsRequest__Output } from './mercat/catalog/v1/ListFeedRunsRequest.ts';
import type { ListFeedRunsResponse as _mercat_catalog_v1_ListFeedRunsResponse, ListFeedRunsResponse__Output as _mercat_catalog_v1_ListFeedRunsResponse__Output } from './mercat/catalog/v1/ListFeedRunsResponse.ts';
import type { ListFeedsRequest as _mercat_catalog_v1_ListFeedsRequest, ListFeedsRequest__Output as _mercat_catalog_v1_ListFeedsRequest__Output } from './mercat/catalog/v1/ListFeedsRequest.ts';
import type { ListFeedsResponse as _mercat_catalog_v1_ListFeedsResponse, ListFeedsResponse__Output as _mercat_catalog_v1_ListFeedsResponse__Output } from './mercat/catalog/v1/ListFeedsResponse.ts';
import type { ListHeldPricesRequest as _mercat_catalog_v1_ListHeldPricesRequest, ListHeldPricesRequest__Output as _mercat_catalog_v1_ListHeldPricesRequest__Output } from './mercat/catalog/v1/ListHeldPricesRequest.ts';
import type { ListHeldPricesResponse as _mercat_catalog_v1_ListHeldPricesResponse, ListHeldPricesResponse__Output as _mercat_catalog_v1_ListHeldPricesResponse__Output } from './mercat/catalog/v1/ListHeldPricesResponse.ts';
import type { ListProductsRequest as _mercat_catalog_v1_ListProductsRequest, ListProductsRequest__Output as _mercat_catalog_v1_ListProductsRequest__Output } from './mercat/catalog/v1/ListProductsRequest.ts';
import type { ListProductsResponse as _mercat_catalog_v1_ListProductsResponse, ListProductsResponse__Output as _mercat_catalog_v1_ListProductsResponse__Output } from './mercat/catalog/v1/ListProductsResponse.ts';
import type { ListSourceSkusRequest as _mercat_catalog_v1_ListSourceSkusRequest, ListSourceSkusRequest__Output as _mercat_catalog_v1_ListSourceSkusRequest__Output } from './mercat/catalog/v1/ListSourceSkusRequest.ts';
import type { ListSourceSkusResponse as _mercat_catalog_v1_ListSourceSkusResponse, ListSourceSkusResponse__Output as _mercat_catalog_v1_ListSourceSkusResponse__Output } from './mercat/catalog/v1/ListSourceSkusResponse.ts';
import type { ListSynonymsRequest as _mercat_catalog_v1_ListSynonymsRequest, ListSynonymsRequest__Output as _mercat_catalog_v1_ListSynonymsRequest__Output } from './mercat/catalog/v1/ListSynonymsRequest.ts';
import type { ListSynonymsResponse as _mercat_catalog_v1_ListSynonymsResponse, ListSynonymsResponse__Output as _mercat_catalog_v1_ListSynonymsResponse__Output } from './mercat/catalog/v1/ListSynonymsResponse.ts';
import type { ListedProduct as _mercat_catalog_v1_ListedProduct, ListedProduct__Output as _mercat_catalog_v1_ListedProduct__Output } from './mercat/catalog/v1/ListedProduct.ts';
import type { LowestPrice as _mercat_catalog_v1_LowestPrice, LowestPrice__Output as _mercat_catalog_v1_LowestPrice__Output } from './mercat/catalog/v1/LowestPrice.ts';
import type { Money as _mercat_catalog_v1_Money, Money__Output as _mercat_catalog_v1_Money__Output } from './mercat/catalog/v1/Money.ts';
import type { PriceBar as _mercat_catalog_v1_PriceBar, PriceBar__Output as _mercat_catalog_v1_PriceBar__Output } from './mercat/catalog/v1/PriceBar.ts';
import type { PriceChange as _mercat_catalog_v1_PriceChange, PriceChange__Output as _mercat_catalog_v1_PriceChange__Output } from './mercat/catalog/v1/PriceChange.ts';
import type { PriceHold as _mercat_catalog_v1_PriceHold, PriceHold__Output as _mercat_catalog_v1_PriceHold__Output } from './mercat/catalog/v1/PriceHold.ts';
import type { PriceLimits as _mercat_catalog_v1_PriceLimits, PriceLimits__Output as _mercat_catalog_v1_PriceLimits__Output } from './mercat/catalog/v1/PriceLimits.ts';
import type { PriceOpinion as _mercat_catalog_v1_PriceOpinion, PriceOpinion__Output as _mercat_catalog_v1_PriceOpinion__Output } from './mercat/catalog/v1/PriceOpinion.ts';
import type { PriceOutcome as _mercat_catalog_v1_PriceOutcome, PriceOutcome__Output as _mercat_catalog_v1_PriceOutcome__Output } from './mercat/catalog/v1/PriceOutcome.ts';
import type { PricePeriod as _mercat_catalog_v1_PricePeriod, PricePeriod__Output as _mercat_catalog_v1_PricePeriod__Output } from './mercat/catalog/v1/PricePeriod.ts';
import type { Product as _mercat_catalog_v1_Product, Product__Output as _mercat_catalog_v1_Product__Output } from './mercat/catalog/v1/Product.ts';
import type { ProductChange as _mercat_catalog_v1_ProductChange, ProductChange__Output as _mercat_catalog_v1_ProductChange__Output } from './mercat/catalog/v1/ProductChange.ts';
import type { ProductFilter as _mercat_catalog_v1_ProductFilter, ProductFilter__Output as _mercat_catalog_v1_ProductFilter__Output } from './mercat/catalog/v1/ProductFilter.ts';
import type { ProductUpsert as _mercat_catalog_v1_ProductUpsert, ProductUpsert__Output as _mercat_catalog_v1_ProductUpsert__Output } from './mercat/catalog/v1/ProductUpsert.ts';
import type { ReindexProductsRequest as _mercat_catalog_v1_ReindexProductsRequest, ReindexProductsRequest__Output as _mercat_catalog_v1_ReindexProductsRequest__Output } from './mercat/catalog/v1/ReindexProductsRequest.ts';
import type { ReindexProductsResponse as _mercat_catalog_v1_ReindexProductsResponse, ReindexProductsResponse__Output as _mercat_catalog_v1_ReindexProductsResponse__Output } from './mercat/catalog/v1/ReindexProductsResponse.ts';
import type { RenewFeedRunRequest as _mercat_catalog_v1_RenewFeedRunRequest, RenewFeedRunRequest__Output as _mercat_catalog_v1_RenewFeedRunRequest__Output } from './mercat/catalog/v1/RenewFeedRunRequest.ts';
import type { RenewFeedRunResponse as _mercat_catalog_v1_RenewFeedRunResponse, RenewFeedRunResponse__Output as _mercat_catalog_v1_RenewFeedRunResponse__Output } from './mercat/catalog/v1/RenewFeedRunResponse.ts';
import type { ResolveHeldPriceRequest as _mercat_catalog_v1_ResolveHeldPriceRequest, ResolveHeldPriceRequest__Output as _mercat_catalog_v1_ResolveHeldPriceRequest__Output } from './mercat/catalog/v1/ResolveHeldPriceRequest.ts';
import type { ResolveHeldPriceResponse as _mercat_catalog_v1_ResolveHeldPriceResponse, ResolveHeldPriceResponse__Output as _mercat_catalog_v1_ResolveHeldPriceResponse__Output } from './mercat/catalog/v1/ResolveHeldPriceResponse.ts';
import type { RetireProductsRequest as _mercat_catalog_v1_RetireProductsRequest, RetireProductsRequest__Output as _mercat_catalog_v1_RetireProductsRequest__Output } from './mercat/catalog/v1/RetireProductsRequest.ts';
import type { RetireProductsResponse as _mercat_catalog_v1_RetireProductsResponse, RetireProductsResponse__Output as _mercat_catalog_v1_RetireProductsResponse__Output } from './mercat/catalog/v1/RetireProductsResponse.ts';
import type { SearchIndexStatus as _mercat_catalog_v1_SearchIndexStatus, SearchIndexStatus__Output as _mercat_catalog_v1_SearchIndexStatus__Output } from './mercat/catalog/v1/SearchIndexStatus.ts';
import type { SearchProductsRequest as _mercat_catalog_v1_SearchProductsRequest, SearchProductsRequest__Output as _mercat_catalog_v1_SearchProductsRequest__Output } from './mercat/catalog/v1/SearchProductsRequest.ts';
import type { SearchProductsResponse as _mercat_catalog_v1_SearchProductsResponse, SearchProductsResponse__Output as _mercat_catalog_v1_SearchProductsResponse__Output } from './mercat/catalog/v1/SearchProductsResponse.ts';
import type { SetPriceLimitsRequest as _mercat_catalog_v1_SetPriceLimitsRequest, SetPriceLimitsRequest__Output as _mercat_catalog_v1_SetPriceLimitsRequest__Output } from './mercat/catalog/v1/SetPriceLimitsRequest.ts';
import type { SetPriceLimitsResponse as _mercat_catalog_v1_SetPriceLimitsResponse, SetPriceLimitsResponse__Output as _mercat_catalog_v1_SetPriceLimitsResponse__Output } from './mercat/catalog/v1/SetPriceLimitsResponse.ts';
import type { SourcePrice as _mercat_catalog_v1_SourcePrice, SourcePrice__Output as _mercat_catalog_v1_SourcePrice__Output } from './mercat/catalog/v1/SourcePrice.ts';
import type { SuggestQueriesRequest as _mercat_catalog_v1_SuggestQueriesRequest, SuggestQueriesRequest__Output as _mercat_catalog_v1_SuggestQueriesRequest__Output } from './mercat/catalog/v1/SuggestQueriesRequest.ts';
import type { SuggestQueriesResponse as _mercat_catalog_v1_SuggestQueriesResponse, SuggestQueriesResponse__Output as _mercat_catalog_v1_SuggestQueriesResponse__Output } from './mercat/catalog/v1/SuggestQueriesResponse.ts';
import type { Suggestion as _mercat_catalog_v1_Suggestion, Suggestion__Output as _mercat_catalog_v1_Suggestion__Output } from './mercat/catalog/v1/Suggestion.ts';
import type { SynonymRule as _mercat_catalog_v1_SynonymRule, SynonymRule__Output as _mercat_catalog_v1_SynonymRule__Output } from './mercat/catalog/v1/SynonymRule.ts';
import type { UnarchiveProductRequest as _mercat_catalog_v1_UnarchiveProductRequest, UnarchiveProductRequest__Output as _mercat_catalog_v1_UnarchiveProductRequest__Output } from './mercat/catalog/v1/UnarchiveProductRequest.ts';
import type { UnarchiveProductResponse as _mercat_catalog_v1_UnarchiveProductResponse, UnarchiveProductResponse__Output as _mercat_catalog_v1_UnarchiveProductResponse__Output } from './mercat/catalog/v1/UnarchiveProductResponse.ts';
import type { UpdateProductRequest as _mercat_catalog_v1_UpdateProductRequest, UpdateProductRequest__Output as _mercat_catalog_v1_UpdateProductRequest__Output } from './mercat/catalog/v1/UpdateProductRequest.ts';
import type { UpdateProductResponse as _mercat_catalog_v1_UpdateProductResponse, UpdateProductResponse__Output as _mercat_catalog_v1_UpdateProductResponse__Output } from './mercat/catalog/v1/UpdateProductResponse.ts';
import type { WatchFilter as _mercat_catalog_v1_WatchFilter, WatchFilter__Output as _mercat_catalog_v1_WatchFilter__Output } from './mercat/catalog/v1/WatchFilter.ts';
import type { WatchProductsRequest as _mercat_catalog_v1_WatchProductsRequest, WatchProductsRequest__Output as _mercat_catalog_v1_WatchProductsRequest__Output } from './mercat/catalog/v1/WatchProductsRequest.ts';
import type { WatchProductsResponse as _mercat_catalog_v1_WatchProductsResponse, WatchProductsResponse__Output as _mercat_catalog_v1_WatchProductsResponse__Output } from './mercat/catalog/v1/WatchProductsResponse.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  google: {
    protobuf: {
      Duration: MessageTypeDefinition<_google_protobuf_Duration, _google_protobuf_Duration__Output>
      FieldMask: MessageTypeDefinition<_google_protobuf_FieldMask, _google_protobuf_FieldMask__Output>
      Timestamp: MessageTypeDefinition<_google_protobuf_Timestamp, _google_protobuf_Timestamp__Output>
    }
  }
  mercat: {
    catalog: {
      v1: {
        ApplyPricesRequest: MessageTypeDefinition<_mercat_catalog_v1_ApplyPricesRequest, _mercat_catalog_v1_ApplyPricesRequest__Output>
        ApplyPricesResponse: MessageTypeDefinition<_mercat_catalog_v1_ApplyPricesResponse, _mercat_catalog_v1_ApplyPricesResponse__Output>
        ArchiveProductRequest: MessageTypeDefinition<_mercat_catalog_v1_ArchiveProductRequest, _mercat_catalog_v1_ArchiveProductRequest__Output>
        ArchiveProductResponse: MessageTypeDefinition<_mercat_catalog_v1_ArchiveProductResponse, _mercat_catalog_v1_ArchiveProductResponse__Output>
        BatchGetProductsRequest: MessageTypeDefinition<_mercat_catalog_v1_BatchGetProductsRequest, _mercat_catalog_v1_BatchGetProductsRequest__Output>
        BatchGetProductsResponse: MessageTypeDefinition<_mercat_catalog_v1_BatchGetProductsResponse, _mercat_catalog_v1_BatchGetProductsResponse__Output>
        BeginFeedRunRequest: MessageTypeDefinition<_mercat_catalog_v1_BeginFeedRunRequest, _mercat_catalog_v1_BeginFeedRunRequest__Output>
        BeginFeedRunResponse: MessageTypeDefinition<_mercat_catalog_v1_BeginFeedRunResponse, _mercat_catalog_v1_BeginFeedRunResponse__Output>
        CatalogService: SubtypeConstructor<typeof grpc.Client, _mercat_catalog_v1_CatalogServiceClient> & { service: _mercat_catalog_v1_CatalogServiceDefinition }
        Collapse: EnumTypeDefinition
        CreateProductRequest: MessageTypeDefinition<_mercat_catalog_v1_CreateProductRequest, _mercat_catalog_v1_CreateProductRequest__Output>
        CreateProductResponse: MessageTypeDefinition<_mercat_catalog_v1_CreateProductResponse, _mercat_catalog_v1_CreateProductResponse__Output>
        Facet: MessageTypeDefinition<_mercat_catalog_v1_Facet, _mercat_catalog_v1_Facet__Output>
        FacetValue: MessageTypeDefinition<_mercat_catalog_v1_FacetValue, _mercat_catalog_v1_FacetValue__Output>
        Feed: MessageTypeDefinition<_mercat_catalog_v1_Feed, _mercat_catalog_v1_Feed__Output>
        FeedRun: MessageTypeDefinition<_mercat_catalog_v1_FeedRun, _mercat_catalog_v1_FeedRun__Output>
        FeedRunCounts: MessageTypeDefinition<_mercat_catalog_v1_FeedRunCounts, _mercat_catalog_v1_FeedRunCounts__Output>
        FeedRunOutcome: EnumTypeDefinition
        FeedValidators: MessageTypeDefinition<_mercat_catalog_v1_FeedValidators, _mercat_catalog_v1_FeedValidators__Output>
        FinishFeedRunRequest: MessageTypeDefinition<_mercat_catalog_v1_FinishFeedRunRequest, _mercat_catalog_v1_FinishFeedRunRequest__Output>
        FinishFeedRunResponse: MessageTypeDefinition<_mercat_catalog_v1_FinishFeedRunResponse, _mercat_catalog_v1_FinishFeedRunResponse__Output>
        GetPriceHistoryRequest: MessageTypeDefinition<_mercat_catalog_v1_GetPriceHistoryRequest, _mercat_catalog_v1_GetPriceHistoryRequest__Output>
        GetPriceHistoryResponse: MessageTypeDefinition<_mercat_catalog_v1_GetPriceHistoryResponse, _mercat_catalog_v1_GetPriceHistoryResponse__Output>
        GetPriceLimitsRequest: MessageTypeDefinition<_mercat_catalog_v1_GetPriceLimitsRequest, _mercat_catalog_v1_GetPriceLimitsRequest__Output>
        GetPriceLimitsResponse: MessageTypeDefinition<_mercat_catalog_v1_GetPriceLimitsResponse, _mercat_catalog_v1_GetPriceLimitsResponse__Output>
        GetProductRequest: MessageTypeDefinition<_mercat_catalog_v1_GetProductRequest, _mercat_catalog_v1_GetProductRequest__Output>
        GetProductResponse: MessageTypeDefinition<_mercat_catalog_v1_GetProductResponse, _mercat_catalog_v1_GetProductResponse__Output>
        GetSearchIndexRequest: MessageTypeDefinition<_mercat_catalog_v1_GetSearchIndexRequest, _mercat_catalog_v1_GetSearchIndexRequest__Output>
        GetSearchIndexResponse: MessageTypeDefinition<_mercat_catalog_v1_GetSearchIndexResponse, _mercat_catalog_v1_GetSearchIndexResponse__Output>
        GiveProductsRequest: MessageTypeDefinition<_mercat_catalog_v1_GiveProductsRequest, _mercat_catalog_v1_GiveProductsRequest__Output>
        GiveProductsResponse: MessageTypeDefinition<_mercat_catalog_v1_GiveProductsResponse, _mercat_catalog_v1_GiveProductsResponse__Output>
        HeldPrice: MessageTypeDefinition<_mercat_catalog_v1_HeldPrice, _mercat_catalog_v1_HeldPrice__Output>
        HeldRow: MessageTypeDefinition<_mercat_catalog_v1_HeldRow, _mercat_catalog_v1_HeldRow__Output>
        HoldResolution: EnumTypeDefinition
        ImportFailure: MessageTypeDefinition<_mercat_catalog_v1_ImportFailure, _mercat_catalog_v1_ImportFailure__Output>
        ImportProductsRequest: MessageTypeDefinition<_mercat_catalog_v1_ImportProductsRequest, _mercat_catalog_v1_ImportProductsRequest__Output>
        ImportProductsResponse: MessageTypeDefinition<_mercat_catalog_v1_ImportProductsResponse, _mercat_catalog_v1_ImportProductsResponse__Output>
        ImportSynonymsRequest: MessageTypeDefinition<_mercat_catalog_v1_ImportSynonymsRequest, _mercat_catalog_v1_ImportSynonymsRequest__Output>
        ImportSynonymsResponse: MessageTypeDefinition<_mercat_catalog_v1_ImportSynonymsResponse, _mercat_catalog_v1_ImportSynonymsResponse__Output>
        ListFeedRunsRequest: MessageTypeDefinition<_mercat_catalog_v1_ListFeedRunsRequest, _mercat_catalog_v1_ListFeedRunsRequest__Output>
        ListFeedRunsResponse: MessageTypeDefinition<_mercat_catalog_v1_ListFeedRunsResponse, _mercat_catalog_v1_ListFeedRunsResponse__Output>
        ListFeedsRequest: MessageTypeDefinition<_mercat_catalog_v1_ListFeedsRequest, _mercat_catalog_v1_ListFeedsRequest__Output>
        ListFeedsResponse: MessageTypeDefinition<_mercat_catalog_v1_ListFeedsResponse, _mercat_catalog_v1_ListFeedsResponse__Output>
        ListHeldPricesRequest: MessageTypeDefinition<_mercat_catalog_v1_ListHeldPricesRequest, _mercat_catalog_v1_ListHeldPricesRequest__Output>
        ListHeldPricesResponse: MessageTypeDefinition<_mercat_catalog_v1_ListHeldPricesResponse, _mercat_catalog_v1_ListHeldPricesResponse__Output>
        ListProductsRequest: MessageTypeDefinition<_mercat_catalog_v1_ListProductsRequest, _mercat_catalog_v1_ListProductsRequest__Output>
        ListProductsResponse: MessageTypeDefinition<_mercat_catalog_v1_ListProductsResponse, _mercat_catalog_v1_ListProductsResponse__Output>
        ListSourceSkusRequest: MessageTypeDefinition<_mercat_catalog_v1_ListSourceSkusRequest, _mercat_catalog_v1_ListSourceSkusRequest__Output>
        ListSourceSkusResponse: MessageTypeDefinition<_mercat_catalog_v1_ListSourceSkusResponse, _mercat_catalog_v1_ListSourceSkusResponse__Output>
        ListSynonymsRequest: MessageTypeDefinition<_mercat_catalog_v1_ListSynonymsRequest, _mercat_catalog_v1_ListSynonymsRequest__Output>
        ListSynonymsResponse: MessageTypeDefinition<_mercat_catalog_v1_ListSynonymsResponse, _mercat_catalog_v1_ListSynonymsResponse__Output>
        ListedProduct: MessageTypeDefinition<_mercat_catalog_v1_ListedProduct, _mercat_catalog_v1_ListedProduct__Output>
        LowestPrice: MessageTypeDefinition<_mercat_catalog_v1_LowestPrice, _mercat_catalog_v1_LowestPrice__Output>
        Match: EnumTypeDefinition
        Money: MessageTypeDefinition<_mercat_catalog_v1_Money, _mercat_catalog_v1_Money__Output>
        PriceBar: MessageTypeDefinition<_mercat_catalog_v1_PriceBar, _mercat_catalog_v1_PriceBar__Output>
        PriceChange: MessageTypeDefinition<_mercat_catalog_v1_PriceChange, _mercat_catalog_v1_PriceChange__Output>
        PriceHold: MessageTypeDefinition<_mercat_catalog_v1_PriceHold, _mercat_catalog_v1_PriceHold__Output>
        PriceLimits: MessageTypeDefinition<_mercat_catalog_v1_PriceLimits, _mercat_catalog_v1_PriceLimits__Output>
        PriceOpinion: MessageTypeDefinition<_mercat_catalog_v1_PriceOpinion, _mercat_catalog_v1_PriceOpinion__Output>
        PriceOutcome: MessageTypeDefinition<_mercat_catalog_v1_PriceOutcome, _mercat_catalog_v1_PriceOutcome__Output>
        PricePeriod: MessageTypeDefinition<_mercat_catalog_v1_PricePeriod, _mercat_catalog_v1_PricePeriod__Output>
        PriceStep: EnumTypeDefinition
        Product: MessageTypeDefinition<_mercat_catalog_v1_Product, _mercat_catalog_v1_Product__Output>
        ProductChange: MessageTypeDefinition<_mercat_catalog_v1_ProductChange, _mercat_catalog_v1_ProductChange__Output>
        ProductFilter: MessageTypeDefinition<_mercat_catalog_v1_ProductFilter, _mercat_catalog_v1_ProductFilter__Output>
        ProductPart: EnumTypeDefinition
        ProductUpsert: MessageTypeDefinition<_mercat_catalog_v1_ProductUpsert, _mercat_catalog_v1_ProductUpsert__Output>
        ReindexProductsRequest: MessageTypeDefinition<_mercat_catalog_v1_ReindexProductsRequest, _mercat_catalog_v1_ReindexProductsRequest__Output>
        ReindexProductsResponse: MessageTypeDefinition<_mercat_catalog_v1_ReindexProductsResponse, _mercat_catalog_v1_ReindexProductsResponse__Output>
        RenewFeedRunRequest: MessageTypeDefinition<_mercat_catalog_v1_RenewFeedRunRequest, _mercat_catalog_v1_RenewFeedRunRequest__Output>
        RenewFeedRunResponse: MessageTypeDefinition<_mercat_catalog_v1_RenewFeedRunResponse, _mercat_catalog_v1_RenewFeedRunResponse__Output>
        ResolveHeldPriceRequest: MessageTypeDefinition<_mercat_catalog_v1_ResolveHeldPriceRequest, _mercat_catalog_v1_ResolveHeldPriceRequest__Output>
        ResolveHeldPriceResponse: MessageTypeDefinition<_mercat_catalog_v1_ResolveHeldPriceResponse, _mercat_catalog_v1_ResolveHeldPriceResponse__Output>
        RetireAction: EnumTypeDefinition
        RetireProductsRequest: MessageTypeDefinition<_mercat_catalog_v1_RetireProductsRequest, _mercat_catalog_v1_RetireProductsRequest__Output>
        RetireProductsResponse: MessageTypeDefinition<_mercat_catalog_v1_RetireProductsResponse, _mercat_catalog_v1_RetireProductsResponse__Output>
        SearchIndexState: EnumTypeDefinition
        SearchIndexStatus: MessageTypeDefinition<_mercat_catalog_v1_SearchIndexStatus, _mercat_catalog_v1_SearchIndexStatus__Output>
        SearchProductsRequest: MessageTypeDefinition<_mercat_catalog_v1_SearchProductsRequest, _mercat_catalog_v1_SearchProductsRequest__Output>
        SearchProductsResponse: MessageTypeDefinition<_mercat_catalog_v1_SearchProductsResponse, _mercat_catalog_v1_SearchProductsResponse__Output>
        SetPriceLimitsRequest: MessageTypeDefinition<_mercat_catalog_v1_SetPriceLimitsRequest, _mercat_catalog_v1_SetPriceLimitsRequest__Output>
        SetPriceLimitsResponse: MessageTypeDefinition<_mercat_catalog_v1_SetPriceLimitsResponse, _mercat_catalog_v1_SetPriceLimitsResponse__Output>
        SourcePrice: MessageTypeDefinition<_mercat_catalog_v1_SourcePrice, _mercat_catalog_v1_SourcePrice__Output>
        SuggestQueriesRequest: MessageTypeDefinition<_mercat_catalog_v1_SuggestQueriesRequest, _mercat_catalog_v1_SuggestQueriesRequest__Output>
        SuggestQueriesResponse: MessageTypeDefinition<_mercat_catalog_v1_SuggestQueriesResponse, _mercat_catalog_v1_SuggestQueriesResponse__Output>
        Suggestion: MessageTypeDefinition<_mercat_catalog_v1_Suggestion, _mercat_catalog_v1_Suggestion__Output>
        SuggestionKind: EnumTypeDefinition
        SynonymRule: MessageTypeDefinition<_mercat_catalog_v1_SynonymRule, _mercat_catalog_v1_SynonymRule__Output>
        UnarchiveProductRequest: MessageTypeDefinition<_mercat_catalog_v1_UnarchiveProductRequest, _mercat_catalog_v1_UnarchiveProductRequest__Output>
        UnarchiveProductResponse: MessageTypeDefinition<_mercat_catalog_v1_UnarchiveProductResponse, _mercat_catalog_v1_UnarchiveProductResponse__Output>
        UpdateProductRequest: MessageTypeDefinition<_mercat_catalog_v1_UpdateProductRequest, _mercat_catalog_v1_UpdateProductRequest__Output>
        UpdateProductResponse: MessageTypeDefinition<_mercat_catalog_v1_UpdateProductResponse, _mercat_catalog_v1_UpdateProductResponse__Output>
        WatchFilter: MessageTypeDefinition<_mercat_catalog_v1_WatchFilter, _mercat_catalog_v1_WatchFilter__Output>
        WatchProductsRequest: MessageTypeDefinition<_mercat_catalog_v1_WatchProductsRequest, _mercat_catalog_v1_WatchProductsRequest__Output>
        WatchProductsResponse: MessageTypeDefinition<_mercat_catalog_v1_WatchProductsResponse, _mercat_catalog_v1_WatchProductsResponse__Output>
      }
    }
  }
}

