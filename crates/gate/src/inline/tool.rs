//! Whose form a directive has.

/// A tool with a form of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tool {
    Portcullis,
    Checkov,
    Trivy,
    Tfsec,
    Kics,
    KubeLinter,
    Hadolint,
    Zizmor,
}

impl Tool {
    /// In front of the colon in a rule's equivalents.
    pub(super) fn name(self) -> &'static str {
        match self {
            Tool::Portcullis => "portcullis",
            Tool::Checkov => "checkov",
            Tool::Trivy => "trivy",
            Tool::Tfsec => "tfsec",
            Tool::Kics => "kics",
            Tool::KubeLinter => "kube-linter",
            Tool::Hadolint => "hadolint",
            Tool::Zizmor => "zizmor",
        }
    }

    /// Where the equivalents of what this tool names are looked for. Trivy took the rules of tfsec over.
    pub(super) fn catalogues(self) -> &'static [&'static str] {
        match self {
            Tool::Tfsec => &["tfsec", "trivy"],
            Tool::Trivy => &["trivy", "tfsec"],
            Tool::Portcullis => &["portcullis"],
            Tool::Checkov => &["checkov"],
            Tool::Kics => &["kics"],
            Tool::KubeLinter => &["kube-linter"],
            Tool::Hadolint => &["hadolint"],
            Tool::Zizmor => &["zizmor"],
        }
    }
}
