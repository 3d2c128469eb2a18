// Calls the catalog: all pages of a search, a reservation with a token, and an error with its reason.
//
//	MERCAT_TOKEN=… go run call_catalog.go localhost:50051 [ca.pem [caller.key caller.pem]]
package main

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"log"
	"os"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/durationpb"
	catalog "shop.example/catalogv1"
)

func main() {
	if len(os.Args) < 2 || len(os.Args) > 5 {
		log.Fatal("usage: call_catalog HOST:PORT [ca.pem [caller.key caller.pem]]")
	}
	connection, err := grpc.Dial(os.Args[1], security(os.Args[2:]))
	exitOn(err)
	defer connection.Close()

	// Every call has a deadline. This one is for all calls together.
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	products := catalog.NewCatalogServiceClient(connection)

	found := 0
	search := &catalog.SearchProductsRequest{Query: "mug", PageSize: 2}
	for {
		page, err := products.SearchProducts(ctx, search)
		exitOn(err)
		found += len(page.Products)
		if page.NextPageToken == "" {
			break
		}
		search.PageToken = page.NextPageToken
	}
	fmt.Println("found", found)

	if token := os.Getenv("MERCAT_TOKEN"); token != "" {
		signedIn := metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+token)
		reserve(signedIn, catalog.NewInventoryServiceClient(connection))
	} else {
		fmt.Println("set MERCAT_TOKEN to reserve stock")
	}

	_, err = products.GetProduct(ctx, &catalog.GetProductRequest{Sku: "NOPE"})
	failure := status.Convert(err)
	for _, detail := range failure.Details() {
		if info, ok := detail.(*errdetails.ErrorInfo); ok {
			// Decide by the reason. The text may change.
			fmt.Println(failure.Code(), info.Reason)
		}
	}
}

// Plaintext without the certificate of an authority, TLS with one, and mTLS with a key and a certificate, too.
func security(pems []string) grpc.DialOption {
	if len(pems) == 0 {
		return grpc.WithInsecure()
	}
	authority, err := os.ReadFile(pems[0])
	exitOn(err)
	settings := &tls.Config{RootCAs: x509.NewCertPool()}
	if !settings.RootCAs.AppendCertsFromPEM(authority) {
		log.Fatal("no certificate in ", pems[0])
	}
	if len(pems) == 3 {
		certificate, err := tls.LoadX509KeyPair(pems[2], pems[1])
		exitOn(err)
		settings.Certificates = []tls.Certificate{certificate}
	}
	return grpc.WithTransportCredentials(credentials.NewTLS(settings))
}

func reserve(ctx context.Context, inventory catalog.InventoryServiceClient) {
	// The caller chooses the id. It may ask again with the same id, which reserves once.
	order := newUUID()
	reservation := &catalog.ReservationRequest{
		OrderId:      order,
		HoldDuration: durationpb.New(time.Minute),
		Lines:        []*catalog.ReservationRequestLine{{Sku: "MUG-STONE-350", Quantity: 2}},
	}
	request := &catalog.ReserveStockRequest{Reservations: []*catalog.ReservationRequest{reservation}}
	answer, err := inventory.ReserveStock(ctx, request)
	exitOn(err)
	result := answer.Results[0]
	if refusal := result.GetRefusal(); refusal != nil {
		fmt.Println("refused", refusal.Reason)
		return
	}
	total := result.GetReservation().Total
	fmt.Println("reserved", total.AmountMinor, total.CurrencyCode)
	_, err = inventory.ReleaseReservations(ctx, &catalog.ReleaseReservationsRequest{OrderIds: []string{order}})
	exitOn(err)
}

func newUUID() string {
	bytes := make([]byte, 16)
	_, err := rand.Read(bytes)
	exitOn(err)
	bytes[6] = bytes[6]&0x0f | 0x40
	bytes[8] = bytes[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", bytes[0:4], bytes[4:6], bytes[6:8], bytes[8:10], bytes[10:])
}

func exitOn(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
