# METADATA
# scope: package
# title: Ingress for every host
# description: A rule without a host, or with a star for all of a domain, takes requests meant for hosts that nobody has set up.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards
# custom:
#   id: kubernetes/ingress-any-host
#   severity: low
#   remediation: Name the host.
#   profiles:
#     - strict
package kubernetes.ingress_any_host

import rego.v1

deny contains result if {
	input.kind == "Ingress"
	data.lib.kubernetes.group in {"networking.k8s.io", "extensions"}
	some index
	entry := input.spec.rules[index]
	is_object(entry)
	host := object.get(entry, "host", "")
	host in {"", null, "*"}
	result := {
		"msg": sprintf("%s takes requests for every host", [data.lib.kubernetes.name]),
		"path": ["spec", "rules", index],
	}
}

deny contains result if {
	input.kind == "Ingress"
	data.lib.kubernetes.group in {"networking.k8s.io", "extensions"}
	some index
	host := input.spec.rules[index].host
	is_string(host)
	startswith(host, "*.")
	result := {
		"msg": sprintf("%s takes requests for every host of `%s`", [data.lib.kubernetes.name, host]),
		"path": ["spec", "rules", index, "host"],
	}
}
