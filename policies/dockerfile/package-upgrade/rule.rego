# METADATA
# scope: package
# title: Packages upgraded in a build
# description: What is upgraded depends on the day of the build, and the packages of the base image lie in the image twice.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/
# custom:
#   id: dockerfile/package-upgrade
#   severity: low
#   remediation: Move to a newer base image; upgrade single packages by name where it has to be.
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL3017
#     - hadolint:DL3031
#     - hadolint:DL3039
package dockerfile.package_upgrade

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"update", "upgrade", " up "})
	some command in data.lib.shell.commands
	verbs := data.lib.shell.verbs(command)
	verbs[0] in upgrades[command.name]
	# Packages that are named are another matter.
	count([word | some word in array.slice(verbs, 1, count(verbs)); word != "\\"]) == 0
	command.instruction.stage in data.lib.dockerfile.shipped
	result := {
		"msg": sprintf("`%s %s` upgrades all packages", [command.name, verbs[0]]),
		"path": [command.instruction.index],
		"text": data.lib.shell.at(command),
	}
}

upgrades := {
	"apt-get": {"upgrade"},
	"apt": {"upgrade"},
	"apk": {"upgrade"},
	"yum": {"update", "upgrade"},
	"dnf": {"update", "upgrade"},
	"microdnf": {"update", "upgrade"},
	"zypper": {"update", "up"},
}
