# METADATA
# scope: package
# title: Route without a timeout
# description: "Istio waits for ever unless told otherwise: a server that hangs holds every caller in front of it."
# related_resources:
#   - https://istio.io/latest/docs/concepts/traffic-management/#timeouts
# custom:
#   id: kubernetes/istio-no-timeout
#   severity: low
#   remediation: Set `timeout` on the route.
#   profiles:
#     - strict
package kubernetes.istio_no_timeout

import rego.v1

deny contains result if {
	input.kind == "VirtualService"
	data.lib.kubernetes.group == "networking.istio.io"
	some index
	entry := input.spec.http[index]
	is_object(entry)
	not entry.redirect
	not entry.directResponse
	object.get(entry, "timeout", "0s") in {"0s", "0", 0, null}
	result := {
		"msg": sprintf("%s waits for ever on route %v", [data.lib.kubernetes.name, object.get(entry, "name", index)]),
		"path": ["spec", "http", index],
	}
}
