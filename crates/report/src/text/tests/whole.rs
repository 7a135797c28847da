//! Whole reports, as they are shown.

use super::{plain, text};
use crate::{Options, testing};

#[test]
fn everything() {
    insta::assert_snapshot!(plain(&testing::report()), @r#"
    services/shop (directory)

    critical[MAL-2018-1]: flatmap-stream 0.1.1 is malicious: it steals wallets
      --> services/shop/web/package-lock.json:61:7
       |
    61 |       "version": "0.1.1",
       |       ^^^^^^^^^^^^^^^^^^
       |
       = package: pkg:npm/flatmap-stream@0.1.1 (transitive, runtime)

    high[CVE-2022-24999]: Prototype poisoning in qs
      --> services/shop/web/package-lock.json:41:7
       |
    41 |       "version": "6.7.0",
       |       ^^^^^^^^^^^^^^^^^^
       |
      ::: services/shop/web/package-lock.json:44:7
       |
    44 |       "version": "6.7.0",
       |       ^^^^^^^^^^^^^^^^^^
       |
       = note: A query string can set the prototype of an object.
       = package: pkg:npm/qs@6.7.0 (transitive, runtime)
       = fix: upgrade to 6.7.3
       = via: express 4.17.1 > qs 6.7.0
       = score: 7.5
       = threat: known to be exploited since 2024-01-02; 42.1 % likely to be attacked within 30 days
       = also known as: GHSA-hrpp-h998-j3pp

    critical: lodash 4.17.4 has 11 vulnerabilities (2 critical, 3 high, 2 medium, 2 low, 2 negligible)
      --> services/shop/web/package-lock.json:52:7
       |
    52 |       "version": "4.17.4",
       |       ^^^^^^^^^^^^^^^^^^^
       |
       = critical  CVE-2020-1005  Prototype pollution in lodash, variant 5 (fixed in 4.17.9)
       = critical  CVE-2020-1010  Prototype pollution in lodash, variant 10 (fixed in 4.17.14)
       = high      CVE-2020-1001  Prototype pollution in lodash, variant 1 (fixed in 4.17.5)
       = high      CVE-2020-1006  Prototype pollution in lodash, variant 6 (fixed in 4.17.10)
       = high      CVE-2020-1011  Prototype pollution in lodash, variant 11 (fixed in 4.17.15)
       = medium    CVE-2020-1002  Prototype pollution in lodash, variant 2 (fixed in 4.17.6)
       = medium    CVE-2020-1007  Prototype pollution in lodash, variant 7 (fixed in 4.17.11)
       = low       CVE-2020-1003  Prototype pollution in lodash, variant 3 (no fix known)
       = and 3 more: 1 low, 2 negligible (-v shows them)
       = package: pkg:npm/lodash@4.17.4 (direct, development)
       = fix: upgrade to 4.17.15, which ends 10 of 11

    critical[kubernetes/privileged-container]: Privileged container
      --> services/shop/deploy/web.yaml:21:13
       |
    21 |             privileged: true
       |             ^^^^^^^^^^^^^^^^ container web runs privileged
       |
       = fix: Set securityContext.privileged to false.

    high[secret/private-key]: Private key
    --> services/shop/deploy/key <&> "1".pem:1:1
     = note: a private key lies in the tree

    medium[license/agpl-3.0-only]: express 4.17.1 is licensed under AGPL-3.0-only
      --> services/shop/web/package-lock.json:20:7
       |
    20 |       "version": "4.17.1",
       |       ^^^^^^^^^^^^^^^^^^^
       |
       = package: pkg:npm/express@4.17.1 (direct, runtime)

    unknown[RUSTSEC-2021-0139]: request 2.88.2 is unmaintained
      --> services/shop/web/package-lock.json:70:7
       |
    70 |       "version": "2.88.2",
       |       ^^^^^^^^^^^^^^^^^^^
       |
       = package: pkg:npm/request@2.88.2 (direct, runtime)

    low[dockerfile/apt-cache]: Package lists left in a layer
     --> services/shop/Dockerfile:3:1
      |
    3 | / RUN apt-get update && \
    4 | |     apt-get install -y curl \u{202e}evil\u{1b}[31m
      | |__________________________________________________^ apt lists stay in the layer
      |
      = note: Remove /var/lib/apt/lists in the same RUN.

    1 finding suppressed:
      CVE-2023-45857: the proxy \u{1b}[1mstrips\u{1b}[0m the header (portcullis.toml, a file of the
      scanned tree, until 2027-03-01)

    1 finding could not be decided:
      terraform/public-bucket services/shop/infra/main.tf:7:3: the value of var.acl is known only when…

    error[truncated]: the lockfile ends inside an object, packages after it were not read
      --> services/shop/web/package-lock.json:90

    warning[version]: CVE-2019-0 cannot be decided for odd 0.x: not a version
      --> services/shop/web/package-lock.json:100

    warning[version]: CVE-2019-1 cannot be decided for odd 1.x: not a version
      --> services/shop/web/package-lock.json:101

    warning[version]: CVE-2019-2 cannot be decided for odd 2.x: not a version
      --> services/shop/web/package-lock.json:102

    warning[version]: CVE-2019-3 cannot be decided for odd 3.x: not a version
      --> services/shop/web/package-lock.json:103

    warning[version]: CVE-2019-4 cannot be decided for odd 4.x: not a version
      --> services/shop/web/package-lock.json:104

    warning[version]: 2 more such problems (-v shows them)

    docker.example:5000/team/shop:1.2 (image, debian 12, linux/amd64)

    critical: libssl3 3.0.11-1~deb12u1 has 2 vulnerabilities (1 critical, 1 low)
        --> /var/lib/dpkg/status:1204:1
         |
    1204 | Package: libssl3
         | ^^^^^^^^^^^^^^^^
         |
         = critical   9.0  CVE-2024-5535  fixed in 3.0.14-1~deb12u1
         = low        0.0  CVE-2023-6237  no fix known
         = package: pkg:deb/debian/libssl3@3.0.11-1~deb12u1?arch=amd64&distro=debian-12 built from
                    openssl 3.0.11-1~deb12u1
         = fix: upgrade to 3.0.14-1~deb12u1, which ends 1 of 2
         = layer: 0 /bin/sh -c #(nop) ADD file:5fbb1e0bc0ac5d5ee2e1f83bd9cd0e9fd26a9ad31fbf3e8cdc3e91bd…

    high[end-of-life/debian-12]: debian 12 is past its end of life since 2026-06-10
      --> /usr/lib/os-release
       = layer: 0 /bin/sh -c #(nop) ADD file:5fbb1e0bc0ac5d5ee2e1f83bd9cd0e9fd26a9ad31fbf3e8cdc3e91bd2…

    medium[CVE-2023-46218]: curl 7.88.1-10+deb12u4 is affected by CVE-2023-46218
       --> /var/lib/dpkg/status:210:1
        |
    210 | Package: curl
        | ^^^^^^^^^^^^^
        |
        = package: pkg:deb/debian/curl@7.88.1-10%2Bdeb12u4?arch=amd64&distro=debian-12
        = fix: upgrade to 7.88.1-10+deb12u5
        = layer: 1 RUN apt-get update && apt-get install -y curl # \u{1b}]0;owned\u{7}
        = score: 6.5

    medium[image/runs-as-root]: Image runs as root
       = note: the image has no USER and runs as root

    error[digest-mismatch]: the layer does not have the digest of its manifest
      --> layer 1

    services/shop (directory)
      files        1,204 seen, 9 read (41.2 kB), 1 wanted and not read
      packages     7: 5 compared with advisories, 1 without an advisory source, 1 undecided
      documents    4: 80 policy answers, 2 unknown
      findings     4 critical, 5 high, 3 medium, 3 low, 2 negligible, 1 unknown; 1 suppressed; 1
                   undecided
      problems     1 error, 7 warnings, 1 note
    docker.example:5000/team/shop:1.2 (image, debian 12, linux/amd64)
      files        8,431 seen, 3 read (91.0 MB)
      layers       2 layers with 180.0 MB, 32.0 MB of it overwritten or deleted later, 4.0 MB there
                   twice, 3.0 MB in package caches
      packages     2: 2 compared with advisories
      findings     1 critical, 1 high, 2 medium, 1 low
      problems     1 error
    list.txt (purl)
      files        0 seen, 0 read (0 B)
      packages     1: 1 without an advisory source
      findings     none
    advisories     embedded, 62,110 records, newest of 2026-08-21, 2 days old: RustSec 2026-08-20, PyPA
                   2026-08-21
    policies       20 rules

    FAIL (exit code 1)
      - 9 findings at or above high (5 critical, 4 high)
      - 1 file could not be read in full (web/package-lock.json)
    "#);
}

#[test]
fn colours() {
    let mut report = testing::report();
    report.targets.truncate(1);
    report.targets[0]
        .findings
        .retain(|finding| ["CVE-2022-24999", "kubernetes/privileged-container"].contains(&finding.rule.as_str()));
    report.targets[0].problems.truncate(1);
    let shown = text(&report, &Options { color: true, width: 80, ..Options::default() });
    insta::assert_snapshot!(shown.replace('\u{1b}', "␛"), @r#"
        ␛[1m␛[91mhigh[␛]8;;https://nvd.example/vuln/detail/CVE-2022-24999␛\CVE-2022-24999␛]8;;␛\]␛[0m␛[1m: Prototype poisoning in qs␛[0m
          ␛[1m␛[94m--> ␛[0mservices/shop/web/package-lock.json:41:7
           ␛[1m␛[94m|␛[0m
        ␛[1m␛[94m41␛[0m ␛[1m␛[94m|␛[0m       "version": "6.7.0",
           ␛[1m␛[94m|␛[0m       ␛[1m␛[91m^^^^^^^^^^^^^^^^^^␛[0m
           ␛[1m␛[94m|␛[0m
          ␛[1m␛[94m::: ␛[0mservices/shop/web/package-lock.json:44:7
           ␛[1m␛[94m|␛[0m
        ␛[1m␛[94m44␛[0m ␛[1m␛[94m|␛[0m       "version": "6.7.0",
           ␛[1m␛[94m|␛[0m       ␛[1m␛[91m^^^^^^^^^^^^^^^^^^␛[0m
           ␛[1m␛[94m|␛[0m
           ␛[1m␛[94m= ␛[0m␛[1mnote␛[0m: A query string can set the prototype of an object.
           ␛[1m␛[94m= ␛[0m␛[1mpackage␛[0m: pkg:npm/qs@6.7.0 (transitive, runtime)
           ␛[1m␛[94m= ␛[0m␛[1mfix␛[0m: upgrade to 6.7.3
           ␛[1m␛[94m= ␛[0m␛[1mvia␛[0m: express 4.17.1 > qs 6.7.0
           ␛[1m␛[94m= ␛[0m␛[1mscore␛[0m: 7.5
           ␛[1m␛[94m= ␛[0m␛[1mthreat␛[0m: known to be exploited since 2024-01-02; 42.1 % likely to be
                     attacked within 30 days
           ␛[1m␛[94m= ␛[0m␛[1malso known as␛[0m: GHSA-hrpp-h998-j3pp

        ␛[1m␛[91mcritical[kubernetes/privileged-container]␛[0m␛[1m: Privileged container␛[0m
          ␛[1m␛[94m--> ␛[0mservices/shop/deploy/web.yaml:21:13
           ␛[1m␛[94m|␛[0m
        ␛[1m␛[94m21␛[0m ␛[1m␛[94m|␛[0m             privileged: true
           ␛[1m␛[94m|␛[0m             ␛[1m␛[91m^^^^^^^^^^^^^^^^␛[0m ␛[1m␛[91mcontainer web runs privileged␛[0m
           ␛[1m␛[94m|␛[0m
           ␛[1m␛[94m= ␛[0m␛[1mfix␛[0m: Set securityContext.privileged to false.

        ␛[1m␛[91merror[truncated]:␛[0m the lockfile ends inside an object, packages after it were not
                          read
          ␛[2m-->␛[0m services/shop/web/package-lock.json:90

        ␛[1mservices/shop (directory)␛[0m
          files        1,204 seen, 9 read (41.2 kB), 1 wanted and not read
          packages     7: 5 compared with advisories, 1 without an advisory source, 1
                       undecided
          documents    4: 80 policy answers, 2 unknown
          findings     ␛[1m␛[91m1 critical, 1 high␛[0m
          problems     1 error
        advisories     embedded, 62,110 records, newest of 2026-08-21, 2 days old:
                       RustSec 2026-08-20, PyPA 2026-08-21
        policies       20 rules

        ␛[1m␛[91mFAIL␛[0m (exit code 1)
          - 9 findings at or above high (5 critical, 4 high)
          - 1 file could not be read in full (web/package-lock.json)
        "#);
}

#[test]
fn nothing_found_says_what_was_looked_at() {
    let mut report = testing::empty_report();
    report.targets = vec![testing::empty_target()];
    report.verdict = model::Verdict {
        outcome: model::Outcome::Pass,
        exit_code: model::ExitCode::Pass,
        reasons: vec!["no finding at or above high".to_owned()],
    };
    insta::assert_snapshot!(plain(&report), @r"
        . (directory)
          files        0 seen, 0 read (0 B)
          packages     0
          findings     none
        advisories     embedded, 62,110 records, newest of 2026-08-21, 2 days old: RustSec 2026-08-20, PyPA
                       2026-08-21
        policies       20 rules

        PASS (exit code 0)
          - no finding at or above high
        ");
}

#[test]
fn packages_as_trees() {
    let mut report = testing::report();
    for target in &mut report.targets {
        target.findings.clear();
        target.problems.clear();
    }
    let shown = text(&report, &Options { list: true, width: 80, ..Options::default() });
    insta::assert_snapshot!(shown, @r"
    services/shop: 7 packages (7 npm)

    web/package-lock.json (npm-lock): 7, 4 direct
      express 4.17.1
      ├─ body-parser 1.19.0
      │  └─ qs 6.7.0
      └─ qs 6.7.0
      lodash 4.17.4  [development]
      axios 0.21.1
      request 2.88.2
      flatmap-stream 0.1.1

    docker.example:5000/team/shop:1.2: 2 packages (2 deb)

    /var/lib/dpkg/status (dpkg): 2
      curl 7.88.1-10+deb12u4
      libssl3 3.0.11-1~deb12u1

    list.txt: 1 package (1 npm)

    no file (npm-lock): 1
      left-pad 1.3.0

    services/shop (directory)
      files        1,204 seen, 9 read (41.2 kB), 1 wanted and not read
      packages     7: 5 compared with advisories, 1 without an advisory source, 1
                   undecided
      documents    4: 80 policy answers, 2 unknown
      findings     none
    docker.example:5000/team/shop:1.2 (image, debian 12, linux/amd64)
      files        8,431 seen, 3 read (91.0 MB)
      layers       2 layers with 180.0 MB, 32.0 MB of it overwritten or deleted
                   later, 4.0 MB there twice, 3.0 MB in package caches
      packages     2: 2 compared with advisories
      findings     none
    list.txt (purl)
      files        0 seen, 0 read (0 B)
      packages     1: 1 without an advisory source
      findings     none
    advisories     embedded, 62,110 records, newest of 2026-08-21, 2 days old:
                   RustSec 2026-08-20, PyPA 2026-08-21
    policies       20 rules

    FAIL (exit code 1)
      - 9 findings at or above high (5 critical, 4 high)
      - 1 file could not be read in full (web/package-lock.json)
    ");
}
