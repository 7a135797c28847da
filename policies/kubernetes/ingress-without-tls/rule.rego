# METADATA
# scope: package
# title: Ingress without TLS
# description: Requests to a host without TLS travel readable and can be changed on the way.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/ingress/#tls
# custom:
#   id: kubernetes/ingress-without-tls
#   severity: medium
#   remediation: Add the host to `spec.tls` with the Secret of its certificate.
#   objects:
#     - networking.k8s.io/Ingress
#     - extensions/Ingress
#   profiles:
#     - recommended
#     - strict
#     - nsa-cisa
#   controls:
#     - nsa-cisa-1.2/network-separation
package kubernetes.ingress_without_tls

import rego.v1

deny contains result if {
	input.kind == "Ingress"
	data.lib.kubernetes.group in {"networking.k8s.io", "extensions"}
	some index
	entry := input.spec.rules[index]
	is_object(entry)
	host := sprintf("%v", [object.get(entry, "host", "*")])
	not has_tls(host)
	result := {
		"msg": sprintf("%s serves %s without TLS", [data.lib.kubernetes.name, host]),
		"path": ["spec", "rules", index],
	}
}

# An entry without hosts is the certificate for all of them.
has_tls(_) if {
	entry := input.spec.tls[_]
	is_object(entry)
	not entry.hosts[0]
}

has_tls(host) if {
	entry := input.spec.tls[_]
	pattern := sprintf("%v", [entry.hosts[_]])
	covers(pattern, host)
}

covers(pattern, host) if pattern == host

covers(pattern, host) if {
	startswith(pattern, "*.")
	labels := split(host, ".")
	concat(".", array.slice(labels, 1, count(labels))) == substring(pattern, 2, -1)
}
