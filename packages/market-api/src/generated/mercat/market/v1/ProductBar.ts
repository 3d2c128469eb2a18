
import type { PriceBar as _mercat_market_v1_PriceBar, PriceBar__Output as _mercat_market_v1_PriceBar__Output } from '../../../mercat/market/v1/PriceBar.ts';

export interface ProductBar {
  'sku'?: (string);
  'bar'?: (_mercat_market_v1_PriceBar | null);
}

export interface ProductBar__Output {
  'sku': (string);
  'bar': (_mercat_market_v1_PriceBar__Output | null);
}
