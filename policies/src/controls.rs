//! The controls of the catalogues that profiles stand for, also those that no rule serves: a view that left them out would look
//! like a pass. Numbers and names are the catalogues'; the words are ours.

/// A catalogue of controls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Catalogue {
    /// What rules call it in front of the control: `cis-kubernetes-1.8`.
    pub id: &'static str,
    /// What it is.
    pub title: &'static str,
    /// The profiles that ask for its controls.
    pub profiles: &'static [&'static str],
    /// In the order of the catalogue.
    pub controls: &'static [Control],
}

/// One control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Control {
    /// Its number or name: `5.2.1`.
    pub id: &'static str,
    /// What it asks for.
    pub title: &'static str,
    /// Where it lies what it asks for, if no document can show it: why it is not assessed.
    pub beyond: Option<&'static str>,
}

/// Every catalogue.
pub static CATALOGUES: &[Catalogue] = &[PSS_BASELINE, PSS_RESTRICTED, CIS_KUBERNETES, CIS_DOCKER, NSA_CISA];

const CLUSTER: &str = "it is about a running cluster";
const HOST: &str = "it is about the machine and its engine";

const fn control(id: &'static str, title: &'static str) -> Control {
    Control { id, title, beyond: None }
}

const fn beyond(id: &'static str, title: &'static str, why: &'static str) -> Control {
    Control { id, title, beyond: Some(why) }
}

const PSS_BASELINE: Catalogue = Catalogue {
    id: "pss-baseline",
    title: "Pod Security Standards, baseline (Kubernetes 1.34)",
    profiles: &["pss-baseline", "pss-restricted"],
    controls: &[
        control("host-process", "no processes of a Windows node"),
        control("host-namespaces", "no network, process or IPC namespace of the node"),
        control("privileged-containers", "no privileged containers"),
        control("capabilities", "no capabilities beyond the default set"),
        control("host-path-volumes", "no folders of the node"),
        control("host-ports", "no ports of the node"),
        control("host-probes-and-lifecycle-hooks", "probes and hooks call only their own pod"),
        control("apparmor", "AppArmor not turned off"),
        control("selinux", "no SELinux user or role, only types for containers"),
        control("proc-mount-type", "/proc masked as by default"),
        control("seccomp", "seccomp not turned off"),
        control("sysctls", "only sysctls that stay inside of the pod"),
    ],
};

const PSS_RESTRICTED: Catalogue = Catalogue {
    id: "pss-restricted",
    title: "Pod Security Standards, restricted (Kubernetes 1.34)",
    profiles: &["pss-restricted"],
    controls: &[
        control("volume-types", "only volumes that bring nothing from the node"),
        control("privilege-escalation", "no more rights than the parent process"),
        control("run-as-non-root", "root refused"),
        control("run-as-non-root-user", "no user 0"),
        control("seccomp", "a seccomp profile set"),
        control("capabilities", "all capabilities dropped, at most NET_BIND_SERVICE added"),
    ],
};

