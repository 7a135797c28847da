# METADATA
# scope: package
# title: Nothing keeps root out
# description: Without `runAsNonRoot` or a user of its own the container runs as whatever user the image names, which is root for most images.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: kubernetes/run-as-non-root
#   severity: medium
#   remediation: Set `runAsNonRoot` to true for the pod or the container; the kubelet then refuses to start it as root.
#   profiles:
#     - recommended
#     - strict
#     - pss-restricted
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - pss-restricted/run-as-non-root
#     - cis-kubernetes-1.8/5.2.7
#     - nsa-cisa-1.2/non-root-containers
#   equivalents:
#     - trivy:KSV-0012
#     - checkov:CKV_K8S_23
#     - kube-linter:run-as-non-root
package kubernetes.run_as_non_root

import rego.v1

# Also on Windows, where the kubelet looks at the name of the user.
deny contains result if {
	some container in data.lib.kubernetes.containers
	not container.spec.securityContext.runAsNonRoot == true
	not container.pod.spec.hostUsers == false
	not is_non_root(container)
	not has_user(container)
	result := {
		"msg": sprintf("%s may run as root", [container.subject]),
		"path": cause(container),
	}
}

is_non_root(container) if data.lib.kubernetes.effective(container, "runAsNonRoot").value == true

# Any user that is named: 0 is the business of run-as-root, and no other is root.
has_user(container) if data.lib.kubernetes.effective(container, "runAsUser")

cause(container) := data.lib.kubernetes.effective(container, "runAsNonRoot").path

cause(container) := container.path if not has_field(container)

has_field(container) if data.lib.kubernetes.effective(container, "runAsNonRoot")
