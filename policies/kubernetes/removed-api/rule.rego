# METADATA
# scope: package
# title: API version that is gone
# description: The API server of a current Kubernetes does not know this version any more and refuses the object.
# related_resources:
#   - https://kubernetes.io/docs/reference/using-api/deprecation-guide/
# custom:
#   id: kubernetes/removed-api
#   severity: medium
#   remediation: Move to the version that follows it; fields may have other names there.
#   profiles:
#     - recommended
#     - strict
package kubernetes.removed_api

import rego.v1

# Where a version was removed and what follows it, by version and kind.
removed := {
	"extensions/v1beta1": {
		"Deployment": ["1.16", "apps/v1"],
		"DaemonSet": ["1.16", "apps/v1"],
		"ReplicaSet": ["1.16", "apps/v1"],
		"NetworkPolicy": ["1.16", "networking.k8s.io/v1"],
		"PodSecurityPolicy": ["1.16", "Pod Security Admission"],
		"Ingress": ["1.22", "networking.k8s.io/v1"],
	},
	"apps/v1beta1": {"*": ["1.16", "apps/v1"]},
	"apps/v1beta2": {"*": ["1.16", "apps/v1"]},
	"admissionregistration.k8s.io/v1beta1": {
		"MutatingWebhookConfiguration": ["1.22", "admissionregistration.k8s.io/v1"],
		"ValidatingWebhookConfiguration": ["1.22", "admissionregistration.k8s.io/v1"],
	},
	"apiextensions.k8s.io/v1beta1": {"*": ["1.22", "apiextensions.k8s.io/v1"]},
	"apiregistration.k8s.io/v1beta1": {"*": ["1.22", "apiregistration.k8s.io/v1"]},
	"authentication.k8s.io/v1beta1": {"TokenReview": ["1.22", "authentication.k8s.io/v1"]},
	"authorization.k8s.io/v1beta1": {"*": ["1.22", "authorization.k8s.io/v1"]},
	"certificates.k8s.io/v1beta1": {"CertificateSigningRequest": ["1.22", "certificates.k8s.io/v1"]},
	"coordination.k8s.io/v1beta1": {"Lease": ["1.22", "coordination.k8s.io/v1"]},
	"networking.k8s.io/v1beta1": {
		"Ingress": ["1.22", "networking.k8s.io/v1"],
		"IngressClass": ["1.22", "networking.k8s.io/v1"],
	},
	"rbac.authorization.k8s.io/v1beta1": {"*": ["1.22", "rbac.authorization.k8s.io/v1"]},
	"rbac.authorization.k8s.io/v1alpha1": {"*": ["1.22", "rbac.authorization.k8s.io/v1"]},
	"scheduling.k8s.io/v1beta1": {"PriorityClass": ["1.22", "scheduling.k8s.io/v1"]},
	"storage.k8s.io/v1beta1": {
		"CSIDriver": ["1.22", "storage.k8s.io/v1"],
		"CSINode": ["1.22", "storage.k8s.io/v1"],
		"StorageClass": ["1.22", "storage.k8s.io/v1"],
		"VolumeAttachment": ["1.22", "storage.k8s.io/v1"],
		"CSIStorageCapacity": ["1.27", "storage.k8s.io/v1"],
	},
	"batch/v1beta1": {"CronJob": ["1.25", "batch/v1"]},
	"discovery.k8s.io/v1beta1": {"EndpointSlice": ["1.25", "discovery.k8s.io/v1"]},
	"events.k8s.io/v1beta1": {"Event": ["1.25", "events.k8s.io/v1"]},
	"autoscaling/v2beta1": {"HorizontalPodAutoscaler": ["1.25", "autoscaling/v2"]},
	"autoscaling/v2beta2": {"HorizontalPodAutoscaler": ["1.26", "autoscaling/v2"]},
	"policy/v1beta1": {
		"PodDisruptionBudget": ["1.25", "policy/v1"],
		"PodSecurityPolicy": ["1.25", "Pod Security Admission"],
	},
	"node.k8s.io/v1beta1": {"RuntimeClass": ["1.25", "node.k8s.io/v1"]},
	"flowcontrol.apiserver.k8s.io/v1beta1": {"*": ["1.26", "flowcontrol.apiserver.k8s.io/v1"]},
	"flowcontrol.apiserver.k8s.io/v1beta2": {"*": ["1.29", "flowcontrol.apiserver.k8s.io/v1"]},
	"flowcontrol.apiserver.k8s.io/v1beta3": {"*": ["1.32", "flowcontrol.apiserver.k8s.io/v1"]},
}

deny contains result if {
	some kind in [input.kind, "*"]
	fact := removed[input.apiVersion][kind]
	result := {
		"msg": sprintf("%s: %s was removed in Kubernetes %s, use %s", [data.lib.kubernetes.name, input.apiVersion, fact[0], fact[1]]),
		"path": ["apiVersion"],
	}
}
