# METADATA
# scope: package
# title: Signatures of packages not checked
# description: Without the check of signatures the package manager installs what anyone on the way sends.
# related_resources:
#   - https://wiki.debian.org/SecureApt
# custom:
#   id: dockerfile/unsigned-packages
#   severity: high
#   remediation: Remove the option; add the key of the repository.
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
#   controls:
#     - cis-docker-1.6/4.11
#   equivalents:
#     - checkov:CKV2_DOCKER_7
#     - checkov:CKV2_DOCKER_8
#     - checkov:CKV2_DOCKER_9
#     - checkov:CKV2_DOCKER_10
#     - checkov:CKV2_DOCKER_11
package dockerfile.unsigned_packages

import rego.v1

options := {
	"apt-get": `^--(allow-unauthenticated|force-yes|allow-insecure-repositories)$|AllowUnauthenticated=(true|1)|AllowInsecureRepositories=(true|1)`,
	"apt": `^--(allow-unauthenticated|allow-insecure-repositories)$|AllowUnauthenticated=(true|1)`,
	"apk": `^--allow-untrusted$`,
	"yum": `^--nogpgcheck$|gpgcheck=0`,
	"dnf": `^--(nogpgcheck|no-gpgchecks)$|gpgcheck=0`,
	"microdnf": `^--nogpgcheck$|gpgcheck=0`,
	"rpm": `^--(nosignature|nodigest)$`,
	"zypper": `^--no-gpg-checks$|^--allow-unsigned-rpm$`,
}

deny contains result if {
	data.lib.shell.mentions({"apt", "apk", "yum", "dnf", "rpm", "zypper", "deb"})
	some command in data.lib.shell.commands
	pattern := options[command.name]
	some word in command.args
	regex.match(pattern, word)
	result := {
		"msg": sprintf("`%s` with `%s` does not check signatures", [command.name, word]),
		"path": [command.instruction.index],
		"text": data.lib.shell.at_word(command, word),
	}
}

trusted := `deb[ \t]+\[[^]]*trusted=yes`

# A source that is trusted without a key.
deny contains result if {
	data.lib.shell.mentions({"apt", "apk", "yum", "dnf", "rpm", "zypper", "deb"})
	some script in data.lib.shell.outer_scripts
	regex.match(trusted, script.text)
	some text in data.lib.shell.places(script, trusted)
	result := {
		"msg": "a package source with `trusted=yes` is not checked",
		"path": [script.instruction.index],
		"text": text,
	}
}
