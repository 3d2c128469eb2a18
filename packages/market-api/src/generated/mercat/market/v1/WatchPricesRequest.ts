
import type { Step as _mercat_market_v1_Step, Step__Output as _mercat_market_v1_Step__Output } from '../../../mercat/market/v1/Step.ts';

export interface WatchPricesRequest {
  'skus'?: (string)[];
  'step'?: (_mercat_market_v1_Step);
}

export interface WatchPricesRequest__Output {
  'skus': (string)[];
  'step': (_mercat_market_v1_Step__Output);
}
