
import type { HeldPrice as _mercat_catalog_v1_HeldPrice, HeldPrice__Output as _mercat_catalog_v1_HeldPrice__Output } from '../../../mercat/catalog/v1/HeldPrice.ts';

export interface ListHeldPricesResponse {
  'heldPrices'?: (_mercat_catalog_v1_HeldPrice)[];
  'nextPageToken'?: (string);
}

export interface ListHeldPricesResponse__Output {
  'heldPrices': (_mercat_catalog_v1_HeldPrice__Output)[];
  'nextPageToken': (string);
}
