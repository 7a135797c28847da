# METADATA
# scope: package
# title: Unsafe sysctl
# description: Sysctls outside the safe set are shared with the node or switch off its protection, so one pod changes them for all.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/
# custom:
#   id: kubernetes/unsafe-sysctl
#   severity: medium
#   remediation: Remove the sysctl, or set it on the node.
#   profiles:
#     - recommended
#     - strict
#     - pss-baseline
#     - pss-restricted
#   controls:
#     - pss-baseline/sysctls
#   equivalents:
#     - trivy:KSV-0026
#     - kube-linter:unsafe-sysctls
package kubernetes.unsafe_sysctl

import rego.v1

# The minor version of Kubernetes 1 since which each is safe.
safe := {
	"kernel.shm_rmid_forced": 0,
	"net.ipv4.ip_local_port_range": 0,
	"net.ipv4.ip_unprivileged_port_start": 0,
	"net.ipv4.ping_group_range": 0,
	"net.ipv4.tcp_syncookies": 0,
	"net.ipv4.ip_local_reserved_ports": 27,
	"net.ipv4.tcp_fin_timeout": 29,
	"net.ipv4.tcp_keepalive_intvl": 29,
	"net.ipv4.tcp_keepalive_probes": 29,
	"net.ipv4.tcp_keepalive_time": 29,
	"net.ipv4.tcp_rmem": 32,
	"net.ipv4.tcp_wmem": 32,
}

deny contains result if {
	some pod in data.lib.kubernetes.pods
	some index
	sysctl := pod.spec.securityContext.sysctls[index]
	name := replace(sprintf("%v", [sysctl.name]), "/", ".")
	not is_safe(name)
	result := {
		"msg": sprintf("%s sets the unsafe sysctl `%v`", [data.lib.kubernetes.name, sysctl.name]),
		"path": array.concat(pod.path, ["securityContext", "sysctls", index, "name"]),
	}
}

is_safe(name) if data.lib.kubernetes.minor >= safe[name]
