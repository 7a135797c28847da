# METADATA
# scope: package
# title: Service with external addresses
# description: Whoever may create a Service with `externalIPs` draws the cluster's traffic for these addresses to pods of their own (CVE-2020-8554).
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/service/#external-ips
# custom:
#   id: kubernetes/external-ips
#   severity: high
#   remediation: Remove `externalIPs`; use a load balancer or an Ingress.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - trivy:KSV-0108
package kubernetes.external_ips

import rego.v1

deny contains result if {
	input.kind == "Service"
	data.lib.kubernetes.group == ""
	some index
	address := input.spec.externalIPs[index]
	result := {
		"msg": sprintf("%s claims the address %v", [data.lib.kubernetes.name, address]),
		"path": ["spec", "externalIPs", index],
	}
}
