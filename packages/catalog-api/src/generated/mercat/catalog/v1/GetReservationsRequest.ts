

export interface GetReservationsRequest {
  'orderIds'?: (string)[];
}

export interface GetReservationsRequest__Output {
  'orderIds': (string)[];
}
