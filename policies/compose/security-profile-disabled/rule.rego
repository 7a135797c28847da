# METADATA
# scope: package
# title: Security profile turned off
# description: Without seccomp, AppArmor or SELinux a container may make system calls and reach files that most ways out of a container need.
# related_resources:
#   - https://docs.docker.com/engine/security/seccomp/
#   - https://docs.docker.com/engine/security/apparmor/
# custom:
#   id: compose/security-profile-disabled
#   severity: high
#   remediation: Remove the option, or name a profile that allows what the program needs.
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
package compose.security_profile_disabled

import rego.v1

# What each option turns off.
options := {
	"seccomp:unconfined": "seccomp",
	"apparmor:unconfined": "AppArmor",
	"label:disable": "SELinux",
	"label:type:unconfined_t": "SELinux",
	"label:type:spc_t": "SELinux",
	"systempaths:unconfined": "the masks over /proc and /sys",
}

deny contains result if {
	some service in data.lib.compose.services
	some index
	option := service.spec.security_opt[index]
	is_string(option)
	lost := options[replace(lower(data.lib.compose.readable(option)), "=", ":")]
	result := {
		"msg": sprintf("%s turns off %s", [service.subject, lost]),
		"path": array.concat(service.path, ["security_opt", index]),
	}
}
