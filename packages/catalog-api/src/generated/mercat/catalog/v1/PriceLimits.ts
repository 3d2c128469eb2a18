
import type { Money as _mercat_catalog_v1_Money, Money__Output as _mercat_catalog_v1_Money__Output } from '../../../mercat/catalog/v1/Money.ts';

export interface PriceLimits {
  'sku'?: (string);
  'floor'?: (_mercat_catalog_v1_Money | null);
  'ceiling'?: (_mercat_catalog_v1_Money | null);
}

export interface PriceLimits__Output {
  'sku': (string);
  'floor': (_mercat_catalog_v1_Money__Output | null);
  'ceiling': (_mercat_catalog_v1_Money__Output | null);
}
