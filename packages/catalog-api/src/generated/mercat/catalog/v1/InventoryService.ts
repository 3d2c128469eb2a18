
import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { AdjustStockRequest as _mercat_catalog_v1_AdjustStockRequest, AdjustStockRequest__Output as _mercat_catalog_v1_AdjustStockRequest__Output } from '../../../mercat/catalog/v1/AdjustStockRequest.ts';
import type { AdjustStockResponse as _mercat_catalog_v1_AdjustStockResponse, AdjustStockResponse__Output as _mercat_catalog_v1_AdjustStockResponse__Output } from '../../../mercat/catalog/v1/AdjustStockResponse.ts';
import type { CommitReservationsRequest as _mercat_catalog_v1_CommitReservationsRequest, CommitReservationsRequest__Output as _mercat_catalog_v1_CommitReservationsRequest__Output } from '../../../mercat/catalog/v1/CommitReservationsRequest.ts';
import type { CommitReservationsResponse as _mercat_catalog_v1_CommitReservationsResponse, CommitReservationsResponse__Output as _mercat_catalog_v1_CommitReservationsResponse__Output } from '../../../mercat/catalog/v1/CommitReservationsResponse.ts';
import type { GetReservationsRequest as _mercat_catalog_v1_GetReservationsRequest, GetReservationsRequest__Output as _mercat_catalog_v1_GetReservationsRequest__Output } from '../../../mercat/catalog/v1/GetReservationsRequest.ts';
import type { GetReservationsResponse as _mercat_catalog_v1_GetReservationsResponse, GetReservationsResponse__Output as _mercat_catalog_v1_GetReservationsResponse__Output } from '../../../mercat/catalog/v1/GetReservationsResponse.ts';
import type { GetStockRequest as _mercat_catalog_v1_GetStockRequest, GetStockRequest__Output as _mercat_catalog_v1_GetStockRequest__Output } from '../../../mercat/catalog/v1/GetStockRequest.ts';
import type { GetStockResponse as _mercat_catalog_v1_GetStockResponse, GetStockResponse__Output as _mercat_catalog_v1_GetStockResponse__Output } from '../../../mercat/catalog/v1/GetStockResponse.ts';
import type { ListStockMovementsRequest as _mercat_catalog_v1_ListStockMovementsRequest, ListStockMovementsRequest__Output as _mercat_catalog_v1_ListStockMovementsRequest__Output } from '../../../mercat/catalog/v1/ListStockMovementsRequest.ts';
import type { ListStockMovementsResponse as _mercat_catalog_v1_ListStockMovementsResponse, ListStockMovementsResponse__Output as _mercat_catalog_v1_ListStockMovementsResponse__Output } from '../../../mercat/catalog/v1/ListStockMovementsResponse.ts';
import type { ReleaseReservationsRequest as _mercat_catalog_v1_ReleaseReservationsRequest, ReleaseReservationsRequest__Output as _mercat_catalog_v1_ReleaseReservationsRequest__Output } from '../../../mercat/catalog/v1/ReleaseReservationsRequest.ts';
import type { ReleaseReservationsResponse as _mercat_catalog_v1_ReleaseReservationsResponse, ReleaseReservationsResponse__Output as _mercat_catalog_v1_ReleaseReservationsResponse__Output } from '../../../mercat/catalog/v1/ReleaseReservationsResponse.ts';
import type { ReserveStockRequest as _mercat_catalog_v1_ReserveStockRequest, ReserveStockRequest__Output as _mercat_catalog_v1_ReserveStockRequest__Output } from '../../../mercat/catalog/v1/ReserveStockRequest.ts';
import type { ReserveStockResponse as _mercat_catalog_v1_ReserveStockResponse, ReserveStockResponse__Output as _mercat_catalog_v1_ReserveStockResponse__Output } from '../../../mercat/catalog/v1/ReserveStockResponse.ts';
import type { SetStockRequest as _mercat_catalog_v1_SetStockRequest, SetStockRequest__Output as _mercat_catalog_v1_SetStockRequest__Output } from '../../../mercat/catalog/v1/SetStockRequest.ts';
import type { SetStockResponse as _mercat_catalog_v1_SetStockResponse, SetStockResponse__Output as _mercat_catalog_v1_SetStockResponse__Output } from '../../../mercat/catalog/v1/SetStockResponse.ts';

