# METADATA
# scope: package
# title: Distribution upgraded in a build
# description: A dist-upgrade may replace the release the base image stands for, differently at every build.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#apt-get
# custom:
#   id: dockerfile/distribution-upgrade
#   severity: low
#   remediation: Take a newer base image; `apt-get upgrade` is enough for security fixes.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - hadolint:DL3005
#     - hadolint:DL3035
#     - trivy:DS-0024
package dockerfile.distribution_upgrade

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"upgrade", "zypper"})
	some command in data.lib.shell.commands
	is_upgrade(command)
	result := {
		"msg": sprintf("`%s` upgrades the distribution", [command.name]),
		"path": [command.instruction.index],
		"text": data.lib.shell.at(command),
	}
}

is_upgrade(command) if {
	command.name in {"apt-get", "apt", "aptitude"}
	data.lib.shell.verb(command) in {"dist-upgrade", "full-upgrade"}
}

is_upgrade(command) if command.name == "do-release-upgrade"

is_upgrade(command) if {
	command.name == "zypper"
	data.lib.shell.verb(command) in {"dup", "dist-upgrade"}
}
