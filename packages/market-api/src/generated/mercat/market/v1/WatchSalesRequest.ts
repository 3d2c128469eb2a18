
import type { SalesKey as _mercat_market_v1_SalesKey, SalesKey__Output as _mercat_market_v1_SalesKey__Output } from '../../../mercat/market/v1/SalesKey.ts';
import type { Step as _mercat_market_v1_Step, Step__Output as _mercat_market_v1_Step__Output } from '../../../mercat/market/v1/Step.ts';

export interface WatchSalesRequest {
  'by'?: (_mercat_market_v1_SalesKey);
  'step'?: (_mercat_market_v1_Step);
  'status'?: (string);
}

export interface WatchSalesRequest__Output {
  'by': (_mercat_market_v1_SalesKey__Output);
  'step': (_mercat_market_v1_Step__Output);
  'status': (string);
}
