
import type { Money as _mercat_catalog_v1_Money, Money__Output as _mercat_catalog_v1_Money__Output } from '../../../mercat/catalog/v1/Money.ts';
import type { PriceHold as _mercat_catalog_v1_PriceHold, PriceHold__Output as _mercat_catalog_v1_PriceHold__Output } from '../../../mercat/catalog/v1/PriceHold.ts';

export interface SourcePrice {
  'sku'?: (string);
  'price'?: (_mercat_catalog_v1_Money | null);
  'hold'?: (_mercat_catalog_v1_PriceHold | null);
}

export interface SourcePrice__Output {
  'sku': (string);
  'price': (_mercat_catalog_v1_Money__Output | null);
  'hold': (_mercat_catalog_v1_PriceHold__Output | null);
}
