package kubernetes.unsafe_sysctl_test

import rego.v1

pod(name) := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "web"},
	"spec": {"securityContext": {"sysctls": [{"name": name, "value": "1"}]}},
}

found(name, version) := number if {
	number := count(data.kubernetes.unsafe_sysctl.deny) with input as pod(name) with data.parameters as {"kubernetes_version": version}
}

test_the_list_grows_with_the_cluster if {
	found("net.ipv4.tcp_rmem", "1.31") == 1
	found("net.ipv4.tcp_rmem", "1.32") == 0
	found("net.ipv4.tcp_fin_timeout", "v1.28.4") == 1
	found("net.ipv4.tcp_fin_timeout", "1.29") == 0
	found("net.ipv4.tcp_syncookies", "1.20") == 0
	found("kernel.msgmax", "1.34") == 1
}
