"""Calls the catalog: a lookup, all pages of a search, a delivery, a reservation, and two errors with their reasons.

It needs Python 3.9 and the code that grpcio-tools generates:
  python3 -m venv venv && . venv/bin/activate
  pip install grpcio grpcio-tools googleapis-common-protos
  python -m grpc_tools.protoc -I proto --python_out=. --grpc_python_out=. proto/mercat/catalog/v1/*.proto
  MERCAT_TOKEN=… python call_catalog.py localhost:50051 [ca.pem [caller.key caller.pem]]
"""
import os, sys, uuid

import grpc
from google.protobuf.duration_pb2 import Duration
from mercat.catalog.v1 import catalog_service_pb2 as products, catalog_service_pb2_grpc
from mercat.catalog.v1 import inventory_service_pb2 as stock, inventory_service_pb2_grpc

try:
    from google.rpc import error_details_pb2, status_pb2
except ImportError:  # Debian has no package of it. Errors are printed without their reasons.
    status_pb2 = None


def connect(address, ca=None, key=None, cert=None):
    """Plaintext without the certificate of an authority, TLS with one, and mTLS with a key and a certificate, too."""
    pems = [open(path, "rb").read() if path else None for path in (ca, key, cert)]
    return grpc.secure_channel(address, grpc.ssl_channel_credentials(*pems)) if ca else grpc.insecure_channel(address)


def print_error(error):
    """Prints the status and the reason of an error, and the fields at fault. Decide by the reason; the text may change."""
    if status_pb2 is None:
        return print(error.code().name, error.details())
    info, request = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            for detail in status_pb2.Status.FromString(value).details:
                detail.Unpack(info) or detail.Unpack(request)
    print(error.code().name, info.reason or error.details())
    for violation in request.field_violations:
        print(" ", violation.field, violation.description)


if not 2 <= len(sys.argv) <= 5:
    sys.exit("usage: call_catalog.py HOST:PORT [ca.pem [caller.key caller.pem]]")
with connect(*sys.argv[1:]) as channel:
    catalog = catalog_service_pb2_grpc.CatalogServiceStub(channel)
    inventory = inventory_service_pb2_grpc.InventoryServiceStub(channel)

    product = catalog.GetProduct(products.GetProductRequest(sku="MUG-STONE-350"), timeout=2).product
    print(product.title, product.price.amount_minor, product.price.currency_code)

    search = products.SearchProductsRequest(query="mug", page_size=2)
    found = []
    while True:
        page = catalog.SearchProducts(search, timeout=2)
        found += [product.sku for product in page.products]
        if not page.next_page_token:
            break
        search.page_token = page.next_page_token
    print("found", len(found))

    if "MERCAT_TOKEN" in os.environ:
        token = [("authorization", f"Bearer {os.environ['MERCAT_TOKEN']}")]
        # The request id makes a second run change nothing.
        change = stock.AdjustStockRequest(sku="MUG-STONE-350", delta=12, reason="delivery", request_id="delivery-4711")
        print("on hand", inventory.AdjustStock(change, timeout=2, metadata=token).level.on_hand)

        # The caller chooses the id. It may ask again with the same id, which reserves once.
        order = str(uuid.uuid4())
        line = stock.ReservationRequestLine(sku="MUG-STONE-350", quantity=2)
        reservation = stock.ReservationRequest(order_id=order, hold_duration=Duration(seconds=60), lines=[line])
        request = stock.ReserveStockRequest(reservations=[reservation])
        result = inventory.ReserveStock(request, timeout=2, metadata=token).results[0]
        if result.WhichOneof("outcome") == "reservation":
            total = result.reservation.total
            print("reserved", total.amount_minor, total.currency_code)
            end = stock.ReleaseReservationsRequest(order_ids=[order])
            inventory.ReleaseReservations(end, timeout=2, metadata=token)
        else:
            print("refused", result.refusal.reason)
    else:
        print("set MERCAT_TOKEN to change and to reserve stock")

    for sku in ("NOPE", "no sku"):
        try:
            catalog.GetProduct(products.GetProductRequest(sku=sku), timeout=2)
        except grpc.RpcError as error:
            print_error(error)
