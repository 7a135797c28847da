# METADATA
# scope: package
# title: apt in a script
# description: "apt is made for people: its output and options change between versions, and it warns that scripts should not call it."
# related_resources:
#   - https://manpages.debian.org/bookworm/apt/apt.8.en.html
# custom:
#   id: dockerfile/apt-for-apt-get
#   severity: low
#   remediation: Call apt-get or apt-cache.
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL3027
#     - checkov:CKV_DOCKER_9
package dockerfile.apt_for_apt_get

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"apt"})
	some command in data.lib.shell.commands
	command.name == "apt"
	result := {
		"msg": "`apt` is called where `apt-get` is meant for scripts",
		"path": [command.instruction.index],
		"text": data.lib.shell.at(command),
	}
}
