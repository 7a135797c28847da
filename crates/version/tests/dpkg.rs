//! `dpkg --compare-versions` as second judge of Debian versions.

use std::cmp::Ordering;
use std::process::{Command, Stdio};

use portcullis_version::{Scheme, compare};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::generate;

/// Pairs that are judged; each costs a process or two.
const PAIRS: usize = 1500;

#[test]
fn dpkg_agrees() {
    if Command::new("dpkg").arg("--version").stdout(Stdio::null()).status().is_err() {
        return testkit::skip("dpkg as judge of Debian versions", "dpkg is not installed");
    }
    let mut runner = TestRunner::deterministic();
    let version = generate::version(Scheme::Debian);
    let pairs = (&version, &version);
    let mut judged = 0;
    while judged < PAIRS {
        let (left, right) = pairs.new_tree(&mut runner).expect("a pair").current();
        let Ok(found) = compare(Scheme::Debian, &left, &right) else { continue };
        let sign = match found {
            Ordering::Less => "lt",
            Ordering::Equal => "eq",
            Ordering::Greater => "gt",
        };
        let status = Command::new("dpkg").args(["--compare-versions", &left, sign, &right]).status().expect("dpkg");
        assert!(status.success(), "dpkg denies `{left}` {sign} `{right}`");
        judged += 1;
    }
}