export interface InventoryServiceClient extends grpc.Client {
  AdjustStock(argument: _mercat_catalog_v1_AdjustStockRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_AdjustStockResponse__Output>): grpc.ClientUnaryCall;
  AdjustStock(argument: _mercat_catalog_v1_AdjustStockRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_AdjustStockResponse__Output>): grpc.ClientUnaryCall;
  AdjustStock(argument: _mercat_catalog_v1_AdjustStockRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_AdjustStockResponse__Output>): grpc.ClientUnaryCall;
  AdjustStock(argument: _mercat_catalog_v1_AdjustStockRequest, callback: grpc.requestCallback<_mercat_catalog_v1_AdjustStockResponse__Output>): grpc.ClientUnaryCall;
  adjustStock(argument: _mercat_catalog_v1_AdjustStockRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_AdjustStockResponse__Output>): grpc.ClientUnaryCall;
  adjustStock(argument: _mercat_catalog_v1_AdjustStockRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_AdjustStockResponse__Output>): grpc.ClientUnaryCall;
  adjustStock(argument: _mercat_catalog_v1_AdjustStockRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_AdjustStockResponse__Output>): grpc.ClientUnaryCall;
  adjustStock(argument: _mercat_catalog_v1_AdjustStockRequest, callback: grpc.requestCallback<_mercat_catalog_v1_AdjustStockResponse__Output>): grpc.ClientUnaryCall;
  
  CommitReservations(argument: _mercat_catalog_v1_CommitReservationsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_CommitReservationsResponse__Output>): grpc.ClientUnaryCall;
  CommitReservations(argument: _mercat_catalog_v1_CommitReservationsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_CommitReservationsResponse__Output>): grpc.ClientUnaryCall;
  CommitReservations(argument: _mercat_catalog_v1_CommitReservationsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_CommitReservationsResponse__Output>): grpc.ClientUnaryCall;
  CommitReservations(argument: _mercat_catalog_v1_CommitReservationsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_CommitReservationsResponse__Output>): grpc.ClientUnaryCall;
  commitReservations(argument: _mercat_catalog_v1_CommitReservationsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_CommitReservationsResponse__Output>): grpc.ClientUnaryCall;
  commitReservations(argument: _mercat_catalog_v1_CommitReservationsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_CommitReservationsResponse__Output>): grpc.ClientUnaryCall;
  commitReservations(argument: _mercat_catalog_v1_CommitReservationsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_CommitReservationsResponse__Output>): grpc.ClientUnaryCall;
  commitReservations(argument: _mercat_catalog_v1_CommitReservationsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_CommitReservationsResponse__Output>): grpc.ClientUnaryCall;
  
  GetReservations(argument: _mercat_catalog_v1_GetReservationsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetReservationsResponse__Output>): grpc.ClientUnaryCall;
  GetReservations(argument: _mercat_catalog_v1_GetReservationsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_GetReservationsResponse__Output>): grpc.ClientUnaryCall;
  GetReservations(argument: _mercat_catalog_v1_GetReservationsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetReservationsResponse__Output>): grpc.ClientUnaryCall;
  GetReservations(argument: _mercat_catalog_v1_GetReservationsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_GetReservationsResponse__Output>): grpc.ClientUnaryCall;
  getReservations(argument: _mercat_catalog_v1_GetReservationsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetReservationsResponse__Output>): grpc.ClientUnaryCall;
  getReservations(argument: _mercat_catalog_v1_GetReservationsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_GetReservationsResponse__Output>): grpc.ClientUnaryCall;
  getReservations(argument: _mercat_catalog_v1_GetReservationsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetReservationsResponse__Output>): grpc.ClientUnaryCall;
  getReservations(argument: _mercat_catalog_v1_GetReservationsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_GetReservationsResponse__Output>): grpc.ClientUnaryCall;
  
  GetStock(argument: _mercat_catalog_v1_GetStockRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetStockResponse__Output>): grpc.ClientUnaryCall;
  GetStock(argument: _mercat_catalog_v1_GetStockRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_GetStockResponse__Output>): grpc.ClientUnaryCall;
  GetStock(argument: _mercat_catalog_v1_GetStockRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetStockResponse__Output>): grpc.ClientUnaryCall;
  GetStock(argument: _mercat_catalog_v1_GetStockRequest, callback: grpc.requestCallback<_mercat_catalog_v1_GetStockResponse__Output>): grpc.ClientUnaryCall;
  getStock(argument: _mercat_catalog_v1_GetStockRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetStockResponse__Output>): grpc.ClientUnaryCall;
  getStock(argument: _mercat_catalog_v1_GetStockRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_GetStockResponse__Output>): grpc.ClientUnaryCall;
  getStock(argument: _mercat_catalog_v1_GetStockRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_GetStockResponse__Output>): grpc.ClientUnaryCall;
  getStock(argument: _mercat_catalog_v1_GetStockRequest, callback: grpc.requestCallback<_mercat_catalog_v1_GetStockResponse__Output>): grpc.ClientUnaryCall;
  
