# METADATA
# scope: package
# title: Configuration of the proxy in an annotation
# description: "Snippets are pasted into the configuration of the ingress controller: who may write an Ingress reads its files, and with them every Secret it serves."
# related_resources:
#   - https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
# custom:
#   id: kubernetes/ingress-snippet
#   severity: high
#   remediation: Use an annotation made for the purpose, and keep snippets turned off in the controller (CVE-2021-25742).
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - checkov:CKV_K8S_152
#     - checkov:CKV_K8S_153
#     - checkov:CKV_K8S_154
package kubernetes.ingress_snippet

import rego.v1

deny contains result if {
	input.kind == "Ingress"
	some key
	value := input.metadata.annotations[key]
	regex.match(`^nginx\.(ingress\.kubernetes\.io|org)/[a-z-]*snippets?$`, key)
	not value in {"", null}
	result := {
		"msg": sprintf("%s puts configuration of its own into the proxy by `%s`", [data.lib.kubernetes.name, key]),
		"path": ["metadata", "annotations", key],
	}
}
