# METADATA
# scope: package
# title: Folder of the system mounted
# description: "Files of the machine's own system, or the credentials of a user, in a container: what can be written there changes the machine, and what can be read there opens others."
# related_resources:
#   - https://docs.docker.com/reference/compose-file/services/#volumes
# custom:
#   id: compose/host-path
#   severity: high
#   remediation: Mount a volume with a name, or the one folder that is needed, and read only where it is only read.
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
package compose.host_path

import rego.v1

# Sockets of container runtimes are a rule of their own: container-runtime-socket.
deny contains result if {
	some mount in data.lib.compose.mounts
	not data.lib.host.is_runtime_socket(mount.source)
	reason := data.lib.host.sensitivity(mount.source)
	reason != "nothing"
	result := {
		"msg": sprintf("%s mounts `%s`, %s", [mount.service.subject, mount.source, reason]),
		"severity": severity(mount, reason),
		"path": mount.path,
	}
}

# What watches the machine must look at it; credentials are as good when they are only read.
severity(mount, reason) := "medium" if {
	"ro" in mount.options
	reason != "credentials of a user"
} else := "medium" if {
	is_device(mount.source)
} else := "high"

is_device(source) if regex.match(`^/dev/[^/]`, source)
