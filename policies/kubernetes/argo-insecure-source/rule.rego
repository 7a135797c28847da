# METADATA
# scope: package
# title: Source fetched without TLS
# description: What is deployed comes over a connection that anyone on the way can change.
# related_resources:
#   - https://argo-cd.readthedocs.io/en/stable/user-guide/private-repositories/
# custom:
#   id: kubernetes/argo-insecure-source
#   severity: high
#   remediation: Use https or ssh.
#   profiles:
#     - recommended
#     - strict
package kubernetes.argo_insecure_source

import rego.v1

deny contains result if {
	some application in data.lib.argo.applications
	some source in data.lib.argo.sources(application)
	url := source.spec.repoURL
	is_string(url)
	regex.match(`^(http|git|ftp)://`, url)
	result := {
		"msg": sprintf("%s fetches `%s` without TLS", [data.lib.kubernetes.name, url]),
		"path": array.concat(source.path, ["repoURL"]),
	}
}

# Repositories and clusters are Secrets with a label.
deny contains result if {
	input.kind == "Secret"
	input.metadata.labels["argocd.argoproj.io/secret-type"] in {"repository", "repo-creds"}
	some key in ["insecure", "insecureIgnoreHostKey"]
	lower(sprintf("%v", [input.stringData[key]])) == "true"
	result := {
		"msg": sprintf("%s does not check who answers", [data.lib.kubernetes.name]),
		"path": ["stringData", key],
	}
}
