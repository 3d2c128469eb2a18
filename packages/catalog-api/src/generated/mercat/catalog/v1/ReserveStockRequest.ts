
import type { ReservationRequest as _mercat_catalog_v1_ReservationRequest, ReservationRequest__Output as _mercat_catalog_v1_ReservationRequest__Output } from '../../../mercat/catalog/v1/ReservationRequest.ts';

export interface ReserveStockRequest {
  'reservations'?: (_mercat_catalog_v1_ReservationRequest)[];
}

export interface ReserveStockRequest__Output {
  'reservations': (_mercat_catalog_v1_ReservationRequest__Output)[];
}
