# METADATA
# scope: package
# title: State that is kept or sent without encryption
# description: "The state holds every value Terraform knows, secrets among them. Whoever reads the store or the wire has them."
# related_resources:
#   - https://developer.hashicorp.com/terraform/language/backend/s3#encrypt
#   - https://developer.hashicorp.com/terraform/language/backend/http
# custom:
#   id: terraform/backend-not-encrypted
#   severity: high
#   remediation: "Set `encrypt = true`, use https addresses and verified TLS."
#   profiles:
#     - recommended
#     - strict
package terraform.backend_not_encrypted

import rego.v1

deny contains result if {
	some index, kind, at
	backend := input.terraform[index].backend[kind][at]
	is_object(backend)
	some fault in faults(kind, backend)
	place := ["terraform", index, "backend", kind, at]
	result := {
		"msg": sprintf("backend `%s`: %s", [kind, fault.what]),
		"path": array.concat(place, fault.path),
	}
}

faults(kind, backend) := {fault |
	some name
	rule := rules[kind][name]
	value := backend[name]
	regex.match(rule.bad, lower(sprintf("%v", [value])))
	fault := {"what": rule.what, "path": [name]}
}

rules := {
	"s3": {
		"encrypt": {"bad": `^false$`, "what": "the state is not encrypted"},
		"endpoint": {"bad": `^http://`, "what": "the state is sent in plain text"},
	},
	"http": {
		"address": {"bad": `^http://`, "what": "the state is sent in plain text"},
		"skip_cert_verification": {"bad": `^true$`, "what": "the server's certificate is not checked"},
	},
	"consul": {"scheme": {"bad": `^http$`, "what": "the state is sent in plain text"}},
	"pg": {"conn_str": {"bad": `sslmode=(disable|allow|prefer)`, "what": "the state may be sent in plain text"}},
	"oss": {"encrypt": {"bad": `^false$`, "what": "the state is not encrypted"}},
	"kubernetes": {"insecure": {"bad": `^true$`, "what": "the server's certificate is not checked"}},
	"remote": {},
}
