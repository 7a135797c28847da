# METADATA
# title: Files that hold secrets
# description: Knows by their names files that hold keys, passwords and tokens
package lib.secret_files

import rego.v1

# Names of files that are there to hold a secret, whatever the folder.
names := {
	".env", ".netrc", "_netrc", ".npmrc", ".pypirc", ".pgpass", ".htpasswd", ".git-credentials", ".dockercfg", ".boto", ".s3cfg", "id_rsa",
	"id_dsa", "id_ecdsa", "id_ed25519", "kubeconfig", "credentials.json", "service-account.json", "terraform.tfstate", ".terraformrc",
	".vault-token", ".vault_pass", "secrets.yml", "secrets.yaml", "secrets.json", ".yarnrc.yml.secret",
}

folders := {".ssh", ".aws", ".gnupg", ".kube", ".docker", ".azure", ".git"}

# True for a path that leads to such a file, or to a folder of them.
is_one(path) if {
	is_string(path)
	last(path) in names
}

is_one(path) if {
	is_string(path)
	regex.match(`\.(pem|key|p12|pfx|jks|keystore|ppk|kdbx|asc\.key)$`, lower(last(path)))
	not regex.match(`(^|[._-])(pub|public|cert|chain|ca|bundle)([._-]|$)`, lower(last(path)))
}

is_one(path) if {
	is_string(path)
	regex.match(`^\.env\.(local|prod|production|staging|live|dev|development)$`, last(path))
}

is_one(path) if {
	is_string(path)
	parts := split(path, "/")
	some part in parts
	part in folders
	not endswith(path, ".pub")
	not endswith(path, "known_hosts")
}

last(path) := parts[count(parts) - 1] if {
	parts := split(trim_right(path, "/*"), "/")
}
