
import type { ReservationResult as _mercat_catalog_v1_ReservationResult, ReservationResult__Output as _mercat_catalog_v1_ReservationResult__Output } from '../../../mercat/catalog/v1/ReservationResult.ts';

export interface ReserveStockResponse {
  'results'?: (_mercat_catalog_v1_ReservationResult)[];
}

export interface ReserveStockResponse__Output {
  'results': (_mercat_catalog_v1_ReservationResult__Output)[];
}
