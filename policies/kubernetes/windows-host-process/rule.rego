# METADATA
# scope: package
# title: Windows host process
# description: A host process container runs on the Windows node itself, with the rights of the account it names.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/
# custom:
#   id: kubernetes/windows-host-process
#   severity: critical
#   remediation: Remove `hostProcess`.
#   profiles:
#     - recommended
#     - strict
#     - pss-baseline
#     - pss-restricted
#     - cis-kubernetes
#   controls:
#     - pss-baseline/host-process
#     - cis-kubernetes-1.8/5.2.11
#   equivalents:
#     - trivy:KSV-0103
package kubernetes.windows_host_process

import rego.v1

deny contains result if {
	some context in data.lib.kubernetes.security_contexts
	context.value.windowsOptions.hostProcess == true
	result := {
		"msg": sprintf("%s runs as a process of its Windows node", [context.subject]),
		"path": array.concat(context.path, ["windowsOptions", "hostProcess"]),
	}
}
