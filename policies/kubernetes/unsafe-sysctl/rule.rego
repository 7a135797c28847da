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
package kubernetes.unsafe_sysctl

import rego.v1

# The list of Kubernetes 1.32.
safe := {
	"kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports",
	"net.ipv4.ip_unprivileged_port_start", "net.ipv4.ping_group_range", "net.ipv4.tcp_fin_timeout",
	"net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_keepalive_time",
	"net.ipv4.tcp_rmem", "net.ipv4.tcp_syncookies", "net.ipv4.tcp_wmem",
}

deny contains result if {
	some pod in data.lib.kubernetes.pods
	some index
	sysctl := pod.spec.securityContext.sysctls[index]
	name := replace(sprintf("%v", [sysctl.name]), "/", ".")
	not name in safe
	result := {
		"msg": sprintf("%s sets the unsafe sysctl `%v`", [data.lib.kubernetes.name, sysctl.name]),
		"path": array.concat(pod.path, ["securityContext", "sysctls", index, "name"]),
	}
}
