
import type { Long } from '@grpc/proto-loader';

export interface RenewFeedRunRequest {
  'feed'?: (string);
  'runNumber'?: (number | string | Long);
}

export interface RenewFeedRunRequest__Output {
  'feed': (string);
  'runNumber': (number);
}
