# METADATA
# scope: package
# title: Ingress that also serves without TLS
# description: The host has a certificate, yet requests without TLS are answered instead of being sent to it.
# related_resources:
#   - https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
# custom:
#   id: kubernetes/ingress-redirect-off
#   severity: medium
#   remediation: Remove the annotation, so that the controller redirects.
#   profiles:
#     - recommended
#     - strict
#     - nsa-cisa
#   controls:
#     - nsa-cisa-1.2/encryption
package kubernetes.ingress_redirect_off

import rego.v1

switches := {
	"nginx.ingress.kubernetes.io/ssl-redirect": "false",
	"ingress.kubernetes.io/ssl-redirect": "false",
	"haproxy.org/ssl-redirect": "false",
	"kubernetes.io/ingress.allow-http": "true",
}

deny contains result if {
	input.kind == "Ingress"
	input.spec.tls[0]
	some key, value in switches
	lower(sprintf("%v", [input.metadata.annotations[key]])) == value
	result := {
		"msg": sprintf("%s answers requests without TLS by `%s`", [data.lib.kubernetes.name, key]),
		"path": ["metadata", "annotations", key],
	}
}
