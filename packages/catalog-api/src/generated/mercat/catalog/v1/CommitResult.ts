

export interface CommitResult {
  'orderId'?: (string);
  'refusalReason'?: (string);
}

export interface CommitResult__Output {
  'orderId': (string);
  'refusalReason': (string);
}