  ListStockMovements(argument: _mercat_catalog_v1_ListStockMovementsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListStockMovementsResponse__Output>): grpc.ClientUnaryCall;
  ListStockMovements(argument: _mercat_catalog_v1_ListStockMovementsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ListStockMovementsResponse__Output>): grpc.ClientUnaryCall;
  ListStockMovements(argument: _mercat_catalog_v1_ListStockMovementsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListStockMovementsResponse__Output>): grpc.ClientUnaryCall;
  ListStockMovements(argument: _mercat_catalog_v1_ListStockMovementsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ListStockMovementsResponse__Output>): grpc.ClientUnaryCall;
  listStockMovements(argument: _mercat_catalog_v1_ListStockMovementsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListStockMovementsResponse__Output>): grpc.ClientUnaryCall;
  listStockMovements(argument: _mercat_catalog_v1_ListStockMovementsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ListStockMovementsResponse__Output>): grpc.ClientUnaryCall;
  listStockMovements(argument: _mercat_catalog_v1_ListStockMovementsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ListStockMovementsResponse__Output>): grpc.ClientUnaryCall;
  listStockMovements(argument: _mercat_catalog_v1_ListStockMovementsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ListStockMovementsResponse__Output>): grpc.ClientUnaryCall;
  
  ReleaseReservations(argument: _mercat_catalog_v1_ReleaseReservationsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ReleaseReservationsResponse__Output>): grpc.ClientUnaryCall;
  ReleaseReservations(argument: _mercat_catalog_v1_ReleaseReservationsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ReleaseReservationsResponse__Output>): grpc.ClientUnaryCall;
  ReleaseReservations(argument: _mercat_catalog_v1_ReleaseReservationsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ReleaseReservationsResponse__Output>): grpc.ClientUnaryCall;
  ReleaseReservations(argument: _mercat_catalog_v1_ReleaseReservationsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ReleaseReservationsResponse__Output>): grpc.ClientUnaryCall;
  releaseReservations(argument: _mercat_catalog_v1_ReleaseReservationsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ReleaseReservationsResponse__Output>): grpc.ClientUnaryCall;
  releaseReservations(argument: _mercat_catalog_v1_ReleaseReservationsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ReleaseReservationsResponse__Output>): grpc.ClientUnaryCall;
  releaseReservations(argument: _mercat_catalog_v1_ReleaseReservationsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ReleaseReservationsResponse__Output>): grpc.ClientUnaryCall;
  releaseReservations(argument: _mercat_catalog_v1_ReleaseReservationsRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ReleaseReservationsResponse__Output>): grpc.ClientUnaryCall;
  
  ReserveStock(argument: _mercat_catalog_v1_ReserveStockRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ReserveStockResponse__Output>): grpc.ClientUnaryCall;
  ReserveStock(argument: _mercat_catalog_v1_ReserveStockRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ReserveStockResponse__Output>): grpc.ClientUnaryCall;
  ReserveStock(argument: _mercat_catalog_v1_ReserveStockRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ReserveStockResponse__Output>): grpc.ClientUnaryCall;
  ReserveStock(argument: _mercat_catalog_v1_ReserveStockRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ReserveStockResponse__Output>): grpc.ClientUnaryCall;
  reserveStock(argument: _mercat_catalog_v1_ReserveStockRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ReserveStockResponse__Output>): grpc.ClientUnaryCall;
  reserveStock(argument: _mercat_catalog_v1_ReserveStockRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_ReserveStockResponse__Output>): grpc.ClientUnaryCall;
  reserveStock(argument: _mercat_catalog_v1_ReserveStockRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_ReserveStockResponse__Output>): grpc.ClientUnaryCall;
  reserveStock(argument: _mercat_catalog_v1_ReserveStockRequest, callback: grpc.requestCallback<_mercat_catalog_v1_ReserveStockResponse__Output>): grpc.ClientUnaryCall;
  
