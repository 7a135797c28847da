# METADATA
# scope: package
# title: Disk or memory of the machine handed out
# description: Who can write a disk or the memory of the machine past its system can change everything on it.
# related_resources:
#   - https://docs.docker.com/reference/compose-file/services/#devices
# custom:
#   id: compose/raw-device
#   severity: high
#   remediation: Mount the file system that is needed as a volume; name the one device and the rights that are needed.
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
package compose.raw_device

import rego.v1

deny contains result if {
	some device in data.lib.compose.devices
	data.lib.compose.is_raw_device(device.source)
	result := {
		"msg": sprintf("%s is given `%s`", [device.service.subject, device.source]),
		"path": device.path,
	}
}

# A rule such as `a *:* rwm` opens every device there is.
deny contains result if {
	some service in data.lib.compose.services
	some index
	rule := service.spec.device_cgroup_rules[index]
	is_string(rule)
	regex.match(`^[[:space:]]*(a([[:space:]]|$)|b[[:space:]]+[*]:|[abc][[:space:]]+[*]:[*])`, rule)
	result := {
		"msg": sprintf("%s may use every device: `%s`", [service.subject, rule]),
		"path": array.concat(service.path, ["device_cgroup_rules", index]),
	}
}
