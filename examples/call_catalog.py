"""Calls the catalog: a lookup, all pages of a search, a change with a token, and an error with its reason.

It needs Python 3.9 and the code that grpcio-tools generates:
  pip install grpcio grpcio-tools googleapis-common-protos
  python -m grpc_tools.protoc -I proto --python_out=. --grpc_python_out=. proto/mercat/catalog/v1/*.proto
  MERCAT_TOKEN=… python call_catalog.py localhost:50051 [ca.pem [caller.key caller.pem]]
"""
import os, sys

import grpc
from google.rpc import error_details_pb2, status_pb2
from mercat.catalog.v1 import catalog_service_pb2 as products, catalog_service_pb2_grpc
from mercat.catalog.v1 import inventory_service_pb2 as stock, inventory_service_pb2_grpc


def connect(address, ca=None, key=None, cert=None):
    """Plaintext without the certificate of an authority, TLS with one, and mTLS with a key and a certificate, too."""
    pems = [open(path, "rb").read() if path else None for path in (ca, key, cert)]
    return grpc.secure_channel(address, grpc.ssl_channel_credentials(*pems)) if ca else grpc.insecure_channel(address)


def error_info_of(error):
    """The google.rpc.ErrorInfo of an error: its reason, and the variable parts in its metadata."""
    info = error_details_pb2.ErrorInfo()
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            any(detail.Unpack(info) for detail in status_pb2.Status.FromString(value).details)
    return info


with connect(*sys.argv[1:]) as channel:
    catalog = catalog_service_pb2_grpc.CatalogServiceStub(channel)
    inventory = inventory_service_pb2_grpc.InventoryServiceStub(channel)
    token = [("authorization", f"Bearer {os.environ['MERCAT_TOKEN']}")]

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

    # The request id makes a second run change nothing.
    change = stock.AdjustStockRequest(sku="MUG-STONE-350", delta=12, reason="delivery", request_id="delivery-4711")
    print("on hand", inventory.AdjustStock(change, timeout=2, metadata=token).level.on_hand)

    try:
        catalog.GetProduct(products.GetProductRequest(sku="NOPE"), timeout=2)
    except grpc.RpcError as error:
        print(error.code().name, error_info_of(error).reason)
