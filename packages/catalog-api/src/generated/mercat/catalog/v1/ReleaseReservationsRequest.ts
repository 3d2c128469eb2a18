

export interface ReleaseReservationsRequest {
  'orderIds'?: (string)[];
}

export interface ReleaseReservationsRequest__Output {
  'orderIds': (string)[];
}
