# METADATA
# scope: package
# title: Seccomp profile nobody reads
# description: "Kubernetes stopped reading the annotation in 1.27: the pod looks confined and is not."
# related_resources:
#   - https://kubernetes.io/docs/tutorials/security/seccomp/
# custom:
#   id: kubernetes/seccomp-annotation
#   severity: medium
#   remediation: Set `seccompProfile` in the security context.
#   profiles:
#     - recommended
#     - strict
package kubernetes.seccomp_annotation

import rego.v1

deny contains result if {
	data.lib.kubernetes.minor >= 27
	some pod in data.lib.kubernetes.pods
	some key
	pod.holder.metadata.annotations[key]
	is_string(key)
	regex.match(`^(container\.)?seccomp\.security\.alpha\.kubernetes\.io/`, key)
	not has_field(pod)
	result := {
		"msg": sprintf("%s names its seccomp profile where nothing reads it", [data.lib.kubernetes.name]),
		"path": array.concat(pod.owner, ["metadata", "annotations", key]),
	}
}

has_field(pod) if pod.spec.securityContext.seccompProfile.type

has_field(pod) if {
	container := pod.spec.containers[_]
	container.securityContext.seccompProfile.type
}
