# METADATA
# scope: package
# title: Package cache left in the layer
# description: What yum, dnf, microdnf and zypper keep of their downloads is of no use in the image and makes it larger.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/
# custom:
#   id: dockerfile/rpm-cache
#   severity: low
#   remediation: End the same RUN with `clean all`, or mount a cache over their folder.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - hadolint:DL3032
#     - hadolint:DL3036
#     - hadolint:DL3040
#     - trivy:DS-0015
#     - trivy:DS-0019
#     - trivy:DS-0020
package dockerfile.rpm_cache

import rego.v1

caches := {
	"yum": "/var/cache/yum",
	"dnf": "/var/cache/dnf",
	"dnf5": "/var/cache/libdnf5",
	"microdnf": "/var/cache/yum",
	"zypper": "/var/cache/zypp",
}

deny contains result if {
	data.lib.shell.mentions({"yum", "dnf", "zypper"})
	some command in data.lib.shell.commands
	cache := caches[command.name]
	data.lib.shell.verb(command) in {"install", "in", "update", "upgrade", "groupinstall", "reinstall"}
	command.instruction.stage in data.lib.dockerfile.shipped
	not is_cleaned(command)
	not data.lib.dockerfile.has_mount_over(command.instruction, cache)
	result := {
		"msg": sprintf("`%s %s` leaves its cache in the layer", [command.name, data.lib.shell.verb(command)]),
		"path": [command.instruction.index],
		"text": data.lib.shell.at(command),
	}
}

is_cleaned(command) if {
	some other in data.lib.shell.commands
	other.instruction.index == command.instruction.index
	other.name in object.keys(caches)
	data.lib.shell.verb(other) in {"clean", "cc"}
}

is_cleaned(command) if {
	some other in data.lib.shell.commands
	other.instruction.index == command.instruction.index
	other.name == "rm"
	some word in other.args
	regex.match(`^/var/cache(/(yum|dnf|libdnf5|zypp))?(/\*?)?$|^/var/cache/\*`, word)
}
