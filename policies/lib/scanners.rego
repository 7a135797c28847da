# METADATA
# title: Programs that look for what must not pass
# description: Knows scanners of code, secrets, dependencies and images, and how their result is thrown away
package lib.scanners

import rego.v1

programs := {
	"bandit", "brakeman", "bundle-audit", "bundler-audit", "cargo-audit", "cargo-deny", "checkov", "clair", "codeql", "conftest",
	"cosign", "dependency-check", "detect-secrets", "dockle", "gitleaks", "gosec", "govulncheck", "grype", "hadolint", "kics",
	"kube-linter", "kubesec", "nuclei", "osv-scanner", "pip-audit", "portcullis", "safety", "semgrep", "slsa-verifier", "snyk",
	"sonar-scanner", "terrascan", "tfsec", "trivy", "trufflehog", "zizmor",
}

# True for a name or text that speaks of such a check.
is_check_name(text) if regex.match(`(^|[^a-z])(sast|dast|(secret|container|dependency|license|image|vulnerability|security|malware|iac)[-_ ]?(detection|scan(ning|ner)?|audit|checks?)|sca|security|fuzz(ing)?)([^a-z]|$)`, lower(text))

is_check_name(text) if {
	some program in programs
	contains(lower(text), program)
	regex.match(sprintf(`(^|[^a-z0-9])%s([^a-z0-9]|$)`, [program]), lower(text))
}

# The programs whose result a line throws away.
ignored(line) := {program |
	regex.match(`\|\|[[:space:]]*(true|:|exit[[:space:]]+0|echo)|--exit-code[ =]0|--exit-zero|--soft-fail|--no-fail|--no-error-on-vuln|;[[:space:]]*(true|exit[[:space:]]+0)[[:space:]]*$|--fail-on[ =](none|off)`, line)
	some program in programs
	contains(line, program)
	regex.match(sprintf(`(^|[[:space:];&|(/"])%s([[:space:]]|$)`, [program]), line)
} | {found[2] |
	some found in regex.find_all_string_submatch_n(`(^|[[:space:];&|(])((npm|yarn|pnpm|cargo|bundle|composer)[[:space:]]+audit)([[:space:]][^;&|]*)?\|\|[[:space:]]*(true|:|exit[[:space:]]+0|echo)`, line, -1)
}
