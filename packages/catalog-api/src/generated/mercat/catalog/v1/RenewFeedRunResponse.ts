
import type { Duration as _google_protobuf_Duration, Duration__Output as _google_protobuf_Duration__Output } from '../../../google/protobuf/Duration.ts';

export interface RenewFeedRunResponse {
  'leaseDuration'?: (_google_protobuf_Duration | null);
}

export interface RenewFeedRunResponse__Output {
  'leaseDuration': (_google_protobuf_Duration__Output | null);
}
