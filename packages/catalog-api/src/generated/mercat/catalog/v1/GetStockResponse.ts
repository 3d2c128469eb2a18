
import type { StockLevel as _mercat_catalog_v1_StockLevel, StockLevel__Output as _mercat_catalog_v1_StockLevel__Output } from '../../../mercat/catalog/v1/StockLevel.ts';

export interface GetStockResponse {
  'levels'?: (_mercat_catalog_v1_StockLevel)[];
}

export interface GetStockResponse__Output {
  'levels': (_mercat_catalog_v1_StockLevel__Output)[];
}
