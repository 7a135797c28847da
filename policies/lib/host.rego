# METADATA
# title: What belongs to the machine that runs containers
# description: Tells sockets of container runtimes and folders of the operating system from other paths
package lib.host

import rego.v1

# True for the socket of a container runtime, as a path on Linux or a pipe on Windows.
is_runtime_socket(path) if {
	is_string(path)
	regex.match(`(^|[/\\])(docker|containerd|crio|cri-dockerd|dockershim|podman)\.sock/*$|[/\\]pipe[/\\](docker_engine|containerd-containerd)$`, path)
}

# Folders whose files rule the machine, or hold what others trust it with.
system_folders := {
	"/bin", "/boot", "/dev", "/etc", "/lib", "/lib32", "/lib64", "/opt/containerd", "/proc", "/root", "/run", "/sbin",
	"/sys", "/usr", "/var/lib/containerd", "/var/lib/containers", "/var/lib/docker", "/var/lib/kubelet", "/var/log",
	"/var/run", "/var/spool/cron",
}

# Files in there that programs are handed without harm: they say what time it is and who signs for whom.
harmless_files := {
	"/etc/localtime", "/etc/timezone", "/etc/ssl/certs", "/etc/ca-certificates", "/usr/share/ca-certificates",
	"/usr/share/zoneinfo", "/etc/machine-id", "/etc/os-release", "/usr/lib/os-release",
}

# Folders of a user that hold what proves who the user is.
credential_folders := {".ssh", ".aws", ".azure", ".config/gcloud", ".docker", ".gnupg", ".kube"}

# Why a path of the machine should not be handed out: "the whole file system", "a folder of the system", "credentials".
sensitivity(path) := "the whole file system" if {
	clean(path) == "/"
} else := "nothing" if {
	is_within_one(clean(path), harmless_files)
} else := "a folder of the system" if {
	is_within_one(clean(path), system_folders)
} else := "credentials of a user" if {
	regex.match(`^(~|/home/[^/]+|/root|/Users/[^/]+|[$]\{?HOME\}?)/`, path)
	is_below_one(clean(path), credential_folders)
} else := "the home of a user" if {
	regex.match(`^(~|/home|/home/[^/]+|[$]\{?HOME\}?)$`, clean(path))
} else := "nothing"

is_within_one(path, folders) if is_within(path, folders[_])

is_below_one(path, folders) if {
	some folder in folders
	contains(sprintf("%s/", [path]), sprintf("/%s/", [folder]))
}

is_within(path, folder) if startswith(sprintf("%s/", [path]), sprintf("%s/", [folder]))

# Without the slashes at its end and those that say nothing: //etc/./x/ is /etc/x.
clean(path) := "/" if {
	regex.match(`^(/+\.?)+$`, path)
} else := trim_right(regex.replace(path, `(/\.?)+/`, "/"), "/")
