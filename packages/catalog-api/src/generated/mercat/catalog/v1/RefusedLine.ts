
import type { Money as _mercat_catalog_v1_Money, Money__Output as _mercat_catalog_v1_Money__Output } from '../../../mercat/catalog/v1/Money.ts';
import type { Long } from '@grpc/proto-loader';

export interface RefusedLine {
  'sku'?: (string);
  'requestedQuantity'?: (number | string | Long);
  'availableQuantity'?: (number | string | Long);
  'expectedUnitPrice'?: (_mercat_catalog_v1_Money | null);
  'actualUnitPrice'?: (_mercat_catalog_v1_Money | null);
}

export interface RefusedLine__Output {
  'sku': (string);
  'requestedQuantity': (number);
  'availableQuantity': (number);
  'expectedUnitPrice': (_mercat_catalog_v1_Money__Output | null);
  'actualUnitPrice': (_mercat_catalog_v1_Money__Output | null);
}
