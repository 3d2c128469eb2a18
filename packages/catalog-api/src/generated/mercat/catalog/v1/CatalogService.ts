
import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ArchiveProductRequest as _mercat_catalog_v1_ArchiveProductRequest, ArchiveProductRequest__Output as _mercat_catalog_v1_ArchiveProductRequest__Output } from '../../../mercat/catalog/v1/ArchiveProductRequest.ts';
import type { ArchiveProductResponse as _mercat_catalog_v1_ArchiveProductResponse, ArchiveProductResponse__Output as _mercat_catalog_v1_ArchiveProductResponse__Output } from '../../../mercat/catalog/v1/ArchiveProductResponse.ts';
import type { BatchGetProductsRequest as _mercat_catalog_v1_BatchGetProductsRequest, BatchGetProductsRequest__Output as _mercat_catalog_v1_BatchGetProductsRequest__Output } from '../../../mercat/catalog/v1/BatchGetProductsRequest.ts';
import type { BatchGetProductsResponse as _mercat_catalog_v1_BatchGetProductsResponse, BatchGetProductsResponse__Output as _mercat_catalog_v1_BatchGetProductsResponse__Output } from '../../../mercat/catalog/v1/BatchGetProductsResponse.ts';
import type { CreateProductRequest as _mercat_catalog_v1_CreateProductRequest, CreateProductRequest__Output as _mercat_catalog_v1_CreateProductRequest__Output } from '../../../mercat/catalog/v1/CreateProductRequest.ts';
import type { CreateProductResponse as _mercat_catalog_v1_CreateProductResponse, CreateProductResponse__Output as _mercat_catalog_v1_CreateProductResponse__Output } from '../../../mercat/catalog/v1/CreateProductResponse.ts';
import type { GetProductRequest as _mercat_catalog_v1_GetProductRequest, GetProductRequest__Output as _mercat_catalog_v1_GetProductRequest__Output } from '../../../mercat/catalog/v1/GetProductRequest.ts';
import type { GetProductResponse as _mercat_catalog_v1_GetProductResponse, GetProductResponse__Output as _mercat_catalog_v1_GetProductResponse__Output } from '../../../mercat/catalog/v1/GetProductResponse.ts';
import type { ImportProductsRequest as _mercat_catalog_v1_ImportProductsRequest, ImportProductsRequest__Output as _mercat_catalog_v1_ImportProductsRequest__Output } from '../../../mercat/catalog/v1/ImportProductsRequest.ts';
import type { ImportProductsResponse as _mercat_catalog_v1_ImportProductsResponse, ImportProductsResponse__Output as _mercat_catalog_v1_ImportProductsResponse__Output } from '../../../mercat/catalog/v1/ImportProductsResponse.ts';
import type { SearchProductsRequest as _mercat_catalog_v1_SearchProductsRequest, SearchProductsRequest__Output as _mercat_catalog_v1_SearchProductsRequest__Output } from '../../../mercat/catalog/v1/SearchProductsRequest.ts';
import type { SearchProductsResponse as _mercat_catalog_v1_SearchProductsResponse, SearchProductsResponse__Output as _mercat_catalog_v1_SearchProductsResponse__Output } from '../../../mercat/catalog/v1/SearchProductsResponse.ts';
import type { UnarchiveProductRequest as _mercat_catalog_v1_UnarchiveProductRequest, UnarchiveProductRequest__Output as _mercat_catalog_v1_UnarchiveProductRequest__Output } from '../../../mercat/catalog/v1/UnarchiveProductRequest.ts';
import type { UnarchiveProductResponse as _mercat_catalog_v1_UnarchiveProductResponse, UnarchiveProductResponse__Output as _mercat_catalog_v1_UnarchiveProductResponse__Output } from '../../../mercat/catalog/v1/UnarchiveProductResponse.ts';
import type { UpdateProductRequest as _mercat_catalog_v1_UpdateProductRequest, UpdateProductRequest__Output as _mercat_catalog_v1_UpdateProductRequest__Output } from '../../../mercat/catalog/v1/UpdateProductRequest.ts';
import type { UpdateProductResponse as _mercat_catalog_v1_UpdateProductResponse, UpdateProductResponse__Output as _mercat_catalog_v1_UpdateProductResponse__Output } from '../../../mercat/catalog/v1/UpdateProductResponse.ts';

