
import type { Reservation as _mercat_catalog_v1_Reservation, Reservation__Output as _mercat_catalog_v1_Reservation__Output } from '../../../mercat/catalog/v1/Reservation.ts';
import type { ReservationRefusal as _mercat_catalog_v1_ReservationRefusal, ReservationRefusal__Output as _mercat_catalog_v1_ReservationRefusal__Output } from '../../../mercat/catalog/v1/ReservationRefusal.ts';

export interface ReservationResult {
  'orderId'?: (string);
  'reservation'?: (_mercat_catalog_v1_Reservation | null);
  'refusal'?: (_mercat_catalog_v1_ReservationRefusal | null);
  'outcome'?: "reservation"|"refusal";
}

export interface ReservationResult__Output {
  'orderId': (string);
  'reservation'?: (_mercat_catalog_v1_Reservation__Output | null);
  'refusal'?: (_mercat_catalog_v1_ReservationRefusal__Output | null);
  'outcome'?: "reservation"|"refusal";
}
