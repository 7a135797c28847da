# METADATA
# scope: package
# title: Device of the machine handed out
# description: A device is a way to the kernel and to what is plugged in, past the walls of the container.
# related_resources:
#   - https://docs.docker.com/reference/compose-file/services/#devices
# custom:
#   id: compose/host-device
#   severity: low
#   remediation: "Remove what is not needed, and leave `m` and `w` out of the rights where reading is enough."
#   profiles:
#     - strict
#     - cis-docker
package compose.host_device

import rego.v1

# Disks and memory are a rule of their own: raw-device.
deny contains result if {
	some device in data.lib.compose.devices
	not data.lib.compose.is_raw_device(device.source)
	result := {
		"msg": sprintf("%s is given device `%s`", [device.service.subject, device.source]),
		"path": device.path,
	}
}