export interface CatalogServiceClient extends grpc.Client {
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
  
  CreateProduct(argument: _mercat_catalog_v1_CreateProductRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_CreateProductResponse__Output>): grpc.ClientUnaryCall;
  CreateProduct(argument: _mercat_catalog_v1_CreateProductRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_CreateProductResponse__Output>): grpc.ClientUnaryCall;
  CreateProduct(argument: _mercat_catalog_v1_CreateProductRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_CreateProductResponse__Output>): grpc.ClientUnaryCall;
  CreateProduct(argument: _mercat_catalog_v1_CreateProductRequest, callback: grpc.requestCallback<_mercat_catalog_v1_CreateProductResponse__Output>): grpc.ClientUnaryCall;
  createProduct(argument: _mercat_catalog_v1_CreateProductRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_CreateProductResponse__Output>): grpc.ClientUnaryCall;
  createProduct(argument: _mercat_catalog_v1_CreateProductRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_CreateProductResponse__Output>): grpc.ClientUnaryCall;
  createProduct(argument: _mercat_catalog_v1_CreateProductRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_CreateProductResponse__Output>): grpc.ClientUnaryCall;
  createProduct(argument: _mercat_catalog_v1_CreateProductRequest, callback: grpc.requestCallback<_mercat_catalog_v1_CreateProductResponse__Output>): grpc.ClientUnaryCall;
  
  GetProduct(argument: _mercat_catalog_v1_GetProductRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetProductResponse__Output>): grpc.ClientUnaryCall;
  GetProduct(argument: _mercat_catalog_v1_GetProductRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_GetProductResponse__Output>): grpc.ClientUnaryCall;
  GetProduct(argument: _mercat_catalog_v1_GetProductRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetProductResponse__Output>): grpc.ClientUnaryCall;
  GetProduct(argument: _mercat_catalog_v1_GetProductRequest, callback: grpc.requestCallback<_mercat_catalog_v1_GetProductResponse__Output>): grpc.ClientUnaryCall;
  getProduct(argument: _mercat_catalog_v1_GetProductRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetProductResponse__Output>): grpc.ClientUnaryCall;
  getProduct(argument: _mercat_catalog_v1_GetProductRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_GetProductResponse__Output>): grpc.ClientUnaryCall;
  getProduct(argument: _mercat_catalog_v1_GetProductRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetProductResponse__Output>): grpc.ClientUnaryCall;
  getProduct(argument: _mercat_catalog_v1_GetProductRequest, callback: grpc.requestCallback<_mercat_catalog_v1_GetProductResponse__Output>): grpc.ClientUnaryCall;
  
