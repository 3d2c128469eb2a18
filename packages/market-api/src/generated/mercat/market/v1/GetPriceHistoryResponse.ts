
import type { PriceBar as _mercat_market_v1_PriceBar, PriceBar__Output as _mercat_market_v1_PriceBar__Output } from '../../../mercat/market/v1/PriceBar.ts';

export interface GetPriceHistoryResponse {
  'bars'?: (_mercat_market_v1_PriceBar)[];
  'nextPageToken'?: (string);
}

export interface GetPriceHistoryResponse__Output {
  'bars': (_mercat_market_v1_PriceBar__Output)[];
  'nextPageToken': (string);
}
