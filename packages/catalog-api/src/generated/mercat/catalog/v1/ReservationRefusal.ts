
import type { RefusedLine as _mercat_catalog_v1_RefusedLine, RefusedLine__Output as _mercat_catalog_v1_RefusedLine__Output } from '../../../mercat/catalog/v1/RefusedLine.ts';

export interface ReservationRefusal {
  'reason'?: (string);
  'lines'?: (_mercat_catalog_v1_RefusedLine)[];
}

export interface ReservationRefusal__Output {
  'reason': (string);
  'lines': (_mercat_catalog_v1_RefusedLine__Output)[];
}
