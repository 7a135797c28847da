//! The comment a reviewer sees.

use proptest::prelude::*;

use crate::{Format, Options, testing, write};

fn markdown(report: &model::Report) -> String {
    let mut bytes = Vec::new();
    write(report, Format::Markdown, &Options::default(), &mut bytes).expect("a Vec takes every write");
    String::from_utf8(bytes).expect("text is UTF-8")
}

#[test]
fn everything() {
    insta::assert_snapshot!(markdown(&testing::report()), @r#"
        <!-- portcullis -->
        ## ❌ portcullis: fail

        - 9 findings at or above high (5 critical, 4 high)
        - 1 file could not be read in full (web/package-lock.json)

        | | finding | where | what to do |
        |---|---|---|---|
        | **critical** | `CVE-2024-5535` in `libssl3 3.0.11-1~deb12u1`<br>libssl3 3.0.11-1\~deb12u1 is affected by CVE-2024-5535. | `/var/lib/dpkg/status:1204:1` | fixed in `3.0.14-1~deb12u1` |
        | **critical** | `CVE-2020-1005` in `lodash 4.17.4`<br>Prototype pollution in lodash, variant 5 | `services/shop/web/package-lock.json:52:7` | fixed in `4.17.9` |
        | **critical** | `CVE-2020-1010` in `lodash 4.17.4`<br>Prototype pollution in lodash, variant 10 | `services/shop/web/package-lock.json:52:7` | fixed in `4.17.14` |
        | **critical** | `kubernetes/privileged-container`<br>Privileged container | `services/shop/deploy/web.yaml:21:13` | Set securityContext.privileged to false. |
        | **critical** | `MAL-2018-1` in `flatmap-stream 0.1.1`<br>flatmap-stream 0.1.1 is malicious&#58; it steals wallets. | `services/shop/web/package-lock.json:61:7` |  |
        | **high** | `CVE-2022-24999` in `qs 6.7.0`<br>Prototype poisoning in qs | `services/shop/web/package-lock.json:41:7` | upgrade to 6.7.3 |
        | **high** | `CVE-2020-1001` in `lodash 4.17.4`<br>Prototype pollution in lodash, variant 1 | `services/shop/web/package-lock.json:52:7` | fixed in `4.17.5` |
        | **high** | `CVE-2020-1006` in `lodash 4.17.4`<br>Prototype pollution in lodash, variant 6 | `services/shop/web/package-lock.json:52:7` | fixed in `4.17.10` |
        | **high** | `CVE-2020-1011` in `lodash 4.17.4`<br>Prototype pollution in lodash, variant 11 | `services/shop/web/package-lock.json:52:7` | fixed in `4.17.15` |
        | **high** | `secret/private-key`<br>a private key lies in the tree. | `services/shop/deploy/key <&> "1".pem:1:1` |  |

        <details><summary>13 more findings</summary>

        | | finding | where | what to do |
        |---|---|---|---|
        | **high** | `end-of-life/debian-12`<br>debian 12 is past its end of life since 2026-06-10. | `/usr/lib/os-release` |  |
        | medium | `CVE-2023-46218` in `curl 7.88.1-10+deb12u4`<br>curl 7.88.1-10+deb12u4 is affected by CVE-2023-46218. | `/var/lib/dpkg/status:210:1` | fixed in `7.88.1-10+deb12u5` |
        | medium | `CVE-2020-1002` in `lodash 4.17.4`<br>Prototype pollution in lodash, variant 2 | `services/shop/web/package-lock.json:52:7` | fixed in `4.17.6` |
        | medium | `CVE-2020-1007` in `lodash 4.17.4`<br>Prototype pollution in lodash, variant 7 | `services/shop/web/package-lock.json:52:7` | fixed in `4.17.11` |
        | medium | `license/agpl-3.0-only` in `express 4.17.1`<br>express 4.17.1 is licensed under AGPL-3.0-only. | `services/shop/web/package-lock.json:20:7` |  |
        | medium | `image/runs-as-root`<br>Image runs as root | `docker.example:5000/team/shop:1.2` |  |
        | low | `CVE-2023-6237` in `libssl3 3.0.11-1~deb12u1`<br>libssl3 3.0.11-1\~deb12u1 is affected by CVE-2023-6237. | `/var/lib/dpkg/status:1204:1` |  |
        | low | `CVE-2020-1003` in `lodash 4.17.4`<br>Prototype pollution in lodash, variant 3 | `services/shop/web/package-lock.json:52:7` |  |
        | low | `CVE-2020-1008` in `lodash 4.17.4`<br>Prototype pollution in lodash, variant 8 | `services/shop/web/package-lock.json:52:7` | fixed in `4.17.12` |
        | low | `dockerfile/apt-cache`<br>Package lists left in a layer | `services/shop/Dockerfile:3:1` |  |
        | negligible | `CVE-2020-1004` in `lodash 4.17.4`<br>Prototype pollution in lodash, variant 4 | `services/shop/web/package-lock.json:52:7` | fixed in `4.17.8` |
        | negligible | `CVE-2020-1009` in `lodash 4.17.4`<br>Prototype pollution in lodash, variant 9 | `services/shop/web/package-lock.json:52:7` | fixed in `4.17.13` |
        | unknown | `RUSTSEC-2021-0139` in `request 2.88.2`<br>request 2.88.2 is unmaintained. | `services/shop/web/package-lock.json:70:7` |  |

        </details>

        | target | files read | packages | documents | findings |
        |---|---|---|---|---|
        | `services/shop` (directory) | 9 of 1,204 | 7 | 4 | 4 critical, 5 high, 3 medium, 3 low, 2 negligible, 1 unknown; 1 suppressed |
        | `docker.example:5000/team/shop:1.2` (image, debian 12, linux/amd64) | 3 of 8,431 | 2 | 0 | 1 critical, 1 high, 2 medium, 1 low |
        | `list.txt` (purl) | 0 of 0 | 1 | 0 | none |

        <details><summary>1 finding suppressed</summary>

        - CVE-2023-45857 at services/shop/web/package-lock.json&#58;80&#58;7&#58; the proxy \\u{1b}\[1mstrips\\u{1b}\[0m the header (portcullis.toml, a file of the scanned tree, until 2027-03-01)

        </details>

        Judged with embedded advisory data of 2026-08-21, 2 days old.
        "#);
}

#[test]
fn is_never_too_long_to_be_posted() {
    let findings =
        (0..5_000).map(|number| testing::vulnerability(&format!("CVE-2024-{number}"), "pkg:npm/lodash@4.17.4"));
    let shown = markdown(&testing::report_of(findings.collect()));
    assert!((50_000..=60_000).contains(&shown.len()), "{}", shown.len());
    assert!(shown.contains("more findings left out"));
    assert!(shown.contains("advisory data of 2026-08-21"));
}

proptest! {
    #[test]
    fn tables_stay_tables(bad in any::<String>()) {
        let bad = format!("a|b`|`<!--\n|---|\n{bad}");
        let mut report = testing::report();
        for target in &mut report.targets {
            target.name.clone_from(&bad);
            for finding in &mut target.findings {
                finding.title.clone_from(&bad);
                finding.remedy = Some(bad.clone());
            }
        }
        for line in markdown(&report).lines().filter(|line| line.starts_with('|')) {
            let bars = line.replace("\\\\", "").replace("\\|", "").matches('|').count();
            prop_assert!(bars == 5 || bars == 6, "{}", line);
        }
    }
}