  ImportProducts(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_mercat_catalog_v1_ImportProductsRequest, _mercat_catalog_v1_ImportProductsResponse__Output>;
  ImportProducts(options?: grpc.CallOptions): grpc.ClientDuplexStream<_mercat_catalog_v1_ImportProductsRequest, _mercat_catalog_v1_ImportProductsResponse__Output>;
  importProducts(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_mercat_catalog_v1_ImportProductsRequest, _mercat_catalog_v1_ImportProductsResponse__Output>;
  importProducts(options?: grpc.CallOptions): grpc.ClientDuplexStream<_mercat_catalog_v1_ImportProductsRequest, _mercat_catalog_v1_ImportProductsResponse__Output>;
  
  SearchProducts(argument: _mercat_catalog_v1_SearchProductsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_SearchProductsResponse__Output>): grpc.ClientUnaryCall;
  SearchProducts(argument: _mercat_catalog_v1_SearchProductsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_SearchProductsResponse__Output>): grpc.ClientUnaryCall;
  SearchProducts(argument: _mercat_catalog_v1_SearchProductsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_SearchProductsResponse__Output>): grpc.ClientUnaryCall;
  SearchProducts(argument: _mercat_catalog_v1_SearchProductsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_SearchProductsResponse__Output>): grpc.ClientUnaryCall;
  searchProducts(argument: _mercat_catalog_v1_SearchProductsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_SearchProductsResponse__Output>): grpc.ClientUnaryCall;
  searchProducts(argument: _mercat_catalog_v1_SearchProductsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_SearchProductsResponse__Output>): grpc.ClientUnaryCall;
  searchProducts(argument: _mercat_catalog_v1_SearchProductsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_SearchProductsResponse__Output>): grpc.ClientUnaryCall;
  searchProducts(argument: _mercat_catalog_v1_SearchProductsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_SearchProductsResponse__Output>): grpc.ClientUnaryCall;
  
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
  
}

export interface CatalogServiceHandlers extends grpc.UntypedServiceImplementation {
  ArchiveProduct: grpc.handleUnaryCall<_mercat_catalog_v1_ArchiveProductRequest__Output, _mercat_catalog_v1_ArchiveProductResponse>;
  
  BatchGetProducts: grpc.handleUnaryCall<_mercat_catalog_v1_BatchGetProductsRequest__Output, _mercat_catalog_v1_BatchGetProductsResponse>;
  
  CreateProduct: grpc.handleUnaryCall<_mercat_catalog_v1_CreateProductRequest__Output, _mercat_catalog_v1_CreateProductResponse>;
  
  GetProduct: grpc.handleUnaryCall<_mercat_catalog_v1_GetProductRequest__Output, _mercat_catalog_v1_GetProductResponse>;
  
  ImportProducts: grpc.handleBidiStreamingCall<_mercat_catalog_v1_ImportProductsRequest__Output, _mercat_catalog_v1_ImportProductsResponse>;
  
  SearchProducts: grpc.handleUnaryCall<_mercat_catalog_v1_SearchProductsRequest__Output, _mercat_catalog_v1_SearchProductsResponse>;
  
  UnarchiveProduct: grpc.handleUnaryCall<_mercat_catalog_v1_UnarchiveProductRequest__Output, _mercat_catalog_v1_UnarchiveProductResponse>;
  
  UpdateProduct: grpc.handleUnaryCall<_mercat_catalog_v1_UpdateProductRequest__Output, _mercat_catalog_v1_UpdateProductResponse>;
  
}

export interface CatalogServiceDefinition extends grpc.ServiceDefinition {
  ArchiveProduct: MethodDefinition<_mercat_catalog_v1_ArchiveProductRequest, _mercat_catalog_v1_ArchiveProductResponse, _mercat_catalog_v1_ArchiveProductRequest__Output, _mercat_catalog_v1_ArchiveProductResponse__Output>
  BatchGetProducts: MethodDefinition<_mercat_catalog_v1_BatchGetProductsRequest, _mercat_catalog_v1_BatchGetProductsResponse, _mercat_catalog_v1_BatchGetProductsRequest__Output, _mercat_catalog_v1_BatchGetProductsResponse__Output>
  CreateProduct: MethodDefinition<_mercat_catalog_v1_CreateProductRequest, _mercat_catalog_v1_CreateProductResponse, _mercat_catalog_v1_CreateProductRequest__Output, _mercat_catalog_v1_CreateProductResponse__Output>
  GetProduct: MethodDefinition<_mercat_catalog_v1_GetProductRequest, _mercat_catalog_v1_GetProductResponse, _mercat_catalog_v1_GetProductRequest__Output, _mercat_catalog_v1_GetProductResponse__Output>
  ImportProducts: MethodDefinition<_mercat_catalog_v1_ImportProductsRequest, _mercat_catalog_v1_ImportProductsResponse, _mercat_catalog_v1_ImportProductsRequest__Output, _mercat_catalog_v1_ImportProductsResponse__Output>
  SearchProducts: MethodDefinition<_mercat_catalog_v1_SearchProductsRequest, _mercat_catalog_v1_SearchProductsResponse, _mercat_catalog_v1_SearchProductsRequest__Output, _mercat_catalog_v1_SearchProductsResponse__Output>
  UnarchiveProduct: MethodDefinition<_mercat_catalog_v1_UnarchiveProductRequest, _mercat_catalog_v1_UnarchiveProductResponse, _mercat_catalog_v1_UnarchiveProductRequest__Output, _mercat_catalog_v1_UnarchiveProductResponse__Output>
  UpdateProduct: MethodDefinition<_mercat_catalog_v1_UpdateProductRequest, _mercat_catalog_v1_UpdateProductResponse, _mercat_catalog_v1_UpdateProductRequest__Output, _mercat_catalog_v1_UpdateProductResponse__Output>
}
