# METADATA
# scope: package
# title: Autoscaler that cannot measure
# description: Utilisation is a share of what the containers ask for; where one asks for nothing the autoscaler has no number and does nothing.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#algorithm-details
# custom:
#   id: kubernetes/autoscaler-without-requests
#   severity: medium
#   remediation: Give every container of the pod a request for the resource, or measure one container (`ContainerResource`).
#   input: documents
#   profiles:
#     - recommended
#     - strict
package kubernetes.autoscaler_without_requests

import rego.v1

deny contains result if {
	# Limit ranges give requests to who has none.
	not data.lib.cluster.places.LimitRange
	some pair in data.lib.cluster.scaled
	scaler := input[pair[0]].contents
	workload := data.lib.cluster.workloads[pair[1]]
	some resource in measured(scaler)
	not workload.spec.resources.requests[resource]
	some list in ["containers", "initContainers"]
	some index
	container := workload.spec[list][index]
	lasts(list, container)
	not asks(container, resource)
	result := {
		"msg": sprintf("container `%v` of %s asks for no %v, which %s measures", [object.get(container, "name", index), data.lib.cluster.shown(workload.item), resource, data.lib.cluster.shown(scaler)]),
		"path": array.concat(workload.path, [list, index]),
	}
}

lasts("containers", container) if is_object(container)

lasts("initContainers", container) if container.restartPolicy == "Always"

# A limit without a request is the request.
asks(container, resource) if container.resources.requests[resource]

asks(container, resource) if container.resources.limits[resource]

measured(scaler) := {metric.resource.name |
	metric := scaler.spec.metrics[_]
	metric.type == "Resource"
	metric.resource.target.type == "Utilization"
} | {"cpu" | scaler.spec.targetCPUUtilizationPercentage} | {trigger.type |
	trigger := scaler.spec.triggers[_]
	trigger.type in {"cpu", "memory"}
}
