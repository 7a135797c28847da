# METADATA
# scope: package
# title: Recommended packages installed
# description: "apt-get also installs what packages recommend: often many times their size, and more to keep free of vulnerabilities."
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#apt-get
# custom:
#   id: dockerfile/apt-recommends
#   severity: low
#   remediation: Add --no-install-recommends and name what is needed.
#   profiles:
#     - strict
#     - cis-docker
#   controls:
#     - cis-docker-1.6/4.3
#   equivalents:
#     - hadolint:DL3015
#     - trivy:DS-0029
package dockerfile.apt_recommends

import rego.v1

# Only stages whose layers are in the image count.
deny contains result if {
	data.lib.shell.mentions({"apt"})
	some command in data.lib.shell.commands
	command.name in {"apt-get", "apt"}
	data.lib.shell.verb(command) == "install"
	command.instruction.stage in data.lib.dockerfile.shipped
	not leaves_out(command)
	not is_configured
	result := {
		"msg": sprintf("`%s install` also installs recommended packages", [command.name]),
		"path": [command.instruction.index],
		"text": data.lib.shell.at(command),
	}
}

leaves_out(command) if {
	some word in command.args
	regex.match(`^--no-install-recommends$|APT::Install-Recommends=["']?(0|false|no)`, word)
}

is_configured if {
	some script in data.lib.shell.scripts
	regex.match(`APT::Install-Recommends[ "'=]+(0|false|no)`, script.text)
}
