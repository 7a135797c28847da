# METADATA
# scope: package
# title: API version on its way out
# description: This version still works and will be gone in a later Kubernetes; whoever upgrades then must change it in a hurry.
# related_resources:
#   - https://kubernetes.io/docs/reference/using-api/deprecation-guide/
# custom:
#   id: kubernetes/deprecated-api
#   severity: low
#   remediation: Move to the version that follows it while both work.
#   profiles:
#     - strict
package kubernetes.deprecated_api

import rego.v1

# What is deprecated, since which minor version of Kubernetes 1, and what follows. What is gone has the rule removed-api.
deprecated := {
	"v1": {
		"ComponentStatus": [19, "the health endpoints of the components"],
		"Endpoints": [33, "discovery.k8s.io/v1 EndpointSlice"],
	},
	"flowcontrol.apiserver.k8s.io/v1beta3": {"*": [29, "flowcontrol.apiserver.k8s.io/v1"]},
	"flowcontrol.apiserver.k8s.io/v1beta2": {"*": [26, "flowcontrol.apiserver.k8s.io/v1"]},
	"autoscaling/v2beta2": {"HorizontalPodAutoscaler": [23, "autoscaling/v2"]},
	"batch/v1beta1": {"CronJob": [21, "batch/v1"]},
	"policy/v1beta1": {"PodDisruptionBudget": [21, "policy/v1"], "PodSecurityPolicy": [21, "Pod Security Admission"]},
	"discovery.k8s.io/v1beta1": {"EndpointSlice": [21, "discovery.k8s.io/v1"]},
	"storage.k8s.io/v1beta1": {"CSIStorageCapacity": [24, "storage.k8s.io/v1"]},
	"networking.k8s.io/v1beta1": {"*": [19, "networking.k8s.io/v1"]},
}

deny contains result if {
	some kind in [input.kind, "*"]
	fact := deprecated[input.apiVersion][kind]
	data.lib.kubernetes.minor >= fact[0]
	not data.lib.apis.removal
	result := {
		"msg": sprintf("%s: %s is deprecated since Kubernetes 1.%v, use %s", [data.lib.kubernetes.name, input.apiVersion, fact[0], fact[1]]),
		"path": ["apiVersion"],
	}
}

deny contains result if {
	input.kind == "Ingress"
	data.lib.kubernetes.group == "networking.k8s.io"
	key := "kubernetes.io/ingress.class"
	class := input.metadata.annotations[key]
	not input.spec.ingressClassName
	result := {
		"msg": sprintf("%s names its class `%v` in an annotation that is deprecated since Kubernetes 1.18, use spec.ingressClassName", [data.lib.kubernetes.name, class]),
		"path": ["metadata", "annotations", key],
	}
}
