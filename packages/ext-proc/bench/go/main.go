// A minimal external processor, to compare with: it reads the body as JSON,
// looks at the model and lets the request through with the mark.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"os"

	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	extprocv3 "github.com/envoyproxy/go-control-plane/envoy/service/ext_proc/v3"
	typev3 "github.com/envoyproxy/go-control-plane/envoy/type/v3"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

type processor struct {
	extprocv3.UnimplementedExternalProcessorServer
}

func (processor) Process(stream extprocv3.ExternalProcessor_ProcessServer) error {
	for {
		request, err := stream.Recv()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		var answer *extprocv3.ProcessingResponse
		switch message := request.Request.(type) {
		case *extprocv3.ProcessingRequest_RequestHeaders:
			answer = &extprocv3.ProcessingResponse{Response: &extprocv3.ProcessingResponse_RequestHeaders{RequestHeaders: &extprocv3.HeadersResponse{}}}
		case *extprocv3.ProcessingRequest_RequestBody:
			answer = decide(message.RequestBody.Body)
		default:
			return status.Error(codes.Internal, "unexpected message")
		}
		if err := stream.Send(answer); err != nil {
			return err
		}
	}
}

func decide(body []byte) *extprocv3.ProcessingResponse {
	var chat struct {
		Model    string `json:"model"`
		Messages []any  `json:"messages"`
	}
	if json.Unmarshal(body, &chat) != nil || chat.Model != "gpt-4o" {
		return &extprocv3.ProcessingResponse{Response: &extprocv3.ProcessingResponse_ImmediateResponse{ImmediateResponse: &extprocv3.ImmediateResponse{
			Status: &typev3.HttpStatus{Code: typev3.StatusCode_Forbidden},
		}}}
	}
	return &extprocv3.ProcessingResponse{Response: &extprocv3.ProcessingResponse_RequestBody{RequestBody: &extprocv3.BodyResponse{
		Response: &extprocv3.CommonResponse{HeaderMutation: &extprocv3.HeaderMutation{SetHeaders: []*corev3.HeaderValueOption{{
			Header: &corev3.HeaderValue{Key: "x-guard-ok", RawValue: []byte("1")},
		}}}},
	}}}
}

func main() {
	port := flag.Int("port", 0, "port to listen on")
	flag.Parse()
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", *port))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("serving %d\n", listener.Addr().(*net.TCPAddr).Port)
	server := grpc.NewServer(grpc.MaxRecvMsgSize(100 << 20))
	extprocv3.RegisterExternalProcessorServer(server, processor{})
	if err := server.Serve(listener); err != nil {
		os.Exit(1)
	}
}
