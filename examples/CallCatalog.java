// Calls the catalog: all pages of a search, a reservation with a token, and an error with its reason.
//   MERCAT_TOKEN=$TOKEN java CallCatalog localhost:50051 [ca.pem [caller.key caller.pem]]
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.UnknownFieldSet;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import java.io.File;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import mercat.catalog.v1.CatalogServiceGrpc;
import mercat.catalog.v1.CatalogServiceOuterClass.GetProductRequest;
import mercat.catalog.v1.CatalogServiceOuterClass.SearchProductsRequest;
import mercat.catalog.v1.CatalogServiceOuterClass.SearchProductsResponse;
import mercat.catalog.v1.InventoryServiceGrpc;
import mercat.catalog.v1.InventoryServiceOuterClass.ReleaseReservationsRequest;
import mercat.catalog.v1.InventoryServiceOuterClass.ReservationRequest;
import mercat.catalog.v1.InventoryServiceOuterClass.ReservationRequestLine;
import mercat.catalog.v1.InventoryServiceOuterClass.ReservationResult;
import mercat.catalog.v1.InventoryServiceOuterClass.ReserveStockRequest;

public class CallCatalog {
  public static void main(String[] args) throws Exception {
    if (args.length < 1 || args.length > 4) {
      System.err.println("usage: CallCatalog HOST:PORT [ca.pem [caller.key caller.pem]]");
      System.exit(1);
    }
    ManagedChannel channel = Grpc.newChannelBuilder(args[0], security(args)).build();
    try {
      search(CatalogServiceGrpc.newBlockingStub(channel));
      String token = System.getenv("MERCAT_TOKEN");
      if (token == null) System.out.println("set MERCAT_TOKEN to reserve stock");
      else reserve(InventoryServiceGrpc.newBlockingStub(channel), token);
      fail(CatalogServiceGrpc.newBlockingStub(channel));
    } finally {
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
  }

  /** Plaintext without the certificate of an authority, TLS with one, and mTLS with a key and a certificate, too. */
  static ChannelCredentials security(String[] args) throws IOException {
    if (args.length == 1) return InsecureChannelCredentials.create();
    TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder().trustManager(new File(args[1]));
    if (args.length == 4) tls.keyManager(new File(args[3]), new File(args[2]));
    return tls.build();
  }

  static void search(CatalogServiceGrpc.CatalogServiceBlockingStub catalog) {
    int found = 0;
    String pageToken = "";
    do {
      SearchProductsRequest request =
          SearchProductsRequest.newBuilder().setQuery("mug").setPageSize(2).setPageToken(pageToken).build();
      SearchProductsResponse page = catalog.withDeadlineAfter(5, TimeUnit.SECONDS).searchProducts(request);
      found += page.getProductsCount();
      pageToken = page.getNextPageToken();
    } while (!pageToken.isEmpty());
    System.out.println("found " + found);
  }

  static void reserve(InventoryServiceGrpc.InventoryServiceBlockingStub inventory, String token) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    InventoryServiceGrpc.InventoryServiceBlockingStub signedIn =
        inventory.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    // The caller chooses the id. It may ask again with the same id, which reserves once.
    String order = UUID.randomUUID().toString();
    ReservationRequest reservation =
        ReservationRequest.newBuilder()
            .setOrderId(order)
            .setHoldDuration(Duration.newBuilder().setSeconds(60))
            .addLines(ReservationRequestLine.newBuilder().setSku("MUG-STONE-350").setQuantity(2))
            .build();
    ReserveStockRequest request = ReserveStockRequest.newBuilder().addReservations(reservation).build();
    ReservationResult result = signedIn.withDeadlineAfter(5, TimeUnit.SECONDS).reserveStock(request).getResults(0);
    if (result.hasRefusal()) {
      System.out.println("refused " + result.getRefusal().getReason());
      return;
    }
    var total = result.getReservation().getTotal();
    System.out.println("reserved " + total.getAmountMinor() + " " + total.getCurrencyCode());
    ReleaseReservationsRequest end = ReleaseReservationsRequest.newBuilder().addOrderIds(order).build();
    signedIn.withDeadlineAfter(5, TimeUnit.SECONDS).releaseReservations(end);
  }

  static void fail(CatalogServiceGrpc.CatalogServiceBlockingStub catalog) throws Exception {
    try {
      catalog.withDeadlineAfter(5, TimeUnit.SECONDS).getProduct(GetProductRequest.newBuilder().setSku("NOPE").build());
    } catch (StatusRuntimeException error) {
      for (Any detail : StatusProto.fromThrowable(error).getDetailsList()) {
        if (!detail.getTypeUrl().endsWith("/google.rpc.ErrorInfo")) continue;
        // Field 1 is the reason. Where the library has com.google.rpc.ErrorInfo, this is unpack(ErrorInfo.class).getReason().
        ByteString reason = UnknownFieldSet.parseFrom(detail.getValue()).getField(1).getLengthDelimitedList().get(0);
        // Decide by the reason. The text may change.
        System.out.println(error.getStatus().getCode() + " " + reason.toStringUtf8());
      }
    }
  }
}
