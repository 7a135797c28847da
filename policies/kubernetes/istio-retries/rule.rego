# METADATA
# scope: package
# title: Retries that outlast the caller
# description: Every try may take as long as the whole request, so the second one begins when the caller has gone, and load grows when a server is slow.
# related_resources:
#   - https://istio.io/latest/docs/concepts/traffic-management/#retries
# custom:
#   id: kubernetes/istio-retries
#   severity: low
#   remediation: Set `perTryTimeout` so that all tries fit into `timeout`, and few attempts.
#   profiles:
#     - strict
package kubernetes.istio_retries

import rego.v1

deny contains result if {
	input.kind == "VirtualService"
	data.lib.kubernetes.group == "networking.istio.io"
	some index
	retries := input.spec.http[index].retries
	is_number(retries.attempts)
	retries.attempts > 0
	not retries.perTryTimeout
	result := {
		"msg": sprintf("%s tries %v times without a limit to each", [data.lib.kubernetes.name, retries.attempts]),
		"path": ["spec", "http", index, "retries", "attempts"],
	}
}

deny contains result if {
	input.kind == "VirtualService"
	data.lib.kubernetes.group == "networking.istio.io"
	some index
	attempts := input.spec.http[index].retries.attempts
	is_number(attempts)
	attempts > 5
	result := {
		"msg": sprintf("%s tries %v times, which multiplies the load on a server that is in trouble", [data.lib.kubernetes.name, attempts]),
		"path": ["spec", "http", index, "retries", "attempts"],
	}
}
