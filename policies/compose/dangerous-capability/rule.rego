# METADATA
# scope: package
# title: Capability beyond the default set
# description: Capabilities outside the set that containers have by default, such as SYS_ADMIN, SYS_PTRACE or NET_ADMIN, let a process change the machine or reach into other processes.
# related_resources:
#   - https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities
#   - https://man7.org/linux/man-pages/man7/capabilities.7.html
# custom:
#   id: compose/dangerous-capability
#   severity: high
#   remediation: Remove the capability from `cap_add`; if the program needs it, isolate the service and waive the finding with the reason.
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
package compose.dangerous_capability

import rego.v1

# What a container has without being given anything.
default_set := {
	"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "NET_RAW",
	"SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
}

# Common in programs that build networks or lock memory: what they reach stays mostly within the container.
confined := {"NET_ADMIN", "NET_BROADCAST", "IPC_LOCK", "SYS_NICE", "SYS_RESOURCE", "SYS_TIME", "SYSLOG", "PERFMON"}

severity(name) := "medium" if {
	name in confined
} else := "high"

deny contains result if {
	some service in data.lib.compose.services
	some index
	capability := service.spec.cap_add[index]
	is_string(capability)
	name := trim_prefix(upper(data.lib.compose.readable(capability)), "CAP_")
	not name in default_set
	result := {
		"msg": sprintf("%s adds capability %s", [service.subject, capability]),
		"severity": severity(name),
		"path": array.concat(service.path, ["cap_add", index]),
	}
}
