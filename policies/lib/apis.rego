# METADATA
# title: API versions that are gone
# description: Since which version a cluster or a product does not know an API version any more, and what follows it
# related_resources:
#   - https://kubernetes.io/docs/reference/using-api/deprecation-guide/
package lib.apis

import rego.v1

# By version and kind, `*` for every kind: since which minor version of Kubernetes 1, and what follows.
removed := {
	"extensions/v1beta1": {
		"Deployment": [16, "apps/v1"],
		"DaemonSet": [16, "apps/v1"],
		"ReplicaSet": [16, "apps/v1"],
		"NetworkPolicy": [16, "networking.k8s.io/v1"],
		"PodSecurityPolicy": [16, "Pod Security Admission"],
		"Ingress": [22, "networking.k8s.io/v1"],
	},
	"apps/v1beta1": {"*": [16, "apps/v1"]},
	"apps/v1beta2": {"*": [16, "apps/v1"]},
	"auditregistration.k8s.io/v1alpha1": {"AuditSink": [19, "an audit webhook of the API server"]},
	"settings.k8s.io/v1alpha1": {"PodPreset": [20, "a mutating webhook"]},
	"batch/v2alpha1": {"CronJob": [21, "batch/v1"]},
	"admissionregistration.k8s.io/v1beta1": {
		"MutatingWebhookConfiguration": [22, "admissionregistration.k8s.io/v1"],
		"ValidatingWebhookConfiguration": [22, "admissionregistration.k8s.io/v1"],
	},
	"apiextensions.k8s.io/v1beta1": {"*": [22, "apiextensions.k8s.io/v1"]},
	"apiregistration.k8s.io/v1beta1": {"*": [22, "apiregistration.k8s.io/v1"]},
	"authentication.k8s.io/v1beta1": {"TokenReview": [22, "authentication.k8s.io/v1"]},
	"authorization.k8s.io/v1beta1": {"*": [22, "authorization.k8s.io/v1"]},
	"certificates.k8s.io/v1beta1": {"CertificateSigningRequest": [22, "certificates.k8s.io/v1"]},
	"coordination.k8s.io/v1beta1": {"Lease": [22, "coordination.k8s.io/v1"]},
	"networking.k8s.io/v1beta1": {
		"Ingress": [22, "networking.k8s.io/v1"],
		"IngressClass": [22, "networking.k8s.io/v1"],
	},
	"rbac.authorization.k8s.io/v1beta1": {"*": [22, "rbac.authorization.k8s.io/v1"]},
	"rbac.authorization.k8s.io/v1alpha1": {"*": [22, "rbac.authorization.k8s.io/v1"]},
	"scheduling.k8s.io/v1beta1": {"PriorityClass": [22, "scheduling.k8s.io/v1"]},
	"storage.k8s.io/v1beta1": {
		"CSIDriver": [22, "storage.k8s.io/v1"],
		"CSINode": [22, "storage.k8s.io/v1"],
		"StorageClass": [22, "storage.k8s.io/v1"],
		"VolumeAttachment": [22, "storage.k8s.io/v1"],
		"CSIStorageCapacity": [27, "storage.k8s.io/v1"],
	},
	"audit.k8s.io/v1alpha1": {"*": [24, "audit.k8s.io/v1"]},
	"audit.k8s.io/v1beta1": {"*": [24, "audit.k8s.io/v1"]},
	"batch/v1beta1": {"CronJob": [25, "batch/v1"]},
	"discovery.k8s.io/v1beta1": {"EndpointSlice": [25, "discovery.k8s.io/v1"]},
	"events.k8s.io/v1beta1": {"Event": [25, "events.k8s.io/v1"]},
	"autoscaling/v2beta1": {"HorizontalPodAutoscaler": [25, "autoscaling/v2"]},
	"autoscaling/v2beta2": {"HorizontalPodAutoscaler": [26, "autoscaling/v2"]},
	"policy/v1beta1": {
		"PodDisruptionBudget": [25, "policy/v1"],
		"PodSecurityPolicy": [25, "Pod Security Admission"],
	},
	"node.k8s.io/v1beta1": {"RuntimeClass": [25, "node.k8s.io/v1"]},
	"kubescheduler.config.k8s.io/v1beta2": {"KubeSchedulerConfiguration": [28, "kubescheduler.config.k8s.io/v1"]},
	"kubescheduler.config.k8s.io/v1beta3": {"KubeSchedulerConfiguration": [29, "kubescheduler.config.k8s.io/v1"]},
	"flowcontrol.apiserver.k8s.io/v1beta1": {"*": [26, "flowcontrol.apiserver.k8s.io/v1"]},
	"flowcontrol.apiserver.k8s.io/v1beta2": {"*": [29, "flowcontrol.apiserver.k8s.io/v1"]},
	"flowcontrol.apiserver.k8s.io/v1beta3": {"*": [32, "flowcontrol.apiserver.k8s.io/v1"]},
}

# The same of well-known extensions, which have versions of their own.
removed_extensions := {
	"certmanager.k8s.io/v1alpha1": {"*": ["cert-manager 0.11", "cert-manager.io/v1"]},
	"cert-manager.io/v1alpha2": {"*": ["cert-manager 1.6", "cert-manager.io/v1"]},
	"cert-manager.io/v1alpha3": {"*": ["cert-manager 1.6", "cert-manager.io/v1"]},
	"cert-manager.io/v1beta1": {"*": ["cert-manager 1.6", "cert-manager.io/v1"]},
	"authentication.istio.io/v1alpha1": {"*": ["Istio 1.6", "security.istio.io/v1"]},
	"rbac.istio.io/v1alpha1": {"*": ["Istio 1.6", "security.istio.io/v1"]},
	"keda.k8s.io/v1alpha1": {"*": ["KEDA 2.0", "keda.sh/v1alpha1"]},
	"traefik.containo.us/v1alpha1": {"*": ["Traefik 3.0", "traefik.io/v1alpha1"]},
	"karpenter.sh/v1alpha5": {"*": ["Karpenter 0.33", "karpenter.sh/v1"]},
	"helm.fluxcd.io/v1": {"HelmRelease": ["Flux 2", "helm.toolkit.fluxcd.io/v2"]},
}

# Who does not know the version of this object any more, and what follows it; undefined when it is known.
removal := {"by": sprintf("Kubernetes 1.%d", [fact[0]]), "next": fact[1]} if {
	some kind in [input.kind, "*"]
	fact := removed[input.apiVersion][kind]
	data.lib.kubernetes.minor >= fact[0]
}

removal := {"by": fact[0], "next": fact[1]} if {
	some kind in [input.kind, "*"]
	fact := removed_extensions[input.apiVersion][kind]
}
