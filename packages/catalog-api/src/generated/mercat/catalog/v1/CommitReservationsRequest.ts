

export interface CommitReservationsRequest {
  'orderIds'?: (string)[];
}

export interface CommitReservationsRequest__Output {
  'orderIds': (string)[];
}
