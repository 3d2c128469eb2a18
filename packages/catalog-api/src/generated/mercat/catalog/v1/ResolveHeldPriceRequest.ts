
import type { Money as _mercat_catalog_v1_Money, Money__Output as _mercat_catalog_v1_Money__Output } from '../../../mercat/catalog/v1/Money.ts';
import type { HoldResolution as _mercat_catalog_v1_HoldResolution, HoldResolution__Output as _mercat_catalog_v1_HoldResolution__Output } from '../../../mercat/catalog/v1/HoldResolution.ts';

export interface ResolveHeldPriceRequest {
  'holdId'?: (string);
  'price'?: (_mercat_catalog_v1_Money | null);
  'resolution'?: (_mercat_catalog_v1_HoldResolution);
}

export interface ResolveHeldPriceRequest__Output {
  'holdId': (string);
  'price': (_mercat_catalog_v1_Money__Output | null);
  'resolution': (_mercat_catalog_v1_HoldResolution__Output);
}
