
import type { Money as _mercat_catalog_v1_Money, Money__Output as _mercat_catalog_v1_Money__Output } from '../../../mercat/catalog/v1/Money.ts';
import type { LowestPrice as _mercat_catalog_v1_LowestPrice, LowestPrice__Output as _mercat_catalog_v1_LowestPrice__Output } from '../../../mercat/catalog/v1/LowestPrice.ts';

export interface PriceChange {
  'price'?: (_mercat_catalog_v1_Money | null);
  'lowestPrice30d'?: (_mercat_catalog_v1_LowestPrice | null);
}

export interface PriceChange__Output {
  'price': (_mercat_catalog_v1_Money__Output | null);
  'lowestPrice30d': (_mercat_catalog_v1_LowestPrice__Output | null);
}
