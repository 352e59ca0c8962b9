// Says which Secrets External Secrets Operator would write.
//
// It runs the operator's own code: the admission webhook, the provider `fake` as the store, the conversion of names, and
// the template engine. Only the order of the steps is written here, because the package of the controller loads every
// provider there is. A credentials file of AWS and a key of Google are then read by the libraries the gateway has.
//
// Cases come as a JSON list on the standard input, answers leave as one on the standard output.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/go-logr/logr"
	"golang.org/x/oauth2/google"
	corev1 "k8s.io/api/core/v1"

	esv1 "github.com/external-secrets/external-secrets/apis/externalsecrets/v1"
	"github.com/external-secrets/external-secrets/pkg/controllers/templating"
	"github.com/external-secrets/external-secrets/pkg/esutils"
	"github.com/external-secrets/external-secrets/pkg/provider/fake"
	"github.com/external-secrets/external-secrets/pkg/template"
	"github.com/spf13/pflag"

	"github.com/external-secrets/external-secrets/pkg/feature"
)

type testCase struct {
	ExternalSecret json.RawMessage `json:"externalSecret"`
	// What the store holds.
	Store []esv1.FakeProviderData `json:"store"`
	// What the Secret holds already.
	Existing map[string]string `json:"existing"`
	// What reads the Secret afterwards: "aws", "google" or nothing.
	Reader string `json:"reader"`
	// Data key for the reader.
	ReadKey string `json:"readKey"`
}

type answer struct {
	// Why the webhook refuses the object.
	Refused string `json:"refused,omitempty"`
	// Why the operator writes nothing.
	Error string            `json:"error,omitempty"`
	Name  string            `json:"name,omitempty"`
	Data  map[string][]byte `json:"data,omitempty"`
	// What the reader takes from it.
	Read      map[string]string `json:"read,omitempty"`
	ReadError string            `json:"readError,omitempty"`
}

func main() {
	// The operator's own flags set the delimiters of templates; no argument means its defaults.
	flags := pflag.NewFlagSet("operator", pflag.ExitOnError)
	for _, registered := range feature.Features() {
		flags.AddFlagSet(registered.Flags)
	}
	if err := flags.Parse(nil); err != nil {
		fail(err)
	}
	var cases []testCase
	if err := json.NewDecoder(os.Stdin).Decode(&cases); err != nil {
		fail(err)
	}
	answers := make([]answer, len(cases))
	for i, c := range cases {
		answers[i] = judge(context.Background(), c)
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func judge(ctx context.Context, c testCase) answer {
	var es esv1.ExternalSecret
	decoder := json.NewDecoder(bytes.NewReader(c.ExternalSecret))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&es); err != nil {
		return answer{Refused: err.Error()}
	}
	if _, err := (&esv1.ExternalSecretValidator{}).ValidateCreate(ctx, &es); err != nil {
		return answer{Refused: err.Error()}
	}
	fetched, err := fetch(ctx, &es, c.Store)
	if err != nil {
		return answer{Error: err.Error()}
	}
	secret, err := write(&es, fetched, c.Existing)
	if err != nil {
		return answer{Error: err.Error()}
	}
	result := answer{Name: es.Spec.Target.Name, Data: secret.Data}
	result.Read, err = read(ctx, c.Reader, secret.Data[c.ReadKey])
	if err != nil {
		result.ReadError = err.Error()
	}
	return result
}

// fetch brings remote values under the names that templates see.
func fetch(ctx context.Context, es *esv1.ExternalSecret, data []esv1.FakeProviderData) (map[string][]byte, error) {
	store := &esv1.ClusterSecretStore{Spec: esv1.SecretStoreSpec{Provider: &esv1.SecretStoreProvider{Fake: &esv1.FakeProvider{Data: data}}}}
	client, err := (&fake.Provider{}).NewClient(ctx, store, nil, es.Namespace)
	if err != nil {
		return nil, err
	}
	fetched := map[string][]byte{}
	for _, from := range es.Spec.DataFrom {
		if from.Extract == nil {
			return nil, fmt.Errorf("this program only knows dataFrom.extract")
		}
		values, err := client.GetSecretMap(ctx, *from.Extract)
		if err != nil {
			return nil, err
		}
		if values, err = esutils.RewriteMap(from.Rewrite, values); err != nil {
			return nil, err
		}
		if len(from.Rewrite) == 0 {
			if values, err = esutils.ConvertKeys(from.Extract.ConversionStrategy, values); err != nil {
				return nil, err
			}
		}
		if err = esutils.ValidateKeys(logr.Discard(), values); err != nil {
			return nil, err
		}
		if values, err = esutils.DecodeMap(from.Extract.DecodingStrategy, values); err != nil {
			return nil, err
		}
		maps.Copy(fetched, values)
	}
	for _, entry := range es.Spec.Data {
		value, err := client.GetSecret(ctx, entry.RemoteRef)
		if err != nil {
			return nil, err
		}
		if value, err = esutils.Decode(entry.RemoteRef.DecodingStrategy, value); err != nil {
			return nil, err
		}
		fetched[entry.SecretKey] = value
	}
	return fetched, nil
}

// write fills the Secret from what was fetched.
func write(es *esv1.ExternalSecret, fetched map[string][]byte, existing map[string]string) (*corev1.Secret, error) {
	secret := &corev1.Secret{Data: map[string][]byte{}}
	if es.Spec.Target.CreationPolicy == esv1.CreatePolicyMerge {
		for key, value := range existing {
			secret.Data[key] = []byte(value)
		}
	}
	wanted := es.Spec.Target.Template
	if wanted == nil || wanted.MergePolicy == esv1.MergePolicyMerge || len(wanted.Data)+len(wanted.TemplateFrom) == 0 {
		maps.Copy(secret.Data, fetched)
	}
	if wanted == nil {
		return secret, nil
	}
	engine, err := template.EngineForVersion(wanted.EngineVersion)
	if err != nil {
		return nil, err
	}
	parser := templating.Parser{TargetSecret: secret, DataMap: fetched, Exec: engine}
	if err := parser.MergeTemplateFrom(context.Background(), es.Namespace, wanted); err != nil {
		return nil, err
	}
	return secret, parser.MergeMap(wanted.Data, esv1.TemplateTargetData)
}

func read(ctx context.Context, reader string, value []byte) (map[string]string, error) {
	switch reader {
	case "":
		return nil, nil
	case "aws":
		return readAWS(ctx, value)
	case "google":
		parsed, err := google.JWTConfigFromJSON(value)
		if err != nil {
			return nil, err
		}
		return map[string]string{"email": parsed.Email, "privateKey": string(parsed.PrivateKey), "privateKeyId": parsed.PrivateKeyID}, nil
	default:
		return nil, fmt.Errorf("no reader is called %q", reader)
	}
}

// readAWS does with a credentials file what the gateway's data plane does: it becomes a file, read with the default profile.
func readAWS(ctx context.Context, value []byte) (map[string]string, error) {
	folder, err := os.MkdirTemp("", "aws-credentials-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "credentials")
	if err := os.WriteFile(file, value, 0o600); err != nil {
		return nil, err
	}
	loaded, err := config.LoadSharedConfigProfile(ctx, "default", func(options *config.LoadSharedConfigOptions) {
		options.CredentialsFiles = []string{file}
		options.ConfigFiles = []string{}
	})
	if err != nil {
		return nil, err
	}
	found := loaded.Credentials
	return map[string]string{"id": found.AccessKeyID, "secret": found.SecretAccessKey, "token": found.SessionToken}, nil
}
