//! The page: it loads nothing, runs nothing of others, and shows everything.

use std::io::Write as _;
use std::process::{Command, Stdio};

use proptest::prelude::*;

use crate::{Format, Options, testing, write};

fn html(report: &model::Report) -> String {
    let mut bytes = Vec::new();
    write(report, Format::Html, &Options::default(), &mut bytes).expect("a Vec takes every write");
    String::from_utf8(bytes).expect("HTML is UTF-8")
}

/// Tags and attributes as Python's reader sees them, one a line: what could load or run something, and tags that do not close.
const READ: &str = "
import sys
from html.parser import HTMLParser
class Reader(HTMLParser):
    def __init__(self):
        super().__init__(); self.open = []
    def handle_starttag(self, tag, attributes):
        if tag not in ('meta', 'input', 'br'): self.open.append(tag)
        names = [name for name, _ in attributes]
        for name, value in attributes:
            if name.startswith('on') or name in ('src', 'style', 'srcset', 'action'): print('bad', tag, name, value)
            if name == 'href' and not value.startswith(('https://', 'http://')): print('bad', tag, name, value)
        if tag in ('script', 'style', 'link', 'img', 'iframe', 'object', 'form', 'base'): print(tag, *names)
    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag: print('unbalanced', tag)
reader = Reader(); reader.feed(sys.stdin.buffer.read().decode()); reader.close(); print(*reader.open, 'end')
";

fn read_by_python(page: &str) -> Option<String> {
    let child = Command::new("python3").args(["-c", READ]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut child) = child else {
        testkit::skip("HTML read by another reader", "python3 is not installed");
        return None;
    };
    child.stdin.take().expect("stdin is piped").write_all(page.as_bytes()).expect("python reads");
    let output = child.wait_with_output().expect("python ends");
    assert!(output.status.success());
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

/// One style, one script, one form; nothing that loads, nothing unbalanced.
const EXPECTED: &str = "style\nform id hidden\nscript\nend\n";

#[test]
fn loads_nothing() {
    let page = html(&testing::report());
    let Some(read) = read_by_python(&page) else { return };
    assert_eq!(read, EXPECTED);
    let policy = page.lines().find(|line| line.contains("Content-Security-Policy")).expect("a policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
}

#[test]
fn shows_every_finding() {
    let report = testing::report();
    let page = html(&report);
    for finding in report.targets.iter().flat_map(|target| &target.findings) {
        assert!(page.contains(finding.rule.as_str()), "{}", finding.rule);
    }
    assert!(page.contains("the proxy \\u{1b}[1mstrips"));
    assert!(page.contains("https://nvd.example/vuln/detail/CVE-2022-24999"));
    assert!(!page.contains("BEGIN PRIVATE KEY"), "a secret is not repeated");
}

#[test]
fn one_row() {
    let mut report = testing::report();
    report.targets.truncate(1);
    report.targets[0].findings.retain(|finding| finding.rule.as_str() == "CVE-2022-24999");
    let page = html(&report);
    let start = page.find("<tbody>").expect("a table");
    let end = page.find("</tbody>").expect("its end");
    insta::assert_snapshot!(&page[start..end], @r#"
        <tbody>
        <tr class="open" data-severity="4" data-class="vulnerability" data-target="0" data-layer="" data-gate="true" data-fixable="true" data-open="true">
        <td><b>high</b> 7.5</td>
        <td><a rel="noreferrer noopener" href="https://nvd.example/vuln/detail/CVE-2022-24999">CVE-2022-24999</a> <code>qs 6.7.0</code><p>qs 6.7.0 is affected by CVE-2022-24999; fixed in 6.7.3.</p><p class="more">A query string can set the prototype of an object.</p><p class="threat">known to be exploited since 2024-01-02; 42.1 % likely to be attacked within 30 days</p><p class="more">also known as GHSA-hrpp-h998-j3pp</p></td>
        <td><p><code>services/shop/web/package-lock.json:41:7</code></p><pre><i>40</i>     &quot;node_modules/qs&quot;: {
        <i>41</i> <mark>      &quot;version&quot;: &quot;6.7.0&quot;,</mark>
        <i>42</i>       &quot;dev&quot;: false
        </pre><p><code>services/shop/web/package-lock.json:44:7</code></p></td>
        <td>upgrade to 6.7.3<p class="more">via express 4.17.1 &gt; qs 6.7.0</p></td>
        </tr>
        "#);
}

#[test]
fn nothing_found_is_a_page_too() {
    let page = html(&testing::report_of(Vec::new()));
    assert!(page.contains("<p>No finding.</p>"));
    assert_eq!(read_by_python(&page).as_deref().unwrap_or(EXPECTED), EXPECTED);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    #[test]
    fn nothing_scanned_runs(bad in any::<String>()) {
        let bad = format!("'\"><script>alert(1)</script><img src=x onerror=alert(1)>{bad}");
        let mut report = testing::report();
        report.verdict.reasons.push(bad.clone());
        report.tool.version.clone_from(&bad);
        for target in &mut report.targets {
            target.name.clone_from(&bad);
            target.platform = Some(bad.clone());
            target.layers.iter_mut().for_each(|layer| layer.created_by = Some(bad.clone()));
            for finding in &mut target.findings {
                finding.message.clone_from(&bad);
                finding.aliases = vec![bad.clone()];
                finding.remedy = Some(bad.clone());
                finding.locations.iter_mut().filter_map(|place| place.snippet.as_mut()).for_each(|snippet| snippet.text.clone_from(&bad));
            }
            target.problems.iter_mut().for_each(|problem| problem.message.clone_from(&bad));
        }
        report.rules.values_mut().for_each(|rule| rule.links = vec![bad.clone(), format!("https://h/{bad}")]);
        if let Some(read) = read_by_python(&html(&report)) {
            prop_assert_eq!(read, EXPECTED);
        }
    }
}