const CIS_KUBERNETES: Catalogue = Catalogue {
    id: "cis-kubernetes-1.8",
    title: "CIS Kubernetes Benchmark 1.8",
    profiles: &["cis-kubernetes"],
    controls: &[
        beyond("1", "control plane components", CLUSTER),
        beyond("2", "etcd", CLUSTER),
        beyond("3", "control plane configuration", CLUSTER),
        beyond("4", "worker nodes", CLUSTER),
        control("5.1.1", "cluster-admin only where it must be"),
        control("5.1.2", "few may read Secrets"),
        control("5.1.3", "no wildcards in roles"),
        control("5.1.4", "few may create pods"),
        control("5.1.5", "default service accounts not used"),
        control("5.1.6", "tokens only where they are needed"),
        control("5.1.7", "nobody in system:masters"),
        control("5.1.8", "few may bind, impersonate or escalate"),
        control("5.1.9", "few may create persistent volumes"),
        control("5.1.10", "few may use the proxy of nodes"),
        control("5.1.11", "few may approve certificates"),
        control("5.1.12", "few may change admission webhooks"),
        control("5.1.13", "few may make tokens of service accounts"),
        control("5.2.1", "something enforces a pod security level"),
        control("5.2.2", "no privileged containers"),
        control("5.2.3", "no process namespace of the node"),
        control("5.2.4", "no IPC namespace of the node"),
        control("5.2.5", "no network namespace of the node"),
        control("5.2.6", "no privilege escalation"),
        control("5.2.7", "no root"),
        control("5.2.8", "NET_RAW dropped"),
        control("5.2.9", "no capabilities added"),
        control("5.2.10", "capabilities dropped"),
        control("5.2.11", "no processes of a Windows node"),
        control("5.2.12", "no folders of the node"),
        control("5.2.13", "no ports of the node"),
        beyond("5.3.1", "a network plugin that knows network policies", CLUSTER),
        control("5.3.2", "network policies in every namespace"),
        control("5.4.1", "Secrets as files, not as variables"),
        control("5.4.2", "Secrets kept in a store outside"),
        beyond("5.5.1", "images admitted by where they come from", CLUSTER),
        control("5.7.1", "namespaces as borders"),
        control("5.7.2", "a seccomp profile set"),
        control("5.7.3", "security contexts set"),
        control("5.7.4", "default namespace not used"),
    ],
};

const CIS_DOCKER: Catalogue = Catalogue {
    id: "cis-docker-1.6",
    title: "CIS Docker Benchmark 1.6",
    profiles: &["cis-docker"],
    controls: &[
        beyond("1", "host", HOST),
        beyond("2", "daemon configuration", HOST),
        beyond("3", "files of the daemon", HOST),
        control("4.1", "a user for the container"),
        control("4.2", "trusted base images"),
        control("4.3", "no packages that are not needed"),
        beyond(
            "4.4",
            "images scanned and built again",
            "it is about how images are kept, and other scanners of this program",
        ),
        beyond("4.5", "content trust turned on", HOST),
        control("4.6", "a health check"),
        control("4.7", "no update on its own"),
        control("4.8", "no setuid and setgid programs"),
        control("4.9", "COPY, not ADD"),
        control("4.10", "no secrets"),
        control("4.11", "only verified packages"),
        beyond("4.12", "signed artifacts checked", "it is about where images are used"),
        beyond("5", "container runtime", HOST),
        beyond("6", "operations", HOST),
        beyond("7", "swarm", HOST),
    ],
};

const NSA_CISA: Catalogue = Catalogue {
    id: "nsa-cisa-1.2",
    title: "NSA and CISA Kubernetes Hardening Guide 1.2",
    profiles: &["nsa-cisa"],
    controls: &[
        control("non-root-containers", "no root in containers"),
        control("immutable-file-systems", "file systems that cannot be written"),
        control("secure-images", "images from trusted places"),
        control("pod-security", "a pod security level enforced"),
        control("pod-service-account-tokens", "tokens only where they are needed"),
        control("hardening-container-environments", "containers confined by the kernel"),
        control("namespaces", "namespaces as borders"),
        control("network-separation", "only the connections that are needed"),
        control("resource-policies", "limits on what is used"),
        beyond("control-plane", "a control plane that few can reach", CLUSTER),
        beyond("worker-nodes", "worker nodes apart from other networks", CLUSTER),
        control("encryption", "encrypted connections"),
        control("secrets", "Secrets encrypted and kept apart"),
        beyond("cloud-infrastructure", "no way to the cloud's metadata", CLUSTER),
        beyond("authentication", "users proven, nobody anonymous", CLUSTER),
        control("rbac", "no more rights than needed"),
        control("logging", "logs that stay"),
        beyond("threat-detection", "somebody who reads them", CLUSTER),
        beyond("upgrades", "patches and upgrades applied", CLUSTER),
    ],
};
