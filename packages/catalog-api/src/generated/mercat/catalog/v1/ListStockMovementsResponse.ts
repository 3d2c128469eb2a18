
import type { StockMovement as _mercat_catalog_v1_StockMovement, StockMovement__Output as _mercat_catalog_v1_StockMovement__Output } from '../../../mercat/catalog/v1/StockMovement.ts';

export interface ListStockMovementsResponse {
  'movements'?: (_mercat_catalog_v1_StockMovement)[];
  'nextPageToken'?: (string);
}

export interface ListStockMovementsResponse__Output {
  'movements': (_mercat_catalog_v1_StockMovement__Output)[];
  'nextPageToken': (string);
}
