
import type { Money as _mercat_catalog_v1_Money, Money__Output as _mercat_catalog_v1_Money__Output } from '../../../mercat/catalog/v1/Money.ts';

export interface ResolveHeldPriceResponse {
  'sku'?: (string);
  'price'?: (_mercat_catalog_v1_Money | null);
}

export interface ResolveHeldPriceResponse__Output {
  'sku': (string);
  'price': (_mercat_catalog_v1_Money__Output | null);
}
