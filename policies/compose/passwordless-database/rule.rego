# METADATA
# scope: package
# title: Database without a password
# description: A database that was told to ask for no password serves every container of its network, also the one that somebody got into.
# related_resources:
#   - https://hub.docker.com/_/postgres
#   - https://hub.docker.com/_/mysql
# custom:
#   id: compose/passwordless-database
#   severity: medium
#   remediation: Remove the variable and give the database a password as one of `secrets`.
#   profiles:
#     - recommended
#     - strict
package compose.passwordless_database

import rego.v1

# Variables that turn the question for a password off, and the values that do so; empty for any value.
switches := {
	"POSTGRES_HOST_AUTH_METHOD": {"trust"},
	"MYSQL_ALLOW_EMPTY_PASSWORD": set(),
	"MARIADB_ALLOW_EMPTY_ROOT_PASSWORD": set(),
	"MARIADB_ALLOW_EMPTY_PASSWORD": set(),
	"ALLOW_EMPTY_PASSWORD": {"yes", "true", "1"},
	"NEO4J_AUTH": {"none"},
	"xpack.security.enabled": {"false"},
	"DISABLE_SECURITY_PLUGIN": {"true"},
	"plugins.security.disabled": {"true"},
}

deny contains result if {
	some service in data.lib.compose.services
	some pair in data.lib.compose.environment(service)
	is_off(switches[pair.name], lower(sprintf("%v", [pair.value])))
	result := {
		"msg": sprintf("%s asks for no password: `%s` is `%v`", [service.subject, pair.name, pair.value]),
		"path": pair.path,
	}
}

is_off(values, value) if value in values

is_off(values, value) if {
	count(values) == 0
	not value in {"", "null", "no", "false", "0"}
}