  SetStock(argument: _mercat_catalog_v1_SetStockRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_SetStockResponse__Output>): grpc.ClientUnaryCall;
  SetStock(argument: _mercat_catalog_v1_SetStockRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_SetStockResponse__Output>): grpc.ClientUnaryCall;
  SetStock(argument: _mercat_catalog_v1_SetStockRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_SetStockResponse__Output>): grpc.ClientUnaryCall;
  SetStock(argument: _mercat_catalog_v1_SetStockRequest, callback: grpc.requestCallback<_mercat_catalog_v1_SetStockResponse__Output>): grpc.ClientUnaryCall;
  setStock(argument: _mercat_catalog_v1_SetStockRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_SetStockResponse__Output>): grpc.ClientUnaryCall;
  setStock(argument: _mercat_catalog_v1_SetStockRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_mercat_catalog_v1_SetStockResponse__Output>): grpc.ClientUnaryCall;
  setStock(argument: _mercat_catalog_v1_SetStockRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_mercat_catalog_v1_SetStockResponse__Output>): grpc.ClientUnaryCall;
  setStock(argument: _mercat_catalog_v1_SetStockRequest, callback: grpc.requestCallback<_mercat_catalog_v1_SetStockResponse__Output>): grpc.ClientUnaryCall;
  
}

export interface InventoryServiceHandlers extends grpc.UntypedServiceImplementation {
  AdjustStock: grpc.handleUnaryCall<_mercat_catalog_v1_AdjustStockRequest__Output, _mercat_catalog_v1_AdjustStockResponse>;
  
  CommitReservations: grpc.handleUnaryCall<_mercat_catalog_v1_CommitReservationsRequest__Output, _mercat_catalog_v1_CommitReservationsResponse>;
  
  GetReservations: grpc.handleUnaryCall<_mercat_catalog_v1_GetReservationsRequest__Output, _mercat_catalog_v1_GetReservationsResponse>;
  
  GetStock: grpc.handleUnaryCall<_mercat_catalog_v1_GetStockRequest__Output, _mercat_catalog_v1_GetStockResponse>;
  
  ListStockMovements: grpc.handleUnaryCall<_mercat_catalog_v1_ListStockMovementsRequest__Output, _mercat_catalog_v1_ListStockMovementsResponse>;
  
  ReleaseReservations: grpc.handleUnaryCall<_mercat_catalog_v1_ReleaseReservationsRequest__Output, _mercat_catalog_v1_ReleaseReservationsResponse>;
  
  ReserveStock: grpc.handleUnaryCall<_mercat_catalog_v1_ReserveStockRequest__Output, _mercat_catalog_v1_ReserveStockResponse>;
  
  SetStock: grpc.handleUnaryCall<_mercat_catalog_v1_SetStockRequest__Output, _mercat_catalog_v1_SetStockResponse>;
  
}

export interface InventoryServiceDefinition extends grpc.ServiceDefinition {
  AdjustStock: MethodDefinition<_mercat_catalog_v1_AdjustStockRequest, _mercat_catalog_v1_AdjustStockResponse, _mercat_catalog_v1_AdjustStockRequest__Output, _mercat_catalog_v1_AdjustStockResponse__Output>
  CommitReservations: MethodDefinition<_mercat_catalog_v1_CommitReservationsRequest, _mercat_catalog_v1_CommitReservationsResponse, _mercat_catalog_v1_CommitReservationsRequest__Output, _mercat_catalog_v1_CommitReservationsResponse__Output>
  GetReservations: MethodDefinition<_mercat_catalog_v1_GetReservationsRequest, _mercat_catalog_v1_GetReservationsResponse, _mercat_catalog_v1_GetReservationsRequest__Output, _mercat_catalog_v1_GetReservationsResponse__Output>
  GetStock: MethodDefinition<_mercat_catalog_v1_GetStockRequest, _mercat_catalog_v1_GetStockResponse, _mercat_catalog_v1_GetStockRequest__Output, _mercat_catalog_v1_GetStockResponse__Output>
  ListStockMovements: MethodDefinition<_mercat_catalog_v1_ListStockMovementsRequest, _mercat_catalog_v1_ListStockMovementsResponse, _mercat_catalog_v1_ListStockMovementsRequest__Output, _mercat_catalog_v1_ListStockMovementsResponse__Output>
  ReleaseReservations: MethodDefinition<_mercat_catalog_v1_ReleaseReservationsRequest, _mercat_catalog_v1_ReleaseReservationsResponse, _mercat_catalog_v1_ReleaseReservationsRequest__Output, _mercat_catalog_v1_ReleaseReservationsResponse__Output>
  ReserveStock: MethodDefinition<_mercat_catalog_v1_ReserveStockRequest, _mercat_catalog_v1_ReserveStockResponse, _mercat_catalog_v1_ReserveStockRequest__Output, _mercat_catalog_v1_ReserveStockResponse__Output>
  SetStock: MethodDefinition<_mercat_catalog_v1_SetStockRequest, _mercat_catalog_v1_SetStockResponse, _mercat_catalog_v1_SetStockRequest__Output, _mercat_catalog_v1_SetStockResponse__Output>
}
