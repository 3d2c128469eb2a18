
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.ts';

export interface PriceHold {
  'rule'?: (string);
  'figures'?: ({[key: string]: number | string});
  'until'?: (_google_protobuf_Timestamp | null);
}

export interface PriceHold__Output {
  'rule': (string);
  'figures': ({[key: string]: number});
  'until': (_google_protobuf_Timestamp__Output | null);
}
