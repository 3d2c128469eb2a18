
import type { Money as _mercat_catalog_v1_Money, Money__Output as _mercat_catalog_v1_Money__Output } from '../../../mercat/catalog/v1/Money.ts';
import type { Long } from '@grpc/proto-loader';

export interface ReservationRequestLine {
  'sku'?: (string);
  'quantity'?: (number | string | Long);
  'expectedUnitPrice'?: (_mercat_catalog_v1_Money | null);
}

export interface ReservationRequestLine__Output {
  'sku': (string);
  'quantity': (number);
  'expectedUnitPrice': (_mercat_catalog_v1_Money__Output | null);
}
