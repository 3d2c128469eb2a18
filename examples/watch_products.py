"""Prints the changes of all products, and goes on where it was after each end of a stream.

It needs Python 3.9 and the code that grpcio-tools generates:
  python3 -m venv venv && . venv/bin/activate
  pip install grpcio grpcio-tools
  python -m grpc_tools.protoc -I proto --python_out=. --grpc_python_out=. proto/mercat/catalog/v1/*.proto
  python watch_products.py localhost:50051 [SKU…]
"""
import random, sys, time

import grpc
from mercat.catalog.v1 import catalog_service_pb2_grpc, watch_pb2 as watch

if len(sys.argv) < 2:
    sys.exit("usage: watch_products.py HOST:PORT [SKU…]")
address, *skus = sys.argv[1:]
token = ""
with grpc.insecure_channel(address) as channel:
    catalog = catalog_service_pb2_grpc.CatalogServiceStub(channel)
    while True:
        request = watch.WatchProductsRequest(filter=watch.WatchFilter(skus=skus), resume_token=token)
        try:
            for message in catalog.WatchProducts(request):
                for change in message.changes:
                    print(change.sku, change.WhichOneof("change"), flush=True)
                # What was printed will not come again.
                token = message.resume_token
        except grpc.RpcError as error:
            print(error.code().name, error.details(), file=sys.stderr)
            if error.code() == grpc.StatusCode.OUT_OF_RANGE:
                token = ""  # some changes are lost: read the products again
            elif error.code() not in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.RESOURCE_EXHAUSTED):
                raise
        time.sleep(random.uniform(0.2, 1))
