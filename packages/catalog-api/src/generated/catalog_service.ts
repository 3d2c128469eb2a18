import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { FieldMask as _google_protobuf_FieldMask, FieldMask__Output as _google_protobuf_FieldMask__Output } from './google/protobuf/FieldMask.ts';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from './google/protobuf/Timestamp.ts';
import type { ArchiveProductRequest as _mercat_catalog_v1_ArchiveProductRequest, ArchiveProductRequest__Output as _mercat_catalog_v1_ArchiveProductRequest__Output } from './mercat/catalog/v1/ArchiveProductRequest.ts';
import type { ArchiveProductResponse as _mercat_catalog_v1_ArchiveProductResponse, ArchiveProductResponse__Output as _mercat_catalog_v1_ArchiveProductResponse__Output } from './mercat/catalog/v1/ArchiveProductResponse.ts';
import type { BatchGetProductsRequest as _mercat_catalog_v1_BatchGetProductsRequest, BatchGetProductsRequest__Output as _mercat_catalog_v1_BatchGetProductsRequest__Output } from './mercat/catalog/v1/BatchGetProductsRequest.ts';
import type { BatchGetProductsResponse as _mercat_catalog_v1_BatchGetProductsResponse, BatchGetProductsResponse__Output as _mercat_catalog_v1_BatchGetProductsResponse__Output } from './mercat/catalog/v1/BatchGetProductsResponse.ts';
import type { CatalogServiceClient as _mercat_catalog_v1_CatalogServiceClient, CatalogServiceDefinition as _mercat_catalog_v1_CatalogServiceDefinition } from './mercat/catalog/v1/CatalogService.ts';
import type { CreateProductRequest as _mercat_catalog_v1_CreateProductRequest, CreateProductRequest__Output as _mercat_catalog_v1_CreateProductRequest__Output } from './mercat/catalog/v1/CreateProductRequest.ts';
import type { CreateProductResponse as _mercat_catalog_v1_CreateProductResponse, CreateProductResponse__Output as _mercat_catalog_v1_CreateProductResponse__Output } from './mercat/catalog/v1/CreateProductResponse.ts';
import type { Facet as _mercat_catalog_v1_Facet, Facet__Output as _mercat_catalog_v1_Facet__Output } from './mercat/catalog/v1/Facet.ts';
import type { FacetValue as _mercat_catalog_v1_FacetValue, FacetValue__Output as _mercat_catalog_v1_FacetValue__Output } from './mercat/catalog/v1/FacetValue.ts';
import type { GetProductRequest as _mercat_catalog_v1_GetProductRequest, GetProductRequest__Output as _mercat_catalog_v1_GetProductRequest__Output } from './mercat/catalog/v1/GetProductRequest.ts';
import type { GetProductResponse as _mercat_catalog_v1_GetProductResponse, GetProductResponse__Output as _mercat_catalog_v1_GetProductResponse__Output } from './mercat/catalog/v1/GetProductResponse.ts';
import type { ImportFailure as _mercat_catalog_v1_ImportFailure, ImportFailure__Output as _mercat_catalog_v1_ImportFailure__Output } from './mercat/catalog/v1/ImportFailure.ts';
import type { ImportProductsRequest as _mercat_catalog_v1_ImportProductsRequest, ImportProductsRequest__Output as _mercat_catalog_v1_ImportProductsRequest__Output } from './mercat/catalog/v1/ImportProductsRequest.ts';
import type { ImportProductsResponse as _mercat_catalog_v1_ImportProductsResponse, ImportProductsResponse__Output as _mercat_catalog_v1_ImportProductsResponse__Output } from './mercat/catalog/v1/ImportProductsResponse.ts';
import type { Money as _mercat_catalog_v1_Money, Money__Output as _mercat_catalog_v1_Money__Output } from './mercat/catalog/v1/Money.ts';
import type { Product as _mercat_catalog_v1_Product, Product__Output as _mercat_catalog_v1_Product__Output } from './mercat/catalog/v1/Product.ts';
import type { ProductFilter as _mercat_catalog_v1_ProductFilter, ProductFilter__Output as _mercat_catalog_v1_ProductFilter__Output } from './mercat/catalog/v1/ProductFilter.ts';
import type { ProductUpsert as _mercat_catalog_v1_ProductUpsert, ProductUpsert__Output as _mercat_catalog_v1_ProductUpsert__Output } from './mercat/catalog/v1/ProductUpsert.ts';
import type { SearchProductsRequest as _mercat_catalog_v1_SearchProductsRequest, SearchProductsRequest__Output as _mercat_catalog_v1_SearchProductsRequest__Output } from './mercat/catalog/v1/SearchProductsRequest.ts';
import type { SearchProductsResponse as _mercat_catalog_v1_SearchProductsResponse, SearchProductsResponse__Output as _mercat_catalog_v1_SearchProductsResponse__Output } from './mercat/catalog/v1/SearchProductsResponse.ts';
import type { UnarchiveProductRequest as _mercat_catalog_v1_UnarchiveProductRequest, UnarchiveProductRequest__Output as _mercat_catalog_v1_UnarchiveProductRequest__Output } from './mercat/catalog/v1/UnarchiveProductRequest.ts';
import type { UnarchiveProductResponse as _mercat_catalog_v1_UnarchiveProductResponse, UnarchiveProductResponse__Output as _mercat_catalog_v1_UnarchiveProductResponse__Output } from './mercat/catalog/v1/UnarchiveProductResponse.ts';
import type { UpdateProductRequest as _mercat_catalog_v1_UpdateProductRequest, UpdateProductRequest__Output as _mercat_catalog_v1_UpdateProductRequest__Output } from './mercat/catalog/v1/UpdateProductRequest.ts';
import type { UpdateProductResponse as _mercat_catalog_v1_UpdateProductResponse, UpdateProductResponse__Output as _mercat_catalog_v1_UpdateProductResponse__Output } from './mercat/catalog/v1/UpdateProductResponse.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  google: {
    protobuf: {
      FieldMask: MessageTypeDefinition<_google_protobuf_FieldMask, _google_protobuf_FieldMask__Output>
      Timestamp: MessageTypeDefinition<_google_protobuf_Timestamp, _google_protobuf_Timestamp__Output>
    }
  }
  mercat: {
    catalog: {
      v1: {
        ArchiveProductRequest: MessageTypeDefinition<_mercat_catalog_v1_ArchiveProductRequest, _mercat_catalog_v1_ArchiveProductRequest__Output>
        ArchiveProductResponse: MessageTypeDefinition<_mercat_catalog_v1_ArchiveProductResponse, _mercat_catalog_v1_ArchiveProductResponse__Output>
        BatchGetProductsRequest: MessageTypeDefinition<_mercat_catalog_v1_BatchGetProductsRequest, _mercat_catalog_v1_BatchGetProductsRequest__Output>
        BatchGetProductsResponse: MessageTypeDefinition<_mercat_catalog_v1_BatchGetProductsResponse, _mercat_catalog_v1_BatchGetProductsResponse__Output>
        CatalogService: SubtypeConstructor<typeof grpc.Client, _mercat_catalog_v1_CatalogServiceClient> & { service: _mercat_catalog_v1_CatalogServiceDefinition }
        CreateProductRequest: MessageTypeDefinition<_mercat_catalog_v1_CreateProductRequest, _mercat_catalog_v1_CreateProductRequest__Output>
        CreateProductResponse: MessageTypeDefinition<_mercat_catalog_v1_CreateProductResponse, _mercat_catalog_v1_CreateProductResponse__Output>
        Facet: MessageTypeDefinition<_mercat_catalog_v1_Facet, _mercat_catalog_v1_Facet__Output>
        FacetValue: MessageTypeDefinition<_mercat_catalog_v1_FacetValue, _mercat_catalog_v1_FacetValue__Output>
        GetProductRequest: MessageTypeDefinition<_mercat_catalog_v1_GetProductRequest, _mercat_catalog_v1_GetProductRequest__Output>
        GetProductResponse: MessageTypeDefinition<_mercat_catalog_v1_GetProductResponse, _mercat_catalog_v1_GetProductResponse__Output>
        ImportFailure: MessageTypeDefinition<_mercat_catalog_v1_ImportFailure, _mercat_catalog_v1_ImportFailure__Output>
        ImportProductsRequest: MessageTypeDefinition<_mercat_catalog_v1_ImportProductsRequest, _mercat_catalog_v1_ImportProductsRequest__Output>
        ImportProductsResponse: MessageTypeDefinition<_mercat_catalog_v1_ImportProductsResponse, _mercat_catalog_v1_ImportProductsResponse__Output>
        Money: MessageTypeDefinition<_mercat_catalog_v1_Money, _mercat_catalog_v1_Money__Output>
        Product: MessageTypeDefinition<_mercat_catalog_v1_Product, _mercat_catalog_v1_Product__Output>
        ProductFilter: MessageTypeDefinition<_mercat_catalog_v1_ProductFilter, _mercat_catalog_v1_ProductFilter__Output>
        ProductUpsert: MessageTypeDefinition<_mercat_catalog_v1_ProductUpsert, _mercat_catalog_v1_ProductUpsert__Output>
        SearchProductsRequest: MessageTypeDefinition<_mercat_catalog_v1_SearchProductsRequest, _mercat_catalog_v1_SearchProductsRequest__Output>
        SearchProductsResponse: MessageTypeDefinition<_mercat_catalog_v1_SearchProductsResponse, _mercat_catalog_v1_SearchProductsResponse__Output>
        UnarchiveProductRequest: MessageTypeDefinition<_mercat_catalog_v1_UnarchiveProductRequest, _mercat_catalog_v1_UnarchiveProductRequest__Output>
        UnarchiveProductResponse: MessageTypeDefinition<_mercat_catalog_v1_UnarchiveProductResponse, _mercat_catalog_v1_UnarchiveProductResponse__Output>
        UpdateProductRequest: MessageTypeDefinition<_mercat_catalog_v1_UpdateProductRequest, _mercat_catalog_v1_UpdateProductRequest__Output>
        UpdateProductResponse: MessageTypeDefinition<_mercat_catalog_v1_UpdateProductResponse, _mercat_catalog_v1_UpdateProductResponse__Output>
      }
    }
  }
}

