// Envoy Gateway's controller as a judge: its watching, its translation and its statuses, without the servers that
// Envoys would connect to. They would take fixed ports and fixed paths of the machine, and no status depends on them.
//
// It writes a line beginning with "judge: " for what no status tells: `idle` when nothing is left to judge, and
// whether what Envoy would read was `translated` or `failed`.
//
// The path of this module lies below that of Envoy Gateway, so that it may use the internal packages.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"k8s.io/client-go/rest"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/manager"

	"github.com/envoyproxy/gateway/internal/envoygateway/config"
	gatewayapirunner "github.com/envoyproxy/gateway/internal/gatewayapi/runner"
	"github.com/envoyproxy/gateway/internal/message"
	providerrunner "github.com/envoyproxy/gateway/internal/provider/runner"
	"github.com/envoyproxy/gateway/internal/xds/translator"
)

// How long nothing may happen before a cluster without objects counts as idle.
const quiet = 200 * time.Millisecond

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: envoy-gateway <configuration>, with KUBECONFIG set")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, path string) error {
	server, err := load(path)
	if err != nil {
		return err
	}
	// Health and metrics have fixed ports, which may be taken.
	ctrl.NewManager = func(cluster *rest.Config, options manager.Options) (manager.Manager, error) {
		options.HealthProbeBindAddress = "0"
		options.Metrics.BindAddress = "0"
		return manager.New(cluster, options)
	}

	resources, failures := new(message.ProviderResources), new(message.RunnerErrors)
	envoy, infrastructure := new(message.XdsIR), new(message.InfraIR)
	go watchFailures(ctx, server, failures)
	go translateForEnvoy(ctx, server, envoy)
	provider := providerrunner.New(&providerrunner.Config{Server: *server, ProviderResources: resources, RunnerErrors: failures})
	if err := provider.Start(ctx); err != nil {
		return err
	}
	gateways := gatewayapirunner.New(&gatewayapirunner.Config{
		Server: *server, ProviderResources: resources, RunnerErrors: failures, XdsIR: envoy, InfraIR: infrastructure,
	})
	if err := gateways.Start(ctx); err != nil {
		return err
	}
	select {
	case <-server.ProviderReady:
		tellIdle(ctx, resources)
	case <-ctx.Done():
	}
	return nil
}

func load(path string) (*config.Server, error) {
	server, err := config.New(os.Stdout, os.Stderr)
	if err != nil {
		return nil, err
	}
	if server.EnvoyGateway, err = config.Decode(path); err != nil {
		return nil, err
	}
	server.EnvoyGateway.SetEnvoyGatewayDefaults()
	server.EnvoyGateway.Logging.SetEnvoyGatewayLoggingDefaults()
	server.Elected = make(chan struct{})
	server.ProviderReady = make(chan struct{})
	return server, server.Validate()
}

func watchFailures(ctx context.Context, server *config.Server, failures *message.RunnerErrors) {
	message.HandleSubscription(server.Logger, message.Metadata{Runner: "judge", Message: message.RunnerErrorsMessageName}, failures.Subscribe(ctx),
		func(update message.Update[string, message.WatchableError], _ chan error) {
			if !update.Delete {
				fmt.Printf("judge: failed %s: %v\n", update.Key, update.Value)
			}
		})
}

// translateForEnvoy does what the xDS server does before it answers an Envoy.
func translateForEnvoy(ctx context.Context, server *config.Server, envoy *message.XdsIR) {
	message.HandleSubscription(server.Logger, message.Metadata{Runner: "judge", Message: message.XDSIRMessageName}, envoy.Subscribe(ctx),
		func(update message.Update[string, *message.XdsIRWithContext], _ chan error) {
			if update.Delete {
				return
			}
			translation := &translator.Translator{
				ControllerNamespace: server.ControllerNamespace,
				FilterOrder:         update.Value.XdsIR.FilterOrder,
				RuntimeFlags:        server.EnvoyGateway.RuntimeFlags,
				Logger:              server.Logger,
			}
			if _, err := translation.Translate(update.Value.XdsIR); err != nil {
				fmt.Printf("judge: failed %s: %v\n", update.Key, err)
				return
			}
			fmt.Printf("judge: translated %s\n", update.Key)
		})
}

// tellIdle says when there is no Gateway any more and no status that could still be written.
func tellIdle(ctx context.Context, resources *message.ProviderResources) {
	tick := time.NewTicker(quiet / 4)
	defer tick.Stop()
	since, told := time.Now(), false
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if count(resources) > 0 {
			since, told = time.Now(), false
		} else if !told && time.Since(since) > quiet {
			fmt.Println("judge: idle")
			told = true
		}
	}
}

func count(resources *message.ProviderResources) int {
	return len(resources.GetResources()) + resources.GatewayStatuses.Len() + resources.HTTPRouteStatuses.Len() +
		resources.BackendStatuses.Len() + resources.BackendTLSPolicyStatuses.Len() + resources.BackendTrafficPolicyStatuses.Len() +
		resources.ClientTrafficPolicyStatuses.Len() + resources.EnvoyExtensionPolicyStatuses.Len() + resources.SecurityPolicyStatuses.Len()
}
