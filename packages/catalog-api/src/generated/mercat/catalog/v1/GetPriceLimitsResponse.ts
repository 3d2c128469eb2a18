
import type { PriceLimits as _mercat_catalog_v1_PriceLimits, PriceLimits__Output as _mercat_catalog_v1_PriceLimits__Output } from '../../../mercat/catalog/v1/PriceLimits.ts';

export interface GetPriceLimitsResponse {
  'limits'?: (_mercat_catalog_v1_PriceLimits | null);
}

export interface GetPriceLimitsResponse__Output {
  'limits': (_mercat_catalog_v1_PriceLimits__Output | null);
}
