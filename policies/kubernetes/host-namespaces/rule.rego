# METADATA
# scope: package
# title: Namespace of the host shared
# description: A pod in the network, process or IPC namespace of its node can watch and reach what runs there, past every network policy.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: kubernetes/host-namespaces
#   severity: high
#   remediation: Remove `hostNetwork`, `hostPID` and `hostIPC`; expose ports through a Service.
#   profiles:
#     - recommended
#     - strict
#     - pss-baseline
#     - pss-restricted
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - pss-baseline/host-namespaces
#     - cis-kubernetes-1.8/5.2.3
#     - cis-kubernetes-1.8/5.2.4
#     - cis-kubernetes-1.8/5.2.5
#     - nsa-cisa-1.2/pod-security
#   equivalents:
#     - trivy:KSV-0008
#     - trivy:KSV-0009
#     - trivy:KSV-0010
#     - checkov:CKV_K8S_17
#     - checkov:CKV_K8S_18
#     - checkov:CKV_K8S_19
#     - kube-linter:host-ipc
#     - kube-linter:host-network
#     - kube-linter:host-pid
package kubernetes.host_namespaces

import rego.v1

namespaces := {"hostNetwork": "network", "hostPID": "process", "hostIPC": "IPC"}

deny contains result if {
	some pod in data.lib.kubernetes.pods
	some field, word in namespaces
	pod.spec[field] == true
	result := {
		"msg": sprintf("%s shares the %s namespace of its node", [data.lib.kubernetes.name, word]),
		"path": array.concat(pod.path, [field]),
	}
}
