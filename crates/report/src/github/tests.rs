//! Annotations, and that nothing scanned becomes a command.

use proptest::prelude::*;

use crate::{Format, Options, testing, write};

fn github(report: &model::Report) -> String {
    let mut bytes = Vec::new();
    write(report, Format::Github, &Options::default(), &mut bytes).expect("a Vec takes every write");
    String::from_utf8(bytes).expect("text is UTF-8")
}

#[test]
fn worst_first_and_the_verdict() {
    insta::assert_snapshot!(github(&testing::report()), @r#"
        ::error title=CVE-2024-5535 (critical)::libssl3 3.0.11-1~deb12u1 is affected by CVE-2024-5535. (docker.example:5000/team/shop:1.2: /var/lib/dpkg/status)
        ::error file=services/shop/web/package-lock.json,line=52,endLine=52,col=7,endColumn=26,title=CVE-2020-1005 (critical)::lodash 4.17.4 is affected by CVE-2020-1005.
        ::error file=services/shop/web/package-lock.json,line=52,endLine=52,col=7,endColumn=26,title=CVE-2020-1010 (critical)::lodash 4.17.4 is affected by CVE-2020-1010.
        ::error file=services/shop/deploy/web.yaml,line=21,endLine=21,col=13,endColumn=29,title=kubernetes/privileged-container (critical)::container web runs privileged. Set securityContext.privileged to false.
        ::error file=services/shop/web/package-lock.json,line=61,endLine=61,col=7,endColumn=25,title=MAL-2018-1 (critical)::flatmap-stream 0.1.1 is malicious: it steals wallets.
        ::error file=services/shop/web/package-lock.json,line=41,endLine=41,col=7,endColumn=25,title=CVE-2022-24999 (high)::qs 6.7.0 is affected by CVE-2022-24999; fixed in 6.7.3. A query string can set the prototype of an object. upgrade to 6.7.3.
        ::error file=services/shop/web/package-lock.json,line=52,endLine=52,col=7,endColumn=26,title=CVE-2020-1001 (high)::lodash 4.17.4 is affected by CVE-2020-1001.
        ::error file=services/shop/web/package-lock.json,line=52,endLine=52,col=7,endColumn=26,title=CVE-2020-1006 (high)::lodash 4.17.4 is affected by CVE-2020-1006.
        ::error file=services/shop/web/package-lock.json,line=52,endLine=52,col=7,endColumn=26,title=CVE-2020-1011 (high)::lodash 4.17.4 is affected by CVE-2020-1011.
        ::error file=services/shop/deploy/key <&> "1".pem,line=1,endLine=1,col=1,endColumn=28,title=secret/private-key (high)::a private key lies in the tree.
        3 more errors not annotated: the service shows 10 of a kind
        ::warning title=CVE-2023-46218 (medium)::curl 7.88.1-10+deb12u4 is affected by CVE-2023-46218. (docker.example:5000/team/shop:1.2: /var/lib/dpkg/status)
        ::warning file=services/shop/web/package-lock.json,line=52,endLine=52,col=7,endColumn=26,title=CVE-2020-1002 (medium)::lodash 4.17.4 is affected by CVE-2020-1002.
        ::warning file=services/shop/web/package-lock.json,line=52,endLine=52,col=7,endColumn=26,title=CVE-2020-1007 (medium)::lodash 4.17.4 is affected by CVE-2020-1007.
        ::warning file=services/shop/web/package-lock.json,line=20,endLine=20,col=7,endColumn=26,title=license/agpl-3.0-only (medium)::express 4.17.1 is licensed under AGPL-3.0-only.
        ::warning title=image/runs-as-root (medium)::the image has no USER and runs as root. (docker.example:5000/team/shop:1.2)
        ::warning file=services/shop/web/package-lock.json,line=70,endLine=70,col=7,endColumn=26,title=RUSTSEC-2021-0139 (unknown)::request 2.88.2 is unmaintained.
        ::warning file=services/shop/web/package-lock.json,line=100,endLine=100,col=1,endColumn=1,title=version problem::CVE-2019-0 cannot be decided for odd 0.x: not a version.
        ::warning file=services/shop/web/package-lock.json,line=101,endLine=101,col=1,endColumn=1,title=version problem::CVE-2019-1 cannot be decided for odd 1.x: not a version.
        ::warning file=services/shop/web/package-lock.json,line=102,endLine=102,col=1,endColumn=1,title=version problem::CVE-2019-2 cannot be decided for odd 2.x: not a version.
        ::warning file=services/shop/web/package-lock.json,line=103,endLine=103,col=1,endColumn=1,title=version problem::CVE-2019-3 cannot be decided for odd 3.x: not a version.
        3 more warnings not annotated: the service shows 10 of a kind
        ::notice title=CVE-2023-6237 (low)::libssl3 3.0.11-1~deb12u1 is affected by CVE-2023-6237. (docker.example:5000/team/shop:1.2: /var/lib/dpkg/status)
        ::notice file=services/shop/web/package-lock.json,line=52,endLine=52,col=7,endColumn=26,title=CVE-2020-1003 (low)::lodash 4.17.4 is affected by CVE-2020-1003.
        ::notice file=services/shop/web/package-lock.json,line=52,endLine=52,col=7,endColumn=26,title=CVE-2020-1008 (low)::lodash 4.17.4 is affected by CVE-2020-1008.
        ::notice file=services/shop/Dockerfile,line=3,endLine=4,title=dockerfile/apt-cache (low)::apt lists stay in the layer. Remove /var/lib/apt/lists in the same RUN.
        ::notice file=services/shop/web/package-lock.json,line=52,endLine=52,col=7,endColumn=26,title=CVE-2020-1004 (negligible)::lodash 4.17.4 is affected by CVE-2020-1004.
        ::notice file=services/shop/web/package-lock.json,line=52,endLine=52,col=7,endColumn=26,title=CVE-2020-1009 (negligible)::lodash 4.17.4 is affected by CVE-2020-1009.
        portcullis: fail (exit code 1)
        portcullis: embedded advisory data of 2026-08-21, 2 days old
        portcullis: 1 finding suppressed
        portcullis: suppressed: CVE-2023-45857 at services/shop/web/package-lock.json:80:7: the proxy \u{1b}[1mstrips\u{1b}[0m the header (portcullis.toml, a file of the scanned tree, until 2027-03-01)
        portcullis: 9 findings at or above high (5 critical, 4 high)
        portcullis: 1 file could not be read in full (web/package-lock.json)
        "#);
}

#[test]
fn ten_of_a_kind() {
    let findings = (0..25).map(|number| testing::vulnerability(&format!("CVE-2024-{number}"), "pkg:npm/a@1"));
    let shown = github(&testing::report_of(findings.collect()));
    assert_eq!(shown.lines().filter(|line| line.starts_with("::error ")).count(), 10);
    assert!(shown.contains("15 more errors not annotated"), "{shown}");
}

proptest! {
    #[test]
    fn nothing_scanned_is_a_command(bad in any::<String>()) {
        let bad = format!("x\n::add-mask::{bad}\r\n::set-env name=A::b");
        let mut report = testing::report();
        report.verdict.reasons.push(bad.clone());
        for target in &mut report.targets {
            target.name.clone_from(&bad);
            for finding in &mut target.findings {
                finding.message.clone_from(&bad);
                finding.remedy = Some(bad.clone());
            }
            target.problems.iter_mut().for_each(|problem| problem.message.clone_from(&bad));
        }
        for line in github(&report).lines() {
            let is_ours = ["::error ", "::warning ", "::notice "].iter().any(|start| line.starts_with(start));
            prop_assert!(is_ours || !line.trim_start().starts_with("::"), "{}", line);
            prop_assert!(is_ours || line.starts_with("portcullis: ") || line.contains(" not annotated"), "{}", line);
        }
    }
}
