//! Where a record's package is from: `Source`, and the fields that go with it.

use model::Provenance;

use crate::tree::Node;

pub(super) fn is_bioconductor(record: &Node<'_>) -> bool {
    record.text_of("Source") == Some("Bioconductor")
}

pub(super) fn provenance(record: &Node<'_>, repositories: &[Node<'_>]) -> Provenance {
    let stated = |field| record.text_of(field).unwrap_or_default();
    match stated("Source").to_ascii_lowercase().as_str() {
        "bioconductor" => Provenance::Registry,
        "github" | "gitlab" | "bitbucket" | "gitea" => Provenance::Git(forge(record)),
        "git" | "git2r" | "xgit" => Provenance::Git(format!(
            "{}#{}",
            stated("RemoteUrl"),
            record.text_of("RemoteSha").unwrap_or(stated("RemoteRef"))
        )),
        "url" => Provenance::Url(stated("RemoteUrl").to_owned()),
        "local" | "cellar" => Provenance::Path,
        // `Repository`, and the names of repositories themselves in files of old.
        _ => repository(record.text_of("Repository").unwrap_or("CRAN"), repositories),
    }
}

/// `https://github.com/owner/name#commit`; the host is that of the programming interface.
fn forge(record: &Node<'_>) -> String {
    let stated = |field| record.text_of(field).unwrap_or_default();
    let host = match record.text_of("RemoteHost") {
        Some("api.github.com") => "github.com",
        Some("api.bitbucket.org/2.0") => "bitbucket.org",
        Some(host) => host.trim_start_matches("https://").trim_end_matches("/api/v3"),
        None if record.text_of("Source") == Some("GitLab") => "gitlab.com",
        None => "github.com",
    };
    let commit = record.text_of("RemoteSha").unwrap_or(stated("RemoteRef"));
    format!("https://{host}/{}/{}#{commit}", stated("RemoteUsername"), stated("RemoteRepo"))
}

/// By the name it has at the head of the file, or by its address.
fn repository(named: &str, repositories: &[Node<'_>]) -> Provenance {
    let known = repositories.iter().find(|repository| repository.text_of("Name") == Some(named));
    let address = known.and_then(|repository| repository.text_of("URL")).unwrap_or(named);
    if is_public(address) { Provenance::Registry } else { Provenance::OtherRegistry(address.to_owned()) }
}

/// CRAN, and the mirrors that hold the same packages under other addresses.
fn is_public(address: &str) -> bool {
    const MIRRORS: [&str; 5] = [
        "cran.r-project.org",
        "cloud.r-project.org",
        "cran.rstudio.com",
        "packagemanager.posit.co/cran",
        "packagemanager.rstudio.com",
    ];
    let place = address.split_once("://").map_or(address, |(_, place)| place);
    matches!(address, "CRAN" | "RSPM" | "P3M") || MIRRORS.iter().any(|mirror| place.starts_with(mirror))
}
