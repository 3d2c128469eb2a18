
import type { ImportFailure as _mercat_catalog_v1_ImportFailure, ImportFailure__Output as _mercat_catalog_v1_ImportFailure__Output } from '../../../mercat/catalog/v1/ImportFailure.ts';
import type { HeldRow as _mercat_catalog_v1_HeldRow, HeldRow__Output as _mercat_catalog_v1_HeldRow__Output } from '../../../mercat/catalog/v1/HeldRow.ts';

export interface ImportProductsResponse {
  'createdCount'?: (number);
  'updatedCount'?: (number);
  'unchangedCount'?: (number);
  'failures'?: (_mercat_catalog_v1_ImportFailure)[];
  'contentChangedCount'?: (number);
  'priceChangedCount'?: (number);
  'stockChangedCount'?: (number);
  'held'?: (_mercat_catalog_v1_HeldRow)[];
}

export interface ImportProductsResponse__Output {
  'createdCount': (number);
  'updatedCount': (number);
  'unchangedCount': (number);
  'failures': (_mercat_catalog_v1_ImportFailure__Output)[];
  'contentChangedCount': (number);
  'priceChangedCount': (number);
  'stockChangedCount': (number);
  'held': (_mercat_catalog_v1_HeldRow__Output)[];
}
