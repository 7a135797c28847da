# METADATA
# scope: package
# title: Package lists fetched apart from the install
# description: "A RUN that only updates is cached: a later install then uses lists that may be months old, and misses security fixes."
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#apt-get
# custom:
#   id: dockerfile/update-alone
#   severity: low
#   remediation: Run update and install in the same RUN.
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
#   controls:
#     - cis-docker-1.6/4.7
#   equivalents:
#     - checkov:CKV_DOCKER_5
#     - trivy:DS-0017
package dockerfile.update_alone

import rego.v1

updates := {
	"apt-get": "update",
	"apt": "update",
	"apk": "update",
	"yum": "makecache",
	"dnf": "makecache",
}

deny contains result if {
	data.lib.shell.mentions({"update", "makecache"})
	some command in data.lib.shell.commands
	data.lib.shell.verb(command) == updates[command.name]
	not uses_lists(command.instruction.index)
	result := {
		"msg": sprintf("`%s %s` stands apart from the install", [command.name, updates[command.name]]),
		"path": [command.instruction.index],
		"text": data.lib.shell.at(command),
	}
}

# Scripts of the build may install too; what they do is not known, so they count as use.
uses_lists(index) if {
	some command in data.lib.shell.commands
	command.instruction.index == index
	is_use(command)
}

is_use(command) if {
	command.name in {"apt-get", "apt", "aptitude", "apk", "yum", "dnf"}
	verb := data.lib.shell.verb(command)
	not verb in {"update", "makecache", "clean", "autoclean", "autoremove", "cache"}
}

is_use(command) if regex.match(`[.]sh$|^(make|ansible-playbook|playwright|tasksel|dpkg-buildpackage|mk-build-deps)$`, command.name)
