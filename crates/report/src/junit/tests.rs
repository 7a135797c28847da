//! JUnit as build servers read it, checked with another XML reader.

use std::io::Write as _;
use std::process::{Command, Stdio};

use proptest::prelude::*;

use crate::{Format, Options, testing, write};

fn junit(report: &model::Report) -> String {
    let mut bytes = Vec::new();
    write(report, Format::Junit, &Options::default(), &mut bytes).expect("a Vec takes every write");
    String::from_utf8(bytes).expect("XML is UTF-8")
}

/// Counts as Python's reader sees them.
const COUNT: &str = "import sys, xml.etree.ElementTree as t; r = t.fromstring(sys.stdin.buffer.read()); \
    print(r.tag, [r.get(n) for n in ('tests', 'failures', 'errors', 'skipped')], \
    [len(r.findall('./testsuite/testcase' + n)) for n in ('', '/failure', '/error', '/skipped')])";

fn read_by_python(xml: &str) -> Option<String> {
    let child = Command::new("python3")
        .args(["-c", COUNT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        testkit::skip("JUnit read by another reader", "python3 is not installed");
        return None;
    };
    child.stdin.take().expect("stdin is piped").write_all(xml.as_bytes()).expect("python reads");
    let output = child.wait_with_output().expect("python ends");
    assert!(output.status.success(), "{}\n{xml}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

#[test]
fn numbers_agree() {
    let Some(seen) = read_by_python(&junit(&testing::report())) else { return };
    insta::assert_snapshot!(seen.trim(), @"testsuites ['28', '11', '2', '2'] [28, 11, 2, 2]");
}

#[test]
fn cases() {
    let mut report = testing::report();
    report.targets.truncate(1);
    report.targets[0].findings.retain(|finding| !finding.rule.as_str().starts_with("CVE-2020-1"));
    insta::assert_snapshot!(junit(&report), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="portcullis" tests="10" failures="4" errors="1" skipped="2">
          <testsuite name="services/shop" tests="10" failures="4" errors="1" skipped="2" timestamp="2026-08-24T00:00:00">
            <properties>
              <property name="portcullis.advisories" value="embedded advisory data of 2026-08-21, 2 days old"/>
            </properties>
            <testcase classname="portcullis.vulnerability" name="CVE-2022-24999: pkg:npm/qs@6.7.0" file="services/shop/web/package-lock.json" line="41">
              <failure type="high" message="qs 6.7.0 is affected by CVE-2022-24999; fixed in 6.7.3.">qs 6.7.0 is affected by CVE-2022-24999; fixed in 6.7.3. A query string can set the prototype of an object.
        severity: high
        score: 7.5
        also known as: GHSA-hrpp-h998-j3pp
        fixed in: 6.2.4, 6.7.3, 6.10.3
        what to do: upgrade to 6.7.3
        at: services/shop/web/package-lock.json:41:7
        at: services/shop/web/package-lock.json:44:7</failure>
            </testcase>
            <testcase classname="portcullis.policy" name="kubernetes/privileged-container: services/shop/deploy/web.yaml:21:13" file="services/shop/deploy/web.yaml" line="21">
              <failure type="critical" message="container web runs privileged.">container web runs privileged.
        severity: critical
        what to do: Set securityContext.privileged to false.
        at: services/shop/deploy/web.yaml:21:13</failure>
            </testcase>
            <testcase classname="portcullis.policy" name="dockerfile/apt-cache: services/shop/Dockerfile:3:1" file="services/shop/Dockerfile" line="3">
              <system-out>apt lists stay in the layer. Remove /var/lib/apt/lists in the same RUN.
        severity: low
        at: services/shop/Dockerfile:3:1</system-out>
            </testcase>
            <testcase classname="portcullis.malicious" name="MAL-2018-1: pkg:npm/flatmap-stream@0.1.1" file="services/shop/web/package-lock.json" line="61">
              <failure type="critical" message="flatmap-stream 0.1.1 is malicious: it steals wallets.">flatmap-stream 0.1.1 is malicious: it steals wallets.
        severity: critical
        at: services/shop/web/package-lock.json:61:7</failure>
            </testcase>
            <testcase classname="portcullis.unmaintained" name="RUSTSEC-2021-0139: pkg:npm/request@2.88.2" file="services/shop/web/package-lock.json" line="70">
              <system-out>request 2.88.2 is unmaintained.
        severity: unknown
        at: services/shop/web/package-lock.json:70:7</system-out>
            </testcase>
            <testcase classname="portcullis.license" name="license/agpl-3.0-only: pkg:npm/express@4.17.1" file="services/shop/web/package-lock.json" line="20">
              <system-out>express 4.17.1 is licensed under AGPL-3.0-only.
        severity: medium
        at: services/shop/web/package-lock.json:20:7</system-out>
            </testcase>
            <testcase classname="portcullis.secret" name="secret/private-key: services/shop/deploy/key &lt;&amp;&gt; &quot;1&quot;.pem:1:1" file="services/shop/deploy/key &lt;&amp;&gt; &quot;1&quot;.pem" line="1">
              <failure type="high" message="a private key lies in the tree.">a private key lies in the tree.
        severity: high
        at: services/shop/deploy/key &lt;&amp;&gt; &quot;1&quot;.pem:1:1</failure>
            </testcase>
            <testcase classname="portcullis.vulnerability" name="CVE-2023-45857: pkg:npm/axios@0.21.1" file="services/shop/web/package-lock.json" line="80">
              <skipped message="suppressed: the proxy \u{1b}[1mstrips\u{1b}[0m the header (portcullis.toml, a file of the scanned tree, until 2027-03-01)"/>
            </testcase>
            <testcase classname="portcullis.policy" name="terraform/public-bucket: services/shop/infra/main.tf:7:3" file="services/shop/infra/main.tf" line="7">
              <skipped message="undecided: the value of var.acl is known only when applied."/>
            </testcase>
            <testcase classname="portcullis.problem" name="read services/shop/web/package-lock.json:90">
              <error type="truncated" message="the lockfile ends inside an object, packages after it were not read"/>
            </testcase>
          </testsuite>
        </testsuites>
        "#);
}

#[test]
fn nothing_found_is_a_passing_case() {
    let shown = junit(&testing::report_of(Vec::new()));
    assert!(shown.contains("<testcase classname=\"portcullis\" name=\"no finding\"/>"), "{shown}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    #[test]
    fn any_text_is_well_formed(bad in any::<String>()) {
        let bad = format!("]]>\u{ffff}\0{bad}");
        let mut report = testing::report();
        for target in &mut report.targets {
            target.name.clone_from(&bad);
            for finding in &mut target.findings {
                finding.message.clone_from(&bad);
                finding.aliases = vec![bad.clone()];
            }
            target.problems.iter_mut().for_each(|problem| problem.message.clone_from(&bad));
        }
        read_by_python(&junit(&report));
    }
}
