
import type { StockLevel as _mercat_catalog_v1_StockLevel, StockLevel__Output as _mercat_catalog_v1_StockLevel__Output } from '../../../mercat/catalog/v1/StockLevel.ts';

export interface SetStockResponse {
  'level'?: (_mercat_catalog_v1_StockLevel | null);
  'repeatedRequest'?: (boolean);
}

export interface SetStockResponse__Output {
  'level': (_mercat_catalog_v1_StockLevel__Output | null);
  'repeatedRequest': (boolean);
}
