
import type { Money as _mercat_catalog_v1_Money, Money__Output as _mercat_catalog_v1_Money__Output } from '../../../mercat/catalog/v1/Money.ts';
import type { Long } from '@grpc/proto-loader';

export interface ReservedLine {
  'sku'?: (string);
  'title'?: (string);
  'quantity'?: (number | string | Long);
  'unitPrice'?: (_mercat_catalog_v1_Money | null);
}

export interface ReservedLine__Output {
  'sku': (string);
  'title': (string);
  'quantity': (number);
  'unitPrice': (_mercat_catalog_v1_Money__Output | null);
}
