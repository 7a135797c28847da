# METADATA
# scope: package
# title: Source fetched without TLS
# description: What is deployed comes over a connection that anyone on the way can change.
# related_resources:
#   - https://fluxcd.io/flux/components/source/
# custom:
#   id: kubernetes/flux-insecure-source
#   severity: high
#   remediation: Use https, ssh or oci, and remove `insecure`.
#   profiles:
#     - recommended
#     - strict
package kubernetes.flux_insecure_source

import rego.v1

deny contains result if {
	data.lib.kubernetes.group in {"source.toolkit.fluxcd.io", "image.toolkit.fluxcd.io"}
	input.spec.insecure == true
	result := {
		"msg": sprintf("%s is fetched without TLS", [data.lib.kubernetes.name]),
		"path": ["spec", "insecure"],
	}
}

deny contains result if {
	data.lib.kubernetes.group == "source.toolkit.fluxcd.io"
	url := input.spec.url
	is_string(url)
	regex.match(`^(http|git|ftp)://`, url)
	result := {
		"msg": sprintf("%s fetches `%s` without TLS", [data.lib.kubernetes.name, url]),
		"path": ["spec", "url"],
	}
}
