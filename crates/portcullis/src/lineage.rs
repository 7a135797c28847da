//! How the packages of findings got here, and what that means for the remedy.

use model::{Chains, Finding, Package};

/// Gives every finding about a package its chain of dependencies. What another package brings in cannot simply be
/// upgraded: its remedy names the one that can.
pub(crate) fn trace(packages: &[Package], findings: &mut [Finding]) {
    if findings.iter().all(|finding| finding.package.is_none()) {
        return;
    }
    let chains = Chains::new(packages);
    for finding in findings {
        let Some(purl) = &finding.package else { continue };
        let chain = chains.to(purl, finding.locations.first().map(|location| &location.path));
        finding.via = chain.iter().map(|package| package.purl().clone()).collect();
        if let (Some(root), Some(remedy)) = (chain.first(), &mut finding.remedy) {
            *remedy = through(remedy, root, !finding.fixed_in.is_empty());
        }
    }
}

/// The remedy in one sentence still.
fn through(remedy: &str, root: &Package, has_fix: bool) -> String {
    let start = remedy.trim_end_matches('.');
    let root = root.label();
    if has_fix {
        format!("{start}: raise {root}, which brings it in, or override it.")
    } else {
        format!("{start} ({root} brings it in).")
    }
}

#[cfg(test)]
mod tests {
    use model::{FindingClass, Purl, Relationship, RuleId, Severity};

    use super::*;

    fn check(fixed_in: &[&str], remedy: &str, expected: &str) {
        let package = |purl: &str, relationship, needs: &[&str]| {
            let purl: Purl = purl.parse().expect("a purl");
            let mut package = Package::new(purl.name().to_owned(), purl, "test");
            package.relationship = relationship;
            package.dependencies = needs.iter().map(|name| (*name).to_owned()).collect();
            package
        };
        let packages = [
            package("pkg:npm/express@4.17.1", Relationship::Direct, &["qs"]),
            package("pkg:npm/qs@6.7.0", Relationship::Transitive, &[]),
        ];
        let rule = "CVE-2022-24999".parse::<RuleId>().expect("a rule");
        let mut finding = Finding::new(rule, FindingClass::Vulnerability, Severity::High, "qs is affected.");
        finding.package = Some(packages[1].purl().clone());
        finding.fixed_in = fixed_in.iter().map(|version| (*version).to_owned()).collect();
        finding.remedy = Some(remedy.to_owned());
        let mut findings = [finding];
        trace(&packages, &mut findings);
        assert_eq!(findings[0].remedy.as_deref(), Some(expected));
        let via: Vec<String> = findings[0].via.iter().map(Purl::to_string).collect();
        assert_eq!(via, ["pkg:npm/express@4.17.1", "pkg:npm/qs@6.7.0"]);
    }

    #[test]
    fn a_remedy_names_what_can_be_changed() {
        check(
            &["6.7.3"],
            "Upgrade qs to 6.7.3 or later.",
            "Upgrade qs to 6.7.3 or later: raise express 4.17.1, which brings it in, or override it.",
        );
        check(&[], "Remove qs.", "Remove qs (express 4.17.1 brings it in).");
    }
}
