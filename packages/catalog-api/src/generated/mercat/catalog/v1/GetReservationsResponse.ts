
import type { OrderReservation as _mercat_catalog_v1_OrderReservation, OrderReservation__Output as _mercat_catalog_v1_OrderReservation__Output } from '../../../mercat/catalog/v1/OrderReservation.ts';

export interface GetReservationsResponse {
  'reservations'?: (_mercat_catalog_v1_OrderReservation)[];
}

export interface GetReservationsResponse__Output {
  'reservations': (_mercat_catalog_v1_OrderReservation__Output)[];
}
