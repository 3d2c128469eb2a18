import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { Duration as _google_protobuf_Duration, Duration__Output as _google_protobuf_Duration__Output } from './google/protobuf/Duration.ts';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from './google/protobuf/Timestamp.ts';
import type { AdjustStockRequest as _mercat_catalog_v1_AdjustStockRequest, AdjustStockRequest__Output as _mercat_catalog_v1_AdjustStockRequest__Output } from './mercat/catalog/v1/AdjustStockRequest.ts';
import type { AdjustStockResponse as _mercat_catalog_v1_AdjustStockResponse, AdjustStockResponse__Output as _mercat_catalog_v1_AdjustStockResponse__Output } from './mercat/catalog/v1/AdjustStockResponse.ts';
import type { CommitReservationsRequest as _mercat_catalog_v1_CommitReservationsRequest, CommitReservationsRequest__Output as _mercat_catalog_v1_CommitReservationsRequest__Output } from './mercat/catalog/v1/CommitReservationsRequest.ts';
import type { CommitReservationsResponse as _mercat_catalog_v1_CommitReservationsResponse, CommitReservationsResponse__Output as _mercat_catalog_v1_CommitReservationsResponse__Output } from './mercat/catalog/v1/CommitReservationsResponse.ts';
import type { CommitResult as _mercat_catalog_v1_CommitResult, CommitResult__Output as _mercat_catalog_v1_CommitResult__Output } from './mercat/catalog/v1/CommitResult.ts';
import type { GetReservationsRequest as _mercat_catalog_v1_GetReservationsRequest, GetReservationsRequest__Output as _mercat_catalog_v1_GetReservationsRequest__Output } from './mercat/catalog/v1/GetReservationsRequest.ts';
import type { GetReservationsResponse as _mercat_catalog_v1_GetReservationsResponse, GetReservationsResponse__Output as _mercat_catalog_v1_GetReservationsResponse__Output } from './mercat/catalog/v1/GetReservationsResponse.ts';
import type { GetStockRequest as _mercat_catalog_v1_GetStockRequest, GetStockRequest__Output as _mercat_catalog_v1_GetStockRequest__Output } from './mercat/catalog/v1/GetStockRequest.ts';
import type { GetStockResponse as _mercat_catalog_v1_GetStockResponse, GetStockResponse__Output as _mercat_catalog_v1_GetStockResponse__Output } from './mercat/catalog/v1/GetStockResponse.ts';
import type { InventoryServiceClient as _mercat_catalog_v1_InventoryServiceClient, InventoryServiceDefinition as _mercat_catalog_v1_InventoryServiceDefinition } from './mercat/catalog/v1/InventoryService.ts';
import type { ListStockMovementsRequest as _mercat_catalog_v1_ListStockMovementsRequest, ListStockMovementsRequest__Output as _mercat_catalog_v1_ListStockMovementsRequest__Output } from './mercat/catalog/v1/ListStockMovementsRequest.ts';
import type { ListStockMovementsResponse as _mercat_catalog_v1_ListStockMovementsResponse, ListStockMovementsResponse__Output as _mercat_catalog_v1_ListStockMovementsResponse__Output } from './mercat/catalog/v1/ListStockMovementsResponse.ts';
import type { LowestPrice as _mercat_catalog_v1_LowestPrice, LowestPrice__Output as _mercat_catalog_v1_LowestPrice__Output } from './mercat/catalog/v1/LowestPrice.ts';
import type { Money as _mercat_catalog_v1_Money, Money__Output as _mercat_catalog_v1_Money__Output } from './mercat/catalog/v1/Money.ts';
import type { OrderReservation as _mercat_catalog_v1_OrderReservation, OrderReservation__Output as _mercat_catalog_v1_OrderReservation__Output } from './mercat/catalog/v1/OrderReservation.ts';
import type { Product as _mercat_catalog_v1_Product, Product__Output as _mercat_catalog_v1_Product__Output } from './mercat/catalog/v1/Product.ts';
import type { RefusedLine as _mercat_catalog_v1_RefusedLine, RefusedLine__Output as _mercat_catalog_v1_RefusedLine__Output } from './mercat/catalog/v1/RefusedLine.ts';
import type { ReleaseReservationsRequest as _mercat_catalog_v1_ReleaseReservationsRequest, ReleaseReservationsRequest__Output as _mercat_catalog_v1_ReleaseReservationsRequest__Output } from './mercat/catalog/v1/ReleaseReservationsRequest.ts';
import type { ReleaseReservationsResponse as _mercat_catalog_v1_ReleaseReservationsResponse, ReleaseReservationsResponse__Output as _mercat_catalog_v1_ReleaseReservationsResponse__Output } from './mercat/catalog/v1/ReleaseReservationsResponse.ts';
import type { ReleaseResult as _mercat_catalog_v1_ReleaseResult, ReleaseResult__Output as _mercat_catalog_v1_ReleaseResult__Output } from './mercat/catalog/v1/ReleaseResult.ts';
import type { Reservation as _mercat_catalog_v1_Reservation, Reservation__Output as _mercat_catalog_v1_Reservation__Output } from './mercat/catalog/v1/Reservation.ts';
import type { ReservationRefusal as _mercat_catalog_v1_ReservationRefusal, ReservationRefusal__Output as _mercat_catalog_v1_ReservationRefusal__Output } from './mercat/catalog/v1/ReservationRefusal.ts';
import type { ReservationRequest as _mercat_catalog_v1_ReservationRequest, ReservationRequest__Output as _mercat_catalog_v1_ReservationRequest__Output } from './mercat/catalog/v1/ReservationRequest.ts';
import type { ReservationRequestLine as _mercat_catalog_v1_ReservationRequestLine, ReservationRequestLine__Output as _mercat_catalog_v1_ReservationRequestLine__Output } from './mercat/catalog/v1/ReservationRequestLine.ts';
import type { ReservationResult as _mercat_catalog_v1_ReservationResult, ReservationResult__Output as _mercat_catalog_v1_ReservationResult__Output } from './mercat/catalog/v1/ReservationResult.ts';
import type { ReserveStockRequest as _mercat_catalog_v1_ReserveStockRequest, ReserveStockRequest__Output as _mercat_catalog_v1_ReserveStockRequest__Output } from './mercat/catalog/v1/ReserveStockRequest.ts';
import type { ReserveStockResponse as _mercat_catalog_v1_ReserveStockResponse, ReserveStockResponse__Output as _mercat_catalog_v1_ReserveStockResponse__Output } from './mercat/catalog/v1/ReserveStockResponse.ts';
import type { ReservedLine as _mercat_catalog_v1_ReservedLine, ReservedLine__Output as _mercat_catalog_v1_ReservedLine__Output } from './mercat/catalog/v1/ReservedLine.ts';
import type { SetStockRequest as _mercat_catalog_v1_SetStockRequest, SetStockRequest__Output as _mercat_catalog_v1_SetStockRequest__Output } from './mercat/catalog/v1/SetStockRequest.ts';
import type { SetStockResponse as _mercat_catalog_v1_SetStockResponse, SetStockResponse__Output as _mercat_catalog_v1_SetStockResponse__Output } from './mercat/catalog/v1/SetStockResponse.ts';
import type { StockLevel as _mercat_catalog_v1_StockLevel, StockLevel__Output as _mercat_catalog_v1_StockLevel__Output } from './mercat/catalog/v1/StockLevel.ts';
import type { StockMovement as _mercat_catalog_v1_StockMovement, StockMovement__Output as _mercat_catalog_v1_StockMovement__Output } from './mercat/catalog/v1/StockMovement.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  google: {
    protobuf: {
      Duration: MessageTypeDefinition<_google_protobuf_Duration, _google_protobuf_Duration__Output>
      Timestamp: MessageTypeDefinition<_google_protobuf_Timestamp, _google_protobuf_Timestamp__Output>
    }
  }
  mercat: {
    catalog: {
      v1: {
        AdjustStockRequest: MessageTypeDefinition<_mercat_catalog_v1_AdjustStockRequest, _mercat_catalog_v1_AdjustStockRequest__Output>
        AdjustStockResponse: MessageTypeDefinition<_mercat_catalog_v1_AdjustStockResponse, _mercat_catalog_v1_AdjustStockResponse__Output>
        CommitReservationsRequest: MessageTypeDefinition<_mercat_catalog_v1_CommitReservationsRequest, _mercat_catalog_v1_CommitReservationsRequest__Output>
        CommitReservationsResponse: MessageTypeDefinition<_mercat_catalog_v1_CommitReservationsResponse, _mercat_catalog_v1_CommitReservationsResponse__Output>
        CommitResult: MessageTypeDefinition<_mercat_catalog_v1_CommitResult, _mercat_catalog_v1_CommitResult__Output>
        GetReservationsRequest: MessageTypeDefinition<_mercat_catalog_v1_GetReservationsRequest, _mercat_catalog_v1_GetReservationsRequest__Output>
        GetReservationsResponse: MessageTypeDefinition<_mercat_catalog_v1_GetReservationsResponse, _mercat_catalog_v1_GetReservationsResponse__Output>
        GetStockRequest: MessageTypeDefinition<_mercat_catalog_v1_GetStockRequest, _mercat_catalog_v1_GetStockRequest__Output>
        GetStockResponse: MessageTypeDefinition<_mercat_catalog_v1_GetStockResponse, _mercat_catalog_v1_GetStockResponse__Output>
        InventoryService: SubtypeConstructor<typeof grpc.Client, _mercat_catalog_v1_InventoryServiceClient> & { service: _mercat_catalog_v1_InventoryServiceDefinition }
        ListStockMovementsRequest: MessageTypeDefinition<_mercat_catalog_v1_ListStockMovementsRequest, _mercat_catalog_v1_ListStockMovementsRequest__Output>
        ListStockMovementsResponse: MessageTypeDefinition<_mercat_catalog_v1_ListStockMovementsResponse, _mercat_catalog_v1_ListStockMovementsResponse__Output>
        LowestPrice: MessageTypeDefinition<_mercat_catalog_v1_LowestPrice, _mercat_catalog_v1_LowestPrice__Output>
        Money: MessageTypeDefinition<_mercat_catalog_v1_Money, _mercat_catalog_v1_Money__Output>
        OrderReservation: MessageTypeDefinition<_mercat_catalog_v1_OrderReservation, _mercat_catalog_v1_OrderReservation__Output>
        Product: MessageTypeDefinition<_mercat_catalog_v1_Product, _mercat_catalog_v1_Product__Output>
        RefusedLine: MessageTypeDefinition<_mercat_catalog_v1_RefusedLine, _mercat_catalog_v1_RefusedLine__Output>
        ReleaseReservationsRequest: MessageTypeDefinition<_mercat_catalog_v1_ReleaseReservationsRequest, _mercat_catalog_v1_ReleaseReservationsRequest__Output>
        ReleaseReservationsResponse: MessageTypeDefinition<_mercat_catalog_v1_ReleaseReservationsResponse, _mercat_catalog_v1_ReleaseReservationsResponse__Output>
        ReleaseResult: MessageTypeDefinition<_mercat_catalog_v1_ReleaseResult, _mercat_catalog_v1_ReleaseResult__Output>
        Reservation: MessageTypeDefinition<_mercat_catalog_v1_Reservation, _mercat_catalog_v1_Reservation__Output>
        ReservationRefusal: MessageTypeDefinition<_mercat_catalog_v1_ReservationRefusal, _mercat_catalog_v1_ReservationRefusal__Output>
        ReservationRequest: MessageTypeDefinition<_mercat_catalog_v1_ReservationRequest, _mercat_catalog_v1_ReservationRequest__Output>
        ReservationRequestLine: MessageTypeDefinition<_mercat_catalog_v1_ReservationRequestLine, _mercat_catalog_v1_ReservationRequestLine__Output>
        ReservationResult: MessageTypeDefinition<_mercat_catalog_v1_ReservationResult, _mercat_catalog_v1_ReservationResult__Output>
        ReservationState: EnumTypeDefinition
        ReserveStockRequest: MessageTypeDefinition<_mercat_catalog_v1_ReserveStockRequest, _mercat_catalog_v1_ReserveStockRequest__Output>
        ReserveStockResponse: MessageTypeDefinition<_mercat_catalog_v1_ReserveStockResponse, _mercat_catalog_v1_ReserveStockResponse__Output>
        ReservedLine: MessageTypeDefinition<_mercat_catalog_v1_ReservedLine, _mercat_catalog_v1_ReservedLine__Output>
        SetStockRequest: MessageTypeDefinition<_mercat_catalog_v1_SetStockRequest, _mercat_catalog_v1_SetStockRequest__Output>
        SetStockResponse: MessageTypeDefinition<_mercat_catalog_v1_SetStockResponse, _mercat_catalog_v1_SetStockResponse__Output>
        StockLevel: MessageTypeDefinition<_mercat_catalog_v1_StockLevel, _mercat_catalog_v1_StockLevel__Output>
        StockMovement: MessageTypeDefinition<_mercat_catalog_v1_StockMovement, _mercat_catalog_v1_StockMovement__Output>
        StockMovementKind: EnumTypeDefinition
      }
    }
  }
}

