# METADATA
# scope: package
# title: Monitor of no service
# description: No service that is delivered with it has these labels, so nothing is measured and no alarm can go off.
# related_resources:
#   - https://prometheus-operator.dev/docs/developer/getting-started/
# custom:
#   id: kubernetes/dangling-service-monitor
#   severity: low
#   remediation: Give the selector the labels of the service.
#   input: documents
#   profiles:
#     - strict
#   equivalents:
#     - kube-linter:dangling-servicemonitor
package kubernetes.dangling_service_monitor

import rego.v1

deny contains result if {
	not data.lib.cluster.is_open
	some place in data.lib.cluster.of("ServiceMonitor")
	monitor := input[place].contents
	labels := monitor.spec.selector.matchLabels
	is_object(labels)
	count(labels) > 0
	data.lib.cluster.places.Service
	not is_matched(labels)
	result := {
		"msg": sprintf("%s selects no service", [data.lib.cluster.shown(monitor)]),
		"path": [place, "contents", "spec", "selector", "matchLabels"],
	}
}

is_matched(labels) if {
	some place in data.lib.cluster.services
	own := data.lib.cluster.labels_at(input[place].contents, ["metadata", "labels"])
	not data.lib.cluster.differs(own, labels)
}
